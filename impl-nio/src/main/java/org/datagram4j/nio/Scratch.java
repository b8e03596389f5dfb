package org.datagram4j.nio;

import java.nio.ByteBuffer;
import org.datagram4j.spi.Pool;

/** A direct buffer with room for any datagram, lent to a receive for the length of its call. */
final class Scratch extends Pool.Item {
    private static final int ROOM_BYTES = 65_535;

    final ByteBuffer buffer = ByteBuffer.allocateDirect(ROOM_BYTES);
}
