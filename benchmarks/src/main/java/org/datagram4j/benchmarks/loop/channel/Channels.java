package org.datagram4j.benchmarks.loop.channel;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Selector;

/** What the loops over channels share. */
final class Channels {
    private Channels() {}

    static DatagramChannel open(InetSocketAddress address) throws IOException {
        DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        channel.configureBlocking(false);
        channel.bind(address);
        return channel;
    }

    /** Waits for an event, looking again and again for a while first. */
    static void select(Selector selector, long spinNanos) throws IOException {
        if (spinNanos > 0) {
            long start = System.nanoTime();
            do {
                if (selector.selectNow() > 0) {
                    return;
                }
            } while (System.nanoTime() - start < spinNanos);
        }
        selector.select();
    }
}
