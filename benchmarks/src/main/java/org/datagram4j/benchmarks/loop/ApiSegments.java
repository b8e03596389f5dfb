package org.datagram4j.benchmarks.loop;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.datagram4j.Capability;
import org.datagram4j.DatagramInfo;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpSocket;

/** A burst by one sendSegmented and, where receives can be coalesced, one receive, over buffers of the caller. */
final class ApiSegments implements Loop {
    private final UdpSocket socket;
    private final InetSocketAddress self;
    private final int bytes;
    private final ByteBuffer out;
    private final ByteBuffer in = ByteBuffer.allocateDirect(65_535);
    private final DatagramInfo info = new DatagramInfo();

    ApiSegments(UdpBackend backend, int bytes) throws IOException {
        this.bytes = bytes;
        socket = backend.open(config(backend));
        self = socket.localAddress();
        out = ByteBuffer.allocateDirect(bytes * BURST);
    }

    static UdpConfig config(UdpBackend backend) throws IOException {
        return UdpConfig.of(Loopback.address(0))
                .withCoalescing(backend.capabilities().contains(Capability.GRO));
    }

    @Override
    public int step() throws IOException {
        Loopback.check(socket.sendSegmented(out.clear(), self, bytes), out.capacity());
        int tries = 0;
        for (int received = 0; received < out.capacity(); ) {
            int more = socket.receive(in.clear(), info);
            if (more == UdpSocket.WOULD_BLOCK) {
                tries = Loopback.await(tries);
            } else {
                received += more;
            }
        }
        return BURST;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
