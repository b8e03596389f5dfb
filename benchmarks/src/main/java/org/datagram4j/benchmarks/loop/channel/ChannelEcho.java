package org.datagram4j.benchmarks.loop.channel;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import org.datagram4j.benchmarks.loop.Loopback;
import org.datagram4j.benchmarks.loop.Server;

/** One receive and one send for each datagram. Each receiver has a selector and a channel of its own, on one port. */
final class ChannelEcho extends Server {
    private final List<DatagramChannel> channels = new ArrayList<>();
    private volatile boolean closed;

    ChannelEcho(int receivers) throws IOException, InterruptedException {
        int port = 0;
        for (int i = 0; i < Math.max(1, receivers); i++) {
            DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, Loopback.RECEIVE_BUFFER);
            channel.setOption(StandardSocketOptions.SO_REUSEPORT, receivers > 1);
            channel.bind(Loopback.at(port));
            port = channel.socket().getLocalPort();
            channels.add(channel);
            start(() -> serve(channel));
        }
        listens(port);
    }

    private void serve(DatagramChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(Loopback.MOST_BYTES);
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_READ);
            while (true) {
                selector.select();
                selector.selectedKeys().clear();
                SocketAddress sender;
                while ((sender = channel.receive(buffer.clear())) != null) {
                    channel.send(buffer.flip(), sender);
                    count(1);
                }
            }
        }
    }

    @Override
    protected boolean isClosed() {
        return closed;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        for (DatagramChannel channel : channels) {
            channel.close();
        }
    }
}
