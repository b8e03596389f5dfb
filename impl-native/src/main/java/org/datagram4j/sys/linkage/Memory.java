package org.datagram4j.sys.linkage;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.datagram4j.spi.Pool;

/**
 * Memory that the system reads and writes. It is freed by the garbage collector when this is not reachable, so whoever
 * gives its address away calls {@link #keep()} after the call.
 */
public final class Memory extends Pool.Item {
    /** The bytes, in the order of the processor. */
    public final ByteBuffer bytes;

    /** Where byte 0 lies. */
    public final long address;

    /**
     * Allocates, all zero.
     *
     * @param linkage tells the address
     * @param size how many bytes
     */
    public Memory(Linkage linkage, int size) {
        bytes = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
        address = linkage.address(bytes);
    }

    /** Keeps it from being freed before this call. */
    public void keep() {
        Reference.reachabilityFence(bytes);
    }
}
