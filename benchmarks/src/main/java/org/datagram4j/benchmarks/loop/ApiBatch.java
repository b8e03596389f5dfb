package org.datagram4j.benchmarks.loop;

import java.io.IOException;
import org.datagram4j.DatagramBatch;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpSocket;

/** A burst by one sendBatch and one recvBatch. */
final class ApiBatch implements Loop {
    private static final int SLOT_BYTES = 2048;

    private final UdpSocket socket;
    private final DatagramBatch out;
    private final DatagramBatch in;
    private final int bytes;

    ApiBatch(UdpBackend backend, int bytes) throws IOException {
        this.bytes = bytes;
        socket = backend.bind(Loopback.address(0));
        out = backend.newBatch(BURST, SLOT_BYTES);
        in = backend.newBatch(BURST, SLOT_BYTES);
        for (int slot = 0; slot < BURST; slot++) {
            out.sendInfo(slot).destination(socket.localAddress());
        }
    }

    @Override
    public int step() throws IOException {
        for (int slot = 0; slot < BURST; slot++) {
            out.buffer(slot).clear().limit(bytes);
        }
        for (int sent = 0; sent < BURST; ) {
            int more = socket.sendBatch(out, sent, BURST - sent);
            if (more == UdpSocket.WOULD_BLOCK) {
                throw new IOException("a send to oneself would block");
            }
            sent += more;
        }
        int tries = 0;
        for (int received = 0; received < BURST; ) {
            int more = socket.recvBatch(in, received, BURST - received);
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
