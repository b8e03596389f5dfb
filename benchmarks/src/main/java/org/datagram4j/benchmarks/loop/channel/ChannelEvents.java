package org.datagram4j.benchmarks.loop.channel;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import org.datagram4j.benchmarks.loop.Loopback;
import org.datagram4j.benchmarks.loop.Steps;

/** One datagram to one of many registered channels, a select, and receives until there is nothing. */
final class ChannelEvents extends Steps {
    private final Selector selector = Selector.open();
    private final DatagramChannel sender = Channels.open(Loopback.any());
    private final List<DatagramChannel> channels = new ArrayList<>();
    private final SocketAddress active;
    private final ByteBuffer out = ByteBuffer.allocateDirect(64);
    private final ByteBuffer in = ByteBuffer.allocateDirect(Loopback.MOST_BYTES);

    ChannelEvents(int count, int base) throws IOException {
        for (int i = 0; i < count; i++) {
            DatagramChannel channel = Channels.open(Loopback.one(i, base));
            channels.add(channel);
            channel.register(selector, SelectionKey.OP_READ);
        }
        active = channels.get(count / 2).getLocalAddress();
    }

    @Override
    protected int step() throws IOException {
        Loopback.check(sender.send(out.clear(), active), out.capacity());
        int received = 0;
        while (received == 0) {
            selector.select();
            for (SelectionKey key : selector.selectedKeys()) {
                while (((DatagramChannel) key.channel()).receive(in.clear()) != null) {
                    received++;
                }
            }
            selector.selectedKeys().clear();
        }
        return 1;
    }

    @Override
    public void close() throws IOException {
        sender.close();
        for (DatagramChannel channel : channels) {
            channel.close();
        }
        selector.close();
    }
}
