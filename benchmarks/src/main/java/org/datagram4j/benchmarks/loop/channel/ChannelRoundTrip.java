package org.datagram4j.benchmarks.loop.channel;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.datagram4j.benchmarks.loop.Far;
import org.datagram4j.benchmarks.loop.Loopback;
import org.datagram4j.benchmarks.loop.Trips;

/** A datagram to another selecting thread and back. */
final class ChannelRoundTrip extends Trips {
    private final Side near = new Side();
    private final Side far = new Side();
    private final SocketAddress there = far.channel.getLocalAddress();
    private final ByteBuffer out;
    private final long spinNanos;

    ChannelRoundTrip(int bytes, long spinNanos) throws IOException, InterruptedException {
        this.spinNanos = spinNanos;
        out = ByteBuffer.allocateDirect(bytes);
        Far.start(this::echo);
    }

    private void echo() {
        try {
            while (far.selector.isOpen()) {
                Channels.select(far.selector, spinNanos);
                far.selector.selectedKeys().clear();
                SocketAddress sender;
                while ((sender = far.channel.receive(far.in.clear())) != null) {
                    far.channel.send(far.in.flip(), sender);
                }
            }
        } catch (IOException | ClosedSelectorException e) {
            // closed: the measurement is over
        }
    }

    @Override
    protected void trip() throws IOException {
        Loopback.check(near.channel.send(out.clear(), there), out.capacity());
        int received = 0;
        while (received == 0) {
            Channels.select(near.selector, spinNanos);
            near.selector.selectedKeys().clear();
            while (near.channel.receive(near.in.clear()) != null) {
                received++;
            }
        }
    }

    @Override
    public void close() throws IOException {
        far.close();
        near.close();
    }

    private static final class Side {
        final Selector selector = Selector.open();
        final DatagramChannel channel = Channels.open(Loopback.any());
        final ByteBuffer in = ByteBuffer.allocateDirect(Loopback.MOST_BYTES);

        Side() throws IOException {
            channel.register(selector, SelectionKey.OP_READ);
        }

        void close() throws IOException {
            channel.close();
            selector.close();
        }
    }
}
