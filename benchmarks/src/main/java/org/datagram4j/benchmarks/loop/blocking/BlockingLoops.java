package org.datagram4j.benchmarks.loop.blocking;

import org.datagram4j.benchmarks.loop.Loop;
import org.datagram4j.benchmarks.loop.Loops;
import org.datagram4j.benchmarks.loop.Skip;

/**
 * The loops that blocking sockets have. Nobody counts the time and the allocation of a virtual thread, so there are only
 * those that are measured by the clock.
 */
public final class BlockingLoops implements Loops {
    /** Needs nothing. */
    public BlockingLoops() {}

    @Override
    public Loop open(String loop, int[] numbers) throws Exception {
        return switch (loop) {
            case "sleep" -> new BlockingRoundTrip(numbers[0]);
            case "echo" -> new BlockingEcho(numbers[1]);
            default -> throw new Skip("blocking sockets have no " + loop);
        };
    }
}
