package org.datagram4j.benchmarks.run;

import static org.datagram4j.benchmarks.run.Group.LIMIT;
import static org.datagram4j.benchmarks.run.Group.OURS;
import static org.datagram4j.benchmarks.run.Group.PEER;
import static org.datagram4j.benchmarks.run.Program.JAVA;
import static org.datagram4j.benchmarks.run.Program.NEW_JAVA;
import static org.datagram4j.benchmarks.run.Program.OLD_JAVA;

/** Who takes part. FFM is the native backend linked by java.lang.foreign, JNA the one linked by JNA. */
public enum Contender {
    /** recvfrom, sendto. */
    C("C", LIMIT, Program.C, "c", Way.SINGLE),
    /** recvmmsg, sendmmsg. */
    C_BATCH("C, recvmmsg", LIMIT, Program.C, "c", Way.BATCH),
    /** UDP_SEGMENT, UDP_GRO. */
    C_SEGMENTS("C, GSO", LIMIT, Program.C, "c", Way.SEGMENTS),
    /** What this API is modelled on. */
    MIO("mio", PEER, Program.RUST, "mio", Way.SINGLE),
    /** One system call for each datagram received. */
    NETTY("Netty epoll", PEER, JAVA, "netty-epoll", Way.SINGLE),
    /** With a maximal datagram size, which makes it call recvmmsg. */
    NETTY_BATCH("Netty epoll, recvmmsg", PEER, JAVA, "netty-recvmmsg", Way.BATCH),
    /** SegmentedDatagramPacket and UDP_GRO. */
    NETTY_SEGMENTS("Netty epoll, GSO", PEER, JAVA, "netty-gso", Way.SEGMENTS),
    /** Netty on java.nio. */
    NETTY_NIO("Netty NIO", PEER, JAVA, "netty-nio", Way.SINGLE),
    /** DatagramChannel and Selector. */
    JAVA_NIO("java.nio", PEER, JAVA, "channel", Way.SINGLE),
    /** A blocking DatagramSocket on a virtual thread. */
    VIRTUAL("virtual threads", PEER, NEW_JAVA, "blocking", Way.SINGLE),
    /** The backend on java.nio. */
    NIO("nio", OURS, JAVA, "nio", Way.SINGLE),
    /** Batches, by a loop inside. */
    NIO_BATCH("nio, batch", OURS, JAVA, "nio", Way.BATCH),
    /** Segments, by a loop inside. */
    NIO_SEGMENTS("nio, segments", OURS, JAVA, "nio", Way.SEGMENTS),
    /** The native backend on a new JDK. */
    FFM("native FFM", OURS, NEW_JAVA, "native", Way.SINGLE),
    /** Batches by one call. */
    FFM_BATCH("native FFM, batch", OURS, NEW_JAVA, "native", Way.BATCH),
    /** sendSegmented, and receive of what was coalesced. */
    FFM_SEGMENTS("native FFM, segments", OURS, NEW_JAVA, "native", Way.SEGMENTS),
    /** Segments in the slots of a batch. */
    FFM_SLOTS("native FFM, slots", OURS, NEW_JAVA, "native", Way.SLOTS),
    /** The native backend on an old JDK. */
    JNA("native JNA", OURS, OLD_JAVA, "native", Way.SINGLE),
    /** Batches by one call. */
    JNA_BATCH("native JNA, batch", OURS, OLD_JAVA, "native", Way.BATCH),
    /** sendSegmented, and receive of what was coalesced. */
    JNA_SEGMENTS("native JNA, segments", OURS, OLD_JAVA, "native", Way.SEGMENTS),
    /** Segments in the slots of a batch. */
    JNA_SLOTS("native JNA, slots", OURS, OLD_JAVA, "native", Way.SLOTS);

    private final String label;
    private final Group group;
    private final Program program;
    private final String implementation;
    private final Way way;

    Contender(String label, Group group, Program program, String implementation, Way way) {
        this.label = label;
        this.group = group;
        this.program = program;
        this.implementation = implementation;
        this.way = way;
    }

    /** What tables and plots call it. */
    public String label() {
        return label;
    }

    /** What it is compared as. */
    public Group group() {
        return group;
    }

    /** What is started. */
    public Program program() {
        return program;
    }

    /** What the started process calls it. */
    public String implementation() {
        return implementation;
    }

    /** How it moves datagrams. */
    public Way way() {
        return way;
    }

    /** What C does in the same way. */
    public Contender limit() {
        return switch (way) {
            case SINGLE -> C;
            case BATCH -> C_BATCH;
            case SEGMENTS, SLOTS -> C_SEGMENTS;
        };
    }

    /** Whether it is too little different from others to be in a quick run. */
    boolean isForFullRuns() {
        return this == NETTY_NIO || this == NIO_BATCH || this == NIO_SEGMENTS || this == JNA_SLOTS;
    }
}
