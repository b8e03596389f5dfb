package org.datagram4j.benchmarks.loop.netty;

import java.util.stream.Stream;
import org.datagram4j.benchmarks.loop.Loop;
import org.datagram4j.benchmarks.loop.Loops;
import org.datagram4j.benchmarks.loop.Skip;

/** The loops that Netty has; everything runs on its event loops. */
public final class NettyLoops implements Loops {
    private final Transport transport;

    private NettyLoops(Transport transport) {
        this.transport = transport;
    }

    /**
     * The loops over one of Netty's transports.
     *
     * @param name netty-epoll, netty-recvmmsg, netty-gso or netty-nio
     * @return the loops
     */
    public static Loops of(String name) {
        return new NettyLoops(Stream.of(Transport.values())
                .filter(transport -> transport.label.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no " + name)));
    }

    @Override
    public Loop open(String loop, int[] numbers) throws Exception {
        transport.check();
        int number = numbers[0];
        return switch (loop) {
            case "single", "batch", "segments" -> new NettyBurst(transport, number, numbers[1]);
            case "event" -> new NettyEvents(transport, number, numbers[1]);
            case "churn" -> new NettyChurn(transport);
            case "open" -> new NettyOpen(transport);
            case "sleep" -> new NettyRoundTrip(transport, number, false);
            case "spin" -> new NettyRoundTrip(transport, number, true);
            case "wake" -> new NettyWake(transport);
            case "echo", "echobatch" -> new NettyEcho(transport, number, numbers[1]);
            default -> throw new Skip("Netty has no " + loop);
        };
    }
}
