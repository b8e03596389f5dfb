package org.datagram4j.benchmarks.loop.api;

import java.io.IOException;
import org.datagram4j.DatagramBatch;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpSocket;
import org.datagram4j.benchmarks.loop.Loopback;
import org.datagram4j.benchmarks.loop.Steps;

/** A burst by one sendBatch and one recvBatch. */
final class ApiBatch extends Steps {
    private static final int SLOT_BYTES = 16_384;

    private final UdpSocket socket;
    private final DatagramBatch out;
    private final DatagramBatch in;
    private final int bytes;
    private final int burst;

    ApiBatch(UdpBackend backend, UdpConfig config, int bytes, int wanted) throws IOException {
        this.bytes = bytes;
        burst = Loopback.burst(bytes, wanted);
        socket = backend.open(config);
        out = backend.newBatch(burst, SLOT_BYTES);
        in = backend.newBatch(burst, SLOT_BYTES);
        for (int slot = 0; slot < burst; slot++) {
            out.sendInfo(slot).destination(socket.localAddress());
        }
    }

    @Override
    protected int step() throws IOException {
        for (int slot = 0; slot < burst; slot++) {
            out.buffer(slot).clear().limit(bytes);
        }
        for (int sent = 0; sent < burst; ) {
            int more = socket.sendBatch(out, sent, burst - sent);
            if (more == UdpSocket.WOULD_BLOCK) {
                throw new IOException("a send to oneself would block");
            }
            sent += more;
        }
        int tries = 0;
        for (int received = 0; received < burst; ) {
            int more = socket.recvBatch(in, received, burst - received);
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
