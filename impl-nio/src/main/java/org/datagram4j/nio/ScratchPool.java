package org.datagram4j.nio;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A few direct buffers with room for any datagram. A receive borrows one for the length of its call, so that it sees the
 * whole datagram and knows how long it was; ten thousand sockets need no more of them than there are threads receiving.
 */
final class ScratchPool {
    private static final int ROOM = 65_535;

    private final AtomicReferenceArray<ByteBuffer> idle =
            new AtomicReferenceArray<>(2 * Math.max(2, Runtime.getRuntime().availableProcessors()));

    /** An empty buffer; a new one if all are lent. */
    ByteBuffer borrow() {
        for (int i = 0; i < idle.length(); i++) {
            if (idle.get(i) != null) {
                ByteBuffer buffer = idle.getAndSet(i, null);
                if (buffer != null) {
                    return buffer.clear();
                }
            }
        }
        return ByteBuffer.allocateDirect(ROOM);
    }

    /** Takes a buffer back; lets it go if there is no place for it. */
    void giveBack(ByteBuffer buffer) {
        for (int i = 0; i < idle.length(); i++) {
            if (idle.get(i) == null && idle.compareAndSet(i, null, buffer)) {
                return;
            }
        }
    }
}
