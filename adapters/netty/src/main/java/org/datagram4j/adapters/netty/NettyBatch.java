package org.datagram4j.adapters.netty;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.datagram4j.DatagramBatch;
import org.datagram4j.spi.BatchSlots;

/** Slots of one direct buffer. */
final class NettyBatch extends BatchSlots {
    private final NettyBackend backend;

    NettyBatch(NettyBackend backend, int slots, int slotBytes) {
        super(backend.name(), slotBytes, slices(slots, slotBytes));
        this.backend = backend;
    }

    private static ByteBuffer[] slices(int slots, int slotBytes) {
        ByteBuffer memory = ByteBuffer.allocateDirect(slots * slotBytes);
        ByteBuffer[] buffers = new ByteBuffer[slots];
        for (int i = 0; i < slots; i++) {
            buffers[i] = memory.slice(i * slotBytes, slotBytes);
        }
        return buffers;
    }

    static NettyBatch of(DatagramBatch batch, NettyBackend backend) {
        Objects.requireNonNull(batch, "batch");
        if (batch instanceof NettyBatch own && own.backend == backend) {
            return own;
        }
        throw new IllegalArgumentException("this batch was not made by the backend '" + backend.name() + "'");
    }
}
