package org.datagram4j.benchmarks.report;

import static org.datagram4j.benchmarks.report.Target.atLeast;
import static org.datagram4j.benchmarks.report.Target.atMost;
import static org.datagram4j.benchmarks.report.Target.bytes;
import static org.datagram4j.benchmarks.run.Contender.C;
import static org.datagram4j.benchmarks.run.Contender.C_BATCH;
import static org.datagram4j.benchmarks.run.Contender.C_SEGMENTS;
import static org.datagram4j.benchmarks.run.Contender.FFM;
import static org.datagram4j.benchmarks.run.Contender.FFM_BATCH;
import static org.datagram4j.benchmarks.run.Contender.FFM_SEGMENTS;
import static org.datagram4j.benchmarks.run.Contender.FFM_SLOTS;
import static org.datagram4j.benchmarks.run.Contender.JAVA_NIO;
import static org.datagram4j.benchmarks.run.Contender.JNA;
import static org.datagram4j.benchmarks.run.Contender.JNA_BATCH;
import static org.datagram4j.benchmarks.run.Contender.MIO;
import static org.datagram4j.benchmarks.run.Contender.NETTY_BATCH;
import static org.datagram4j.benchmarks.run.Contender.NIO;

import java.util.List;
import org.datagram4j.benchmarks.run.Family;
import org.datagram4j.benchmarks.run.Workload;

/** All targets: what later work must not undo. Each is a ratio within one run. */
public final class Targets {
    private static final Workload BURST = Workload.of(Family.BURST, 1200);
    private static final Workload ECHO = Workload.of(Family.ECHO, 1);
    private static final Workload ECHO_64 = Workload.of(Family.ECHO, 64);
    private static final Workload SLEEP = Workload.of(Family.SLEEP, 0);
    private static final Workload SPIN = Workload.of(Family.SPIN, 0);
    private static final Workload CHURN = Workload.of(Family.CHURN, 0);
    private static final Workload OPEN = Workload.of(Family.OPEN, 0);
    private static final Workload FEW = Workload.of(Family.SOCKETS, 100);
    private static final Workload MANY = Workload.of(Family.SOCKETS, 10_000);

    private Targets() {}

    /** In the order in which they are told. */
    public static List<Target> all() {
        return List.of(
                atMost("burst: native to mio", 1.0, BURST, FFM, BURST, MIO),
                atLeast("echo, 1 flow: java.nio to native", 1.05, ECHO, JAVA_NIO, ECHO, FFM),
                atLeast("echo, 64 flows: java.nio to native", 1.05, ECHO_64, JAVA_NIO, ECHO_64, FFM),
                atLeast("echo, 1 flow: Netty recvmmsg to native batch", 1.1, ECHO, NETTY_BATCH, ECHO, FFM_BATCH),
                atLeast(
                        "echo, 64 flows: Netty recvmmsg to native batch",
                        1.1,
                        ECHO_64,
                        NETTY_BATCH,
                        ECHO_64,
                        FFM_BATCH),
                atLeast("burst: mio to native segments", 15, BURST, MIO, BURST, FFM_SEGMENTS),
                atLeast("burst: mio to native slots", 15, BURST, MIO, BURST, FFM_SLOTS),
                atMost("sleeping round trip: native to mio", 1.1, SLEEP, FFM, SLEEP, MIO),
                atMost("native spinning to mio sleeping round trip", 0.333, SPIN, FFM, SLEEP, MIO),
                atMost("burst: nio to java.nio", 1.1, BURST, NIO, BURST, JAVA_NIO),
                atMost("echo, 1 flow: nio to java.nio", 1.1, ECHO, NIO, ECHO, JAVA_NIO),
                bytes("burst: native allocates", 0, BURST, FFM),
                bytes("burst: native batch allocates", 0, BURST, FFM_BATCH),
                bytes("burst: native JNA allocates", 0, BURST, JNA),
                bytes("echo: native allocates", 0, ECHO, FFM),
                bytes("burst: nio allocates", 0, BURST, NIO),
                atMost("churn: native to C", 1.5, CHURN, FFM, CHURN, C),
                atMost("open: native to C", 1.5, OPEN, FFM, OPEN, C),
                atMost("burst: native to C", 1.05, BURST, FFM, BURST, C),
                atMost("burst: native batch to C's", 1.05, BURST, FFM_BATCH, BURST, C_BATCH),
                atLeast("burst: native to native batch", 1.25, BURST, FFM, BURST, FFM_BATCH),
                atMost("burst: native segments to C's", 1.15, BURST, FFM_SEGMENTS, BURST, C_SEGMENTS),
                atMost("burst: native slots to C's segments", 1.15, BURST, FFM_SLOTS, BURST, C_SEGMENTS),
                atLeast("burst: native to native segments", 12, BURST, FFM, BURST, FFM_SEGMENTS),
                atMost("native: event of 10,000 to event of 100", 1.3, MANY, FFM, FEW, FFM),
                atMost("native: spinning to sleeping round trip", 0.333, SPIN, FFM, SLEEP, FFM),
                atMost("burst: native JNA to FFM", 1.15, BURST, JNA, BURST, FFM),
                atMost("burst: native batch JNA to FFM", 1.05, BURST, JNA_BATCH, BURST, FFM_BATCH));
    }
}
