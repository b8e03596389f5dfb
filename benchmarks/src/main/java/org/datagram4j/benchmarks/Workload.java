package org.datagram4j.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is measured.
 *
 * @param mode the loop, as the measured processes call it
 * @param number bytes of a datagram, or registered sockets
 */
record Workload(String mode, int number) {
    /** Those of a complete run; what is compared in one round stands together. */
    static List<Workload> all() {
        return List.of(
                new Workload("single", 64),
                new Workload("batch", 64),
                new Workload("single", 1200),
                new Workload("batch", 1200),
                new Workload("segments", 1200),
                new Workload("event", 100),
                new Workload("event", 10_000),
                new Workload("sleep", 64),
                new Workload("spin", 64));
    }

    /** Those of a quick run. */
    static List<Workload> quick() {
        List<Workload> some = new ArrayList<>(all());
        some.removeIf(workload -> workload.isBurst() && workload.number == 64);
        return some;
    }

    String name() {
        return mode + "-" + number;
    }

    boolean isCalled(String wanted) {
        return wanted.equals(name()) || wanted.equals(mode);
    }

    /** Whether datagrams go through one socket to itself. */
    boolean isBurst() {
        return mode.equals("single") || mode.equals("batch") || mode.equals("segments");
    }

    String unit() {
        return isBurst() ? "datagram" : mode.equals("event") ? "event" : "round trip";
    }

    /** What java.nio does instead: it has neither batches nor segments. */
    Workload plain() {
        return isBurst() ? new Workload("single", number) : this;
    }

    List<Contender> contenders() {
        return Stream.of(Contender.values())
                .filter(contender -> !contender.slots || mode.equals("segments"))
                .filter(contender -> contender != Contender.JAVA_NIO || equals(plain()))
                .toList();
    }

    /** What a contender calls the loop. */
    String mode(Contender contender) {
        return contender.slots ? "slots" : mode;
    }
}
