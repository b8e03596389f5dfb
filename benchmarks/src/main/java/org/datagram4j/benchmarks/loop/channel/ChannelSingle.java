package org.datagram4j.benchmarks.loop.channel;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.datagram4j.benchmarks.loop.Loopback;
import org.datagram4j.benchmarks.loop.Steps;

/** A burst by one send and one receive for each datagram. */
final class ChannelSingle extends Steps {
    private final DatagramChannel channel = Channels.open(Loopback.any());
    private final SocketAddress self = channel.getLocalAddress();
    private final int burst;
    private final ByteBuffer out;
    private final ByteBuffer in = ByteBuffer.allocateDirect(Loopback.MOST_BYTES);

    ChannelSingle(int bytes) throws IOException {
        burst = Loopback.burst(bytes, 0);
        out = ByteBuffer.allocateDirect(bytes);
    }

    @Override
    protected int step() throws IOException {
        for (int i = 0; i < burst; i++) {
            Loopback.check(channel.send(out.clear(), self), out.capacity());
        }
        int tries = 0;
        for (int received = 0; received < burst; ) {
            if (channel.receive(in.clear()) == null) {
                tries = Loopback.await(tries);
            } else {
                received++;
            }
        }
        return burst;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
