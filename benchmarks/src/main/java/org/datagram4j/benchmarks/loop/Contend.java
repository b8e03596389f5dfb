package org.datagram4j.benchmarks.loop;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.datagram4j.ErrorKind;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpBackends;
import org.datagram4j.UdpException;

/**
 * The process that is measured: warms one loop up, measures it once, and prints one line,
 * {@code ns=<per operation> bytes=<allocated per operation> count=<operations>}, or {@code skip=<why>}. What one thread
 * does alone is measured by the time it had a processor, which other processes disturb least; a round trip by the clock.
 */
public final class Contend {
    private static final int STEPS_PER_CLOCK = 32;

    /** However little of a processor this thread gets, it ends. */
    private static final int MOST_TIMES_LONGER = 8;

    /** What the compiler has to see before it compiles for good; compiled less well, calls allocate. */
    private static final int WARM_UP_STEPS = 12_000;

    private static final Duration SPIN = Duration.ofMillis(1);

    private static final com.sun.management.ThreadMXBean METER =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Contend() {}

    /**
     * Measures one loop.
     *
     * @param words {@code channel} or the name of a backend; the loop; bytes or sockets; milliseconds to warm up and to
     *     measure
     * @throws IOException if anything unexpected happens
     */
    public static void main(String[] words) throws IOException {
        String how = words[1];
        boolean byProcessor = !how.equals("sleep") && !how.equals("spin");
        try (Loop loop = loop(words[0], how, Integer.parseInt(words[2]))) {
            run(loop, TimeUnit.MILLISECONDS.toNanos(Long.parseLong(words[3])), WARM_UP_STEPS, byProcessor);
            System.out.println(run(loop, TimeUnit.MILLISECONDS.toNanos(Long.parseLong(words[4])), 0, byProcessor));
        } catch (Skip e) {
            System.out.println("skip=" + e.getMessage());
        } catch (UdpException e) {
            if (e.kind() != ErrorKind.TOO_MANY_OPEN_FILES) {
                throw e;
            }
            System.out.println("skip=the limit of open files is too low");
        }
    }

    private static String run(Loop loop, long nanos, int leastSteps, boolean byProcessor) throws IOException {
        long allocated = METER.getThreadAllocatedBytes(Thread.currentThread().getId());
        long last = System.nanoTime() + MOST_TIMES_LONGER * nanos;
        long start = clock(byProcessor);
        long count = 0;
        long steps = 0;
        long end;
        do {
            for (int i = 0; i < STEPS_PER_CLOCK; i++) {
                count += loop.step();
            }
            steps += STEPS_PER_CLOCK;
            end = clock(byProcessor);
        } while ((end - start < nanos || steps < leastSteps) && System.nanoTime() - last < 0);
        allocated = METER.getThreadAllocatedBytes(Thread.currentThread().getId()) - allocated;
        return String.format(
                Locale.ROOT,
                "ns=%.2f bytes=%.3f count=%d",
                (double) (end - start) / count,
                (double) allocated / count,
                count);
    }

    private static long clock(boolean byProcessor) {
        return byProcessor ? METER.getCurrentThreadCpuTime() : System.nanoTime();
    }

    private static Loop loop(String implementation, String how, int number) throws IOException {
        if (implementation.equals("channel")) {
            return switch (how) {
                case "single" -> new ChannelSingle(number);
                case "event" -> new ChannelEvents(number);
                case "sleep" -> new ChannelRoundTrip(number, 0);
                case "spin" -> new ChannelRoundTrip(number, SPIN.toNanos());
                default -> throw new Skip("java.nio has no " + how);
            };
        }
        UdpBackend backend = backend(implementation);
        return switch (how) {
            case "single" -> new ApiSingle(backend, number);
            case "batch" -> new ApiBatch(backend, number);
            case "segments" -> new ApiSegments(backend, number);
            case "slots" -> new ApiSlots(backend, number);
            case "event" -> new ApiEvents(backend, number);
            case "sleep" -> new ApiRoundTrip(backend, number, Duration.ZERO);
            case "spin" -> new ApiRoundTrip(backend, number, SPIN);
            default -> throw new Skip("there is no " + how);
        };
    }

    private static UdpBackend backend(String name) {
        try {
            return UdpBackends.select(name);
        } catch (IllegalStateException e) {
            throw new Skip(e.getMessage());
        }
    }

    private static final class Skip extends RuntimeException {
        private static final long serialVersionUID = 1;

        Skip(String why) {
            super(why, null, false, false);
        }
    }
}
