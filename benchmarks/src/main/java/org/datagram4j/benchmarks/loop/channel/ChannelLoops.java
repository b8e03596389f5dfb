package org.datagram4j.benchmarks.loop.channel;

import java.net.SocketException;
import org.datagram4j.benchmarks.loop.Loop;
import org.datagram4j.benchmarks.loop.Loopback;
import org.datagram4j.benchmarks.loop.Loops;
import org.datagram4j.benchmarks.loop.Skip;

/** The loops that channels have: neither batches nor segments. */
public final class ChannelLoops implements Loops {
    /** Needs nothing. */
    public ChannelLoops() {}

    @Override
    public Loop open(String loop, int[] numbers) throws Exception {
        int number = numbers[0];
        try {
            return switch (loop) {
                case "single" -> new ChannelSingle(number);
                case "event" -> new ChannelEvents(number, numbers[1]);
                case "churn" -> new ChannelChurn();
                case "open" -> new ChannelOpen();
                case "sleep" -> new ChannelRoundTrip(number, 0);
                case "spin" -> new ChannelRoundTrip(number, Loopback.SPIN_NANOS);
                case "wake" -> new ChannelWake();
                case "echo" -> new ChannelEcho(numbers[1]);
                default -> throw new Skip("java.nio has no " + loop);
            };
        } catch (SocketException e) {
            if (String.valueOf(e.getMessage()).contains("Too many open files")) {
                throw new Skip("the limit of open files is too low");
            }
            throw e;
        }
    }
}
