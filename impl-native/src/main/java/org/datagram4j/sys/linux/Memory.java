package org.datagram4j.sys.linux;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.datagram4j.spi.Pool;
import org.datagram4j.sys.linkage.Linkage;

/**
 * Memory that the kernel reads and writes. It is freed by the garbage collector when this is not reachable, so whoever
 * gives its address away calls {@link #keep()} after the call.
 */
final class Memory extends Pool.Item {
    /** The bytes, in the order of the processor. */
    final ByteBuffer bytes;

    /** Where byte 0 lies. */
    final long address;

    Memory(Linkage linkage, int size) {
        bytes = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
        address = linkage.address(bytes);
    }

    /** Keeps it from being freed before this call. */
    void keep() {
        Reference.reachabilityFence(bytes);
    }
}
