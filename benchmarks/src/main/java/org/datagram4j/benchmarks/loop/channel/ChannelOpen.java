package org.datagram4j.benchmarks.loop.channel;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.datagram4j.benchmarks.loop.Loopback;
import org.datagram4j.benchmarks.loop.Steps;

/** A channel opened, bound and closed. */
final class ChannelOpen extends Steps {
    private final InetSocketAddress any = Loopback.any();

    ChannelOpen() {}

    @Override
    protected int step() throws IOException {
        Channels.open(any).close();
        return 1;
    }

    @Override
    public void close() {
        // nothing stays open
    }
}
