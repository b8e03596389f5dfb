package org.datagram4j.benchmarks.loop;

import java.lang.management.ManagementFactory;

/** What the calling thread has used so far, by the JVM's own counts. */
public final class Meter {
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Meter() {}

    /** Nanoseconds that the calling thread had a processor. */
    public static long processorNanos() {
        return THREADS.getCurrentThreadCpuTime();
    }

    /** Bytes that a thread has allocated. */
    public static long allocatedBytes(Thread thread) {
        return THREADS.getThreadAllocatedBytes(thread.getId());
    }
}
