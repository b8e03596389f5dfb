package org.datagram4j.benchmarks.run;

import static org.datagram4j.benchmarks.run.Contender.FFM;
import static org.datagram4j.benchmarks.run.Contender.NETTY_BATCH;
import static org.datagram4j.benchmarks.run.Contender.NETTY_NIO;
import static org.datagram4j.benchmarks.run.Contender.NETTY_SEGMENTS;
import static org.datagram4j.benchmarks.run.Contender.VIRTUAL;

/** What can be measured; each has one or more sizes. */
public enum Family {
    /** Through one socket to itself, 32 at a time. */
    BURST("burst", "datagram", "bytes", Meter.PROCESSOR, "single", "batch", "segments", "slots"),
    /** So many by one call, from and to oneself. */
    BATCH("batch", "datagram", "datagrams", Meter.PROCESSOR, null, "batch", "segments", "slots"),
    /** The same, with everything that is known about a datagram. */
    METADATA("metadata", "datagram", "bytes", Meter.PROCESSOR, "meta", "metabatch", null, null),
    /** A server that sends back what it receives, as fast as it can. */
    ECHO("echo", "datagram", "flows", Meter.LOAD, "echo", "echobatch", "echosegments", "echoslots"),
    /** The same, with several sockets on one port. */
    REUSEPORT("reuseport", "datagram", "receivers", Meter.LOAD, "echo", "echobatch", null, null),
    /** There and back between two threads that sleep. */
    SLEEP("sleep", "round trip", null, Meter.CLOCK, "sleep", null, null, null),
    /** There and back between two threads that spin. */
    SPIN("spin", "round trip", null, Meter.CLOCK, "spin", null, null, null),
    /** A wake there and one back. */
    WAKER("waker", "round trip", null, Meter.CLOCK, "wake", null, null, null),
    /** An event of one among many registered sockets. */
    SOCKETS("sockets", "event", "sockets", Meter.PROCESSOR, "event", null, null, null),
    /** Registered and deregistered. */
    CHURN("churn", "pair of calls", null, Meter.PROCESSOR, "churn", null, null, null),
    /** Opened, bound and closed. */
    OPEN("open", "socket", null, Meter.PROCESSOR, "open", null, null, null);

    /** By what it is measured. */
    public enum Meter {
        /** The time that one thread had a processor. */
        PROCESSOR,
        /** The clock, each operation for itself. */
        CLOCK,
        /** How many datagrams a generator of load gets back. */
        LOAD
    }

    private final String label;
    private final String unit;
    private final String sizes;
    private final Meter meter;
    private final String[] loops;

    Family(String label, String unit, String sizes, Meter meter, String... loops) {
        this.label = label;
        this.unit = unit;
        this.sizes = sizes;
        this.meter = meter;
        this.loops = loops;
    }

    /** Its name on the command line. */
    public String label() {
        return label;
    }

    /** What one operation is. */
    public String unit() {
        return unit;
    }

    /** What its sizes count, or null if it has none. */
    public String sizes() {
        return sizes;
    }

    /** By what it is measured. */
    public Meter meter() {
        return meter;
    }

    /** What the processes call the loop. */
    String loop(Way way) {
        return loops[way.ordinal()];
    }

    boolean has(Contender contender) {
        if (loop(contender.way()) == null || contender == NETTY_SEGMENTS && this != BURST) {
            return false;
        }
        if (contender == VIRTUAL) {
            return this == ECHO || this == REUSEPORT || this == SLEEP;
        }
        return switch (this) {
            // nobody else is told
            case METADATA ->
                contender.group() == Group.LIMIT || contender.implementation().equals(FFM.implementation());
            case BATCH ->
                contender.program() != Program.OLD_JAVA && contender.group() != Group.PEER || contender == NETTY_BATCH;
            case REUSEPORT -> contender != NETTY_NIO && contender.program() != Program.OLD_JAVA;
            default -> true;
        };
    }
}
