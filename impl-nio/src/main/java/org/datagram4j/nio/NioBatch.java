package org.datagram4j.nio;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.datagram4j.DatagramBatch;
import org.datagram4j.spi.BatchSlots;

/** Slots of one direct buffer. */
final class NioBatch extends BatchSlots {
    NioBatch(int slots, int slotBytes) {
        super(NioBackend.NAME, slotBytes, slices(slots, slotBytes));
    }

    private static ByteBuffer[] slices(int slots, int slotBytes) {
        ByteBuffer memory = ByteBuffer.allocateDirect(slots * slotBytes);
        ByteBuffer[] buffers = new ByteBuffer[slots];
        for (int i = 0; i < slots; i++) {
            buffers[i] = memory.slice(i * slotBytes, slotBytes);
        }
        return buffers;
    }

    /**
     * The batch as one of ours.
     *
     * @throws IllegalArgumentException if it is another backend's
     */
    static NioBatch of(DatagramBatch batch) {
        Objects.requireNonNull(batch, "batch");
        if (batch instanceof NioBatch own) {
            return own;
        }
        throw new IllegalArgumentException(
                "this batch was not made by the backend '" + NioBackend.NAME + "': use UdpBackend.newBatch()");
    }
}
