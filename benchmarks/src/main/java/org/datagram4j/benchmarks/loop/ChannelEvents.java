package org.datagram4j.benchmarks.loop;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;

/** {@link ApiEvents} on a selector. */
final class ChannelEvents implements Loop {
    private final Selector selector = Selector.open();
    private final DatagramChannel sender = Channels.open(0);
    private final List<DatagramChannel> channels = new ArrayList<>();
    private final SocketAddress active;
    private final ByteBuffer out = ByteBuffer.allocateDirect(64);
    private final ByteBuffer in = ByteBuffer.allocateDirect(65_535);

    ChannelEvents(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            DatagramChannel channel = Channels.open(i);
            channels.add(channel);
            channel.register(selector, SelectionKey.OP_READ);
        }
        active = channels.get(count / 2).getLocalAddress();
    }

    @Override
    public int step() throws IOException {
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
