package org.datagram4j.benchmarks.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;

/** How much of the machine others used while something was measured, by the kernel's own counts. */
final class Noise {
    private static final Path ALL = Path.of("/proc/stat");

    /** Fields of the first line of /proc/stat: user nice system idle iowait irq softirq steal. */
    private static final int FIELDS = 8;

    private static final int STEAL = 7;

    private long total;
    private long stolen;
    private long others;

    private long[] before;
    private long ownBefore;

    /** Something begins to be measured. */
    void begin(Collection<Child> children) {
        before = machine();
        ownBefore = own(children);
    }

    /** It ends. */
    void end(Collection<Child> children) {
        long[] after = machine();
        for (int i = 0; i < FIELDS; i++) {
            after[i] -= before[i];
        }
        long busy = after[0] + after[1] + after[2];
        total += Arrays.stream(after).sum();
        stolen += after[STEAL];
        others += busy - (own(children) - ownBefore);
    }

    /** The share of the machine's time that other processes had. */
    double others() {
        return total == 0 ? 0 : Math.max(0, (double) others / total);
    }

    /** The share of the machine's time that the hypervisor gave to others. */
    double stolen() {
        return total == 0 ? 0 : (double) stolen / total;
    }

    private static long[] machine() {
        try {
            String line = Files.readAllLines(ALL).get(0);
            long[] fields = Arrays.stream(line.split(" +"))
                    .skip(1)
                    .limit(FIELDS)
                    .mapToLong(Long::parseLong)
                    .toArray();
            return Arrays.copyOf(fields, FIELDS);
        } catch (IOException | RuntimeException e) {
            return new long[FIELDS]; // not on this system
        }
    }

    private static long own(Collection<Child> children) {
        long sum = ticks("self");
        for (Child child : children) {
            sum += ticks(Long.toString(child.pid()));
        }
        return sum;
    }

    /** User and system time of a process; its name, before them, may contain anything but ends with a parenthesis. */
    private static long ticks(String process) {
        try {
            String line = Files.readString(Path.of("/proc", process, "stat"));
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
            return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        } catch (IOException | RuntimeException e) {
            return 0;
        }
    }
}
