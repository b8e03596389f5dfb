package org.datagram4j.benchmarks.loop;

/**
 * What one thread does alone, measured by the time that it had a processor: other processes disturb that least. The
 * state of a run is here for those whose steps are driven by events.
 */
public abstract class Steps implements Loop {
    private static final int STEPS_PER_CLOCK = 32;

    /** However little of a processor this thread gets, it ends. */
    private static final int MOST_TIMES_LONGER = 8;

    /** Made by the thread that is measured. */
    protected Steps() {
        MeasuredThreads.register();
    }

    /**
     * Runs it once.
     *
     * @return how many operations that was
     * @throws Exception if anything unexpected happens
     */
    protected abstract int step() throws Exception;

    @Override
    public Report run(long nanos, long leastSteps) throws Exception {
        Run run = new Run(nanos, leastSteps);
        do {
            long count = 0;
            for (int i = 0; i < STEPS_PER_CLOCK; i++) {
                count += step();
            }
            run.add(STEPS_PER_CLOCK, count);
        } while (!run.isOver());
        return run.report();
    }

    /** One run of the calling thread. */
    public static final class Run {
        private final long nanos;
        private final long leastSteps;
        private final long last;
        private final long allocated = Meter.allocatedBytes(Thread.currentThread());
        private final long start = Meter.processorNanos();
        private long end;
        private long steps;
        private long count;

        /** Starts now; see {@link Loop#run}. */
        public Run(long nanos, long leastSteps) {
            this.nanos = nanos;
            this.leastSteps = leastSteps;
            last = System.nanoTime() + MOST_TIMES_LONGER * nanos;
        }

        /** Some steps were done, with so many operations in all. */
        public void add(int moreSteps, long operations) {
            steps += moreSteps;
            count += operations;
        }

        /** Looks at the clocks, which takes time: not after each step. */
        public boolean isOver() {
            end = Meter.processorNanos();
            return !(end - start < nanos || steps < leastSteps) || System.nanoTime() - last >= 0;
        }

        /** What it took until {@link #isOver} was asked. */
        public Report report() {
            long bytes = Meter.allocatedBytes(Thread.currentThread()) - allocated;
            return new Report(end - start, count, bytes, null);
        }
    }
}
