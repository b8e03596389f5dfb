package org.datagram4j.benchmarks.loop;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.datagram4j.DatagramInfo;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpSocket;

/** A burst by one send and one receive for each datagram. */
final class ApiSingle implements Loop {
    private final UdpSocket socket;
    private final InetSocketAddress self;
    private final ByteBuffer out;
    private final ByteBuffer in = ByteBuffer.allocateDirect(65_535);
    private final DatagramInfo info = new DatagramInfo();

    ApiSingle(UdpBackend backend, int bytes) throws IOException {
        socket = backend.bind(Loopback.address(0));
        self = socket.localAddress();
        out = ByteBuffer.allocateDirect(bytes);
    }

    @Override
    public int step() throws IOException {
        for (int i = 0; i < BURST; i++) {
            Loopback.check(socket.sendTo(out.clear(), self), out.capacity());
        }
        int tries = 0;
        for (int received = 0; received < BURST; ) {
            if (socket.receive(in.clear(), info) == UdpSocket.WOULD_BLOCK) {
                tries = Loopback.await(tries);
            } else {
                received++;
            }
        }
        return BURST;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
