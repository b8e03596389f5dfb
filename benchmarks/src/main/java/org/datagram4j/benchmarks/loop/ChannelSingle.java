package org.datagram4j.benchmarks.loop;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** {@link ApiSingle} on a channel. */
final class ChannelSingle implements Loop {
    private final DatagramChannel channel = Channels.open(0);
    private final SocketAddress self = channel.getLocalAddress();
    private final ByteBuffer out;
    private final ByteBuffer in = ByteBuffer.allocateDirect(65_535);

    ChannelSingle(int bytes) throws IOException {
        out = ByteBuffer.allocateDirect(bytes);
    }

    @Override
    public int step() throws IOException {
        for (int i = 0; i < BURST; i++) {
            Loopback.check(channel.send(out.clear(), self), out.capacity());
        }
        int tries = 0;
        for (int received = 0; received < BURST; ) {
            if (channel.receive(in.clear()) == null) {
                tries = Loopback.await(tries);
            } else {
                received++;
            }
        }
        return BURST;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
