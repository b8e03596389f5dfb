package org.datagram4j.benchmarks.loop;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** There and back between two threads, each trip measured by the clock. The near one is the thread that runs this. */
public abstract class Trips implements Loop {
    private static final int MOST_TIMES_LONGER = 8;

    private final Histogram histogram = newHistogram();

    /** Made by the near thread. */
    protected Trips() {
        MeasuredThreads.register();
    }

    /** A histogram for whatever a trip may take, exact within a thousandth. */
    public static Histogram newHistogram() {
        return new Histogram(1, TimeUnit.SECONDS.toNanos(60), 3);
    }

    /**
     * Goes there and back once.
     *
     * @throws Exception if anything unexpected happens
     */
    protected abstract void trip() throws Exception;

    @Override
    public Report run(long nanos, long leastSteps) throws Exception {
        histogram.reset();
        long allocated = Meter.allocatedBytes(Thread.currentThread());
        long start = System.nanoTime();
        long before = start;
        long count = 0;
        while (before - start < nanos || count < leastSteps && before - start < MOST_TIMES_LONGER * nanos) {
            trip();
            long after = System.nanoTime();
            histogram.recordValue(after - before);
            before = after;
            count++;
        }
        long bytes = Meter.allocatedBytes(Thread.currentThread()) - allocated;
        return new Report(before - start, count, bytes, histogram);
    }
}
