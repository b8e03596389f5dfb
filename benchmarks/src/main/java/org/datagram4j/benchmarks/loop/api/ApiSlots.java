package org.datagram4j.benchmarks.loop.api;

import java.io.IOException;
import org.datagram4j.DatagramBatch;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpSocket;
import org.datagram4j.benchmarks.loop.Loopback;
import org.datagram4j.benchmarks.loop.Steps;

/** A burst as segments of one slot, received into one slot: the way without a copy. */
final class ApiSlots extends Steps {
    private final UdpSocket socket;
    private final DatagramBatch out;
    private final DatagramBatch in;
    private final int burst;
    private final int burstBytes;

    ApiSlots(UdpBackend backend, int bytes, int wanted) throws IOException {
        burst = Loopback.burst(bytes, wanted);
        burstBytes = bytes * burst;
        socket = backend.open(ApiSegments.config(backend));
        out = backend.newBatch(1, Loopback.MOST_BYTES);
        in = backend.newBatch(1, Loopback.MOST_BYTES);
        out.sendInfo(0).destination(socket.localAddress()).segmentBytes(bytes);
    }

    @Override
    protected int step() throws IOException {
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
        return burst;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
