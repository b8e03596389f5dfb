package org.datagram4j.benchmarks.loop.channel;

import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.datagram4j.benchmarks.loop.Loopback;
import org.datagram4j.benchmarks.loop.Steps;

/** A channel registered and deregistered; a cancelled key is gone, and can be made again, after the next select. */
final class ChannelChurn extends Steps {
    private final Selector selector = Selector.open();
    private final DatagramChannel channel = Channels.open(Loopback.any());

    ChannelChurn() throws IOException {}

    @Override
    protected int step() throws IOException {
        channel.register(selector, SelectionKey.OP_READ).cancel();
        selector.selectNow();
        return 1;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        selector.close();
    }
}
