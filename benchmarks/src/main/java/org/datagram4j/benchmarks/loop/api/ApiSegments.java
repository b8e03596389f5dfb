package org.datagram4j.benchmarks.loop.api;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.datagram4j.Capability;
import org.datagram4j.DatagramInfo;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpSocket;
import org.datagram4j.benchmarks.loop.Loopback;
import org.datagram4j.benchmarks.loop.Steps;

/** A burst by one sendSegmented and, where receives can be coalesced, one receive, over buffers of the caller. */
final class ApiSegments extends Steps {
    private final UdpSocket socket;
    private final InetSocketAddress self;
    private final int bytes;
    private final int burst;
    private final ByteBuffer out;
    private final ByteBuffer in = ByteBuffer.allocateDirect(Loopback.MOST_BYTES);
    private final DatagramInfo info = new DatagramInfo();

    ApiSegments(UdpBackend backend, int bytes, int wanted) throws IOException {
        this.bytes = bytes;
        burst = Loopback.burst(bytes, wanted);
        socket = backend.open(config(backend));
        self = socket.localAddress();
        out = ByteBuffer.allocateDirect(bytes * burst);
    }

    static UdpConfig config(UdpBackend backend) {
        return UdpConfig.of(Loopback.any())
                .withCoalescing(backend.capabilities().contains(Capability.GRO));
    }

    @Override
    protected int step() throws IOException {
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
        return burst;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
