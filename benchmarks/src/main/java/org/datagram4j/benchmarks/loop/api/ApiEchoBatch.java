package org.datagram4j.benchmarks.loop.api;

import java.io.IOException;
import org.datagram4j.DatagramBatch;
import org.datagram4j.DatagramInfo;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpSocket;
import org.datagram4j.benchmarks.loop.Loopback;

/** One batch that is received and sent back from the same slots; coalesced, each slot may hold many datagrams. */
final class ApiEchoBatch extends ApiServer {
    private static final int COALESCED_SLOTS = 16;

    private final boolean coalescing;

    ApiEchoBatch(UdpBackend backend, int receivers, boolean coalescing) throws IOException, InterruptedException {
        this.coalescing = coalescing;
        open(backend, receivers, coalescing);
    }

    @Override
    Drain newDrain(UdpBackend backend) {
        int slots = coalescing ? COALESCED_SLOTS : BURST;
        DatagramBatch batch = backend.newBatch(slots, Loopback.MOST_BYTES);
        return socket -> {
            int received;
            while ((received = socket.recvBatch(batch, 0, slots)) != UdpSocket.WOULD_BLOCK) {
                int datagrams = 0;
                for (int slot = 0; slot < received; slot++) {
                    datagrams += address(batch, slot);
                }
                for (int sent = 0; sent < received; ) {
                    sent += Math.max(1, socket.sendBatch(batch, sent, received - sent));
                }
                count(datagrams);
            }
        };
    }

    /** Returns how many datagrams the slot holds. */
    private static int address(DatagramBatch batch, int slot) {
        DatagramInfo info = batch.info(slot);
        int size = info.segmentSize();
        boolean several = size > 0 && size < info.length();
        batch.sendInfo(slot).destination(info.sender()).segmentBytes(several ? size : -1);
        return several ? (info.length() + size - 1) / size : 1;
    }
}
