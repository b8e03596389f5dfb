package org.datagram4j.benchmarks.loop;

import java.io.IOException;
import org.datagram4j.DatagramBatch;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpSocket;

/** A burst as segments of one slot, received into one slot: the way without a copy. */
final class ApiSlots implements Loop {
    private static final int SLOT_BYTES = 65_535;

    private final UdpSocket socket;
    private final DatagramBatch out;
    private final DatagramBatch in;
    private final int burstBytes;

    ApiSlots(UdpBackend backend, int bytes) throws IOException {
        burstBytes = bytes * BURST;
        socket = backend.open(ApiSegments.config(backend));
        out = backend.newBatch(1, SLOT_BYTES);
        in = backend.newBatch(1, SLOT_BYTES);
        out.sendInfo(0).destination(socket.localAddress()).segmentBytes(bytes);
    }

    @Override
    public int step() throws IOException {
        out.buffer(0).clear().limit(burstBytes);
        Loopback.check(socket.sendBatch(out, 0, 1), 1);
        int tries = 0;
        for (int received = 0; received < burstBytes; ) {
            if (socket.recvBatch(in, 0, 1) == UdpSocket.WOULD_BLOCK) {
                tries = Loopback.await(tries);
            } else {
                received += in.info(0).length();
            }
        }
        return BURST;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
