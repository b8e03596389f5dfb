package org.datagram4j.benchmarks.loop.api;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.datagram4j.DatagramInfo;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpSocket;
import org.datagram4j.benchmarks.loop.Loopback;
import org.datagram4j.benchmarks.loop.Steps;

/** A burst by one send and one receive for each datagram. */
final class ApiSingle extends Steps {
    private final UdpSocket socket;
    private final InetSocketAddress self;
    private final int burst;
    private final ByteBuffer out;
    private final ByteBuffer in = ByteBuffer.allocateDirect(Loopback.MOST_BYTES);
    private final DatagramInfo info = new DatagramInfo();

    ApiSingle(UdpBackend backend, UdpConfig config, int bytes) throws IOException {
        burst = Loopback.burst(bytes, 0);
        socket = backend.open(config);
        self = socket.localAddress();
        out = ByteBuffer.allocateDirect(bytes);
    }

    @Override
    protected int step() throws IOException {
        for (int i = 0; i < burst; i++) {
            Loopback.check(socket.sendTo(out.clear(), self), out.capacity());
        }
        int tries = 0;
        for (int received = 0; received < burst; ) {
            if (socket.receive(in.clear(), info) == UdpSocket.WOULD_BLOCK) {
                tries = Loopback.await(tries);
            } else {
                received++;
            }
        }
        return burst;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
