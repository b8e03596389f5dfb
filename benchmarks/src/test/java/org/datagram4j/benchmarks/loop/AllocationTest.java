package org.datagram4j.benchmarks.loop;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.concurrent.TimeUnit;
import org.datagram4j.benchmarks.loop.api.ApiLoops;
import org.datagram4j.benchmarks.loop.channel.ChannelLoops;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The backends allocate no more than channels do, which is nothing, once everything is compiled. Tells nothing of time. */
class AllocationTest {
    private static final long RUN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int BYTES = 64;

    /** What the compiler does by itself may count once in a while. */
    private static final double NEXT_TO_NOTHING = 0.5;

    @ParameterizedTest
    @CsvSource({"nio,single", "nio,batch", "native,single", "native,batch", "native,slots"})
    void allocatesNoMoreThanChannels(String backend, String loop) throws Exception {
        double channels = steady(new ChannelLoops(), "single", NEXT_TO_NOTHING);
        try {
            double ours = steady(new ApiLoops(backend), loop, channels + NEXT_TO_NOTHING);

            assertTrue(ours <= channels + NEXT_TO_NOTHING, ours + " bytes for a datagram, channels " + channels);
        } catch (Skip e) {
            abort(e.getMessage());
        }
    }

    /** Bytes for each datagram, as soon as they are few enough, or after a long time. */
    private static double steady(Loops loops, String name, double enough) throws Exception {
        try (Loop loop = loops.open(name, new int[] {BYTES, 0, 0})) {
            long start = System.nanoTime();
            double bytes;
            do {
                Report report = loop.run(RUN_NANOS, 1);
                bytes = report.bytes() / report.count();
            } while (bytes > enough && System.nanoTime() - start < PATIENCE_NANOS);
            return bytes;
        }
    }
}
