package org.datagram4j.benchmarks.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is measured.
 *
 * @param size bytes of a datagram, flows, receivers or registered sockets; 0 if there is nothing to count
 */
public record Workload(Family family, int size) {
    /** Bytes of a datagram where the size counts something else. */
    private static final int BYTES = 1200;

    private static final int LATENCY_BYTES = 64;
    private static final int REUSEPORT_FLOWS = 64;

    /** Those of a complete run. What stands in one list is measured by turns, and can be compared best. */
    public static List<List<Workload>> all() {
        return List.of(
                List.of(of(Family.BURST, 64)),
                List.of(of(Family.BURST, 1200)),
                List.of(of(Family.BURST, 8192)),
                List.of(of(Family.BATCH, 1), of(Family.BATCH, 2), of(Family.BATCH, 4)),
                List.of(of(Family.BATCH, 8), of(Family.BATCH, 16), of(Family.BATCH, 32)),
                List.of(of(Family.METADATA, 1200)),
                List.of(of(Family.ECHO, 1)),
                List.of(of(Family.ECHO, 64)),
                List.of(of(Family.REUSEPORT, 2)),
                List.of(of(Family.SLEEP, 0), of(Family.SPIN, 0)),
                List.of(of(Family.WAKER, 0)),
                List.of(of(Family.SOCKETS, 10), of(Family.SOCKETS, 1000)),
                List.of(of(Family.SOCKETS, 100), of(Family.SOCKETS, 10_000)),
                List.of(of(Family.SOCKETS, 100_000)),
                List.of(of(Family.CHURN, 0)),
                List.of(of(Family.OPEN, 0)));
    }

    /** Those of a quick run. */
    public static List<List<Workload>> quick() {
        List<List<Workload>> some = new ArrayList<>(all());
        some.removeIf(together -> together.stream().anyMatch(Workload::isForFullRuns));
        return some;
    }

    /** One of each kind, to see that it works. */
    public static List<List<Workload>> check() {
        return List.of(
                List.of(of(Family.BURST, 1200)),
                List.of(of(Family.METADATA, 1200)),
                List.of(of(Family.ECHO, 1)),
                List.of(of(Family.REUSEPORT, 2)),
                List.of(of(Family.SLEEP, 0), of(Family.SPIN, 0)),
                List.of(of(Family.WAKER, 0)),
                List.of(of(Family.SOCKETS, 10)),
                List.of(of(Family.CHURN, 0)),
                List.of(of(Family.OPEN, 0)));
    }

    private boolean isForFullRuns() {
        return switch (family) {
            case BURST -> size != 1200;
            case BATCH, METADATA, REUSEPORT -> true;
            case ECHO -> size != 1;
            case SOCKETS -> size != 100 && size != 10_000;
            default -> false;
        };
    }

    /** A workload. */
    public static Workload of(Family family, int size) {
        return new Workload(family, size);
    }

    /** The workload of a name such as burst-1200; any size will do, within what a machine can have. */
    public static Optional<Workload> parse(String name) {
        for (Family family : Family.values()) {
            if (family.sizes() == null && name.equals(family.label())) {
                return Optional.of(of(family, 0));
            }
            String start = family.label() + "-";
            if (family.sizes() != null && name.matches(start + "[1-9][0-9]{0,6}")) {
                Workload workload = of(family, Integer.parseInt(name.substring(start.length())));
                return Optional.of(workload).filter(it -> it.size <= it.most());
            }
        }
        return Optional.empty();
    }

    private int most() {
        return switch (family) {
            case BURST, METADATA -> 16_384;
            case BATCH -> 32;
            case ECHO -> 256;
            case REUSEPORT -> 8;
            default -> 1_000_000;
        };
    }

    /** Its name on the command line and in the results. */
    public String name() {
        return family.sizes() == null ? family.label() : family.label() + "-" + size;
    }

    /** What one operation is. */
    public String unit() {
        return family.unit();
    }

    /** What it is, for headings. */
    public String title() {
        String count = String.format(Locale.ROOT, "%,d", size);
        return switch (family) {
            case BURST -> "Burst through one socket to itself, " + count + " bytes";
            case BATCH -> "Bursts of " + count + " by one call, " + BYTES + " bytes";
            case METADATA -> "Receive with all metadata, " + count + " bytes";
            case ECHO ->
                "Echo server under load, " + count + (size == 1 ? " flow" : " flows") + ", " + BYTES + " bytes";
            case REUSEPORT -> "Echo server of " + count + " receivers on one port, " + REUSEPORT_FLOWS + " flows";
            case SLEEP -> "Round trip of two sleeping threads";
            case SPIN -> "Round trip of two spinning threads";
            case WAKER -> "A wake there and one back";
            case SOCKETS -> "One active of " + count + " registered sockets";
            case CHURN -> "Register and deregister";
            case OPEN -> "Open, bind and close";
        };
    }

    /** Who can take part. */
    public List<Contender> contenders(boolean quick) {
        return Stream.of(Contender.values())
                .filter(family::has)
                .filter(contender -> !quick || !contender.isForFullRuns())
                .toList();
    }

    /** The command that makes a process ready; the base tells those apart that run at the same time. */
    String open(Contender contender, int base) {
        String loop = "open " + family.loop(contender.way()) + " ";
        return loop
                + switch (family) {
                    case BURST, METADATA -> size;
                    case BATCH -> BYTES + " " + size;
                    case ECHO -> BYTES + " 1";
                    case REUSEPORT -> BYTES + " " + size;
                    case SLEEP, SPIN -> LATENCY_BYTES;
                    case SOCKETS -> size + " " + base;
                    case WAKER, CHURN, OPEN -> "0";
                };
    }

    /** The command for the generator of load. */
    String load(int port) {
        return "open load " + BYTES + " " + (family == Family.ECHO ? size : REUSEPORT_FLOWS) + " " + port;
    }
}
