package org.datagram4j.conformance.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/** A buffer of some sort, and the proof that nothing but the bytes between position and limit was touched. */
final class Guarded {
    private static final int LARGE = 70_000;

    private final ByteBuffer all;
    private final ByteBuffer copy;
    private final int base;

    /** What is given to the backend. */
    final ByteBuffer buffer;

    final int position;
    final int limit;

    Guarded(Random random) {
        int size = random.nextInt(30) == 0 ? LARGE : random.nextInt(60);
        all = random.nextBoolean() ? ByteBuffer.allocate(size) : ByteBuffer.allocateDirect(size);
        for (int i = 0; i < Math.min(size, 64); i++) {
            all.put(i, (byte) random.nextInt());
        }
        copy = ByteBuffer.allocate(size).put(all.duplicate());
        base = random.nextInt(3) == 0 ? random.nextInt(size + 1) : 0;
        ByteBuffer view = all.slice(base, size - base);
        view.limit(random.nextInt(4) == 0 ? random.nextInt(view.capacity() + 1) : view.capacity());
        view.position(random.nextInt(4) == 0 ? random.nextInt(view.limit() + 1) : 0);
        view = random.nextInt(8) == 0 ? view.asReadOnlyBuffer() : view;
        view.order(random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        buffer = view;
        position = view.position();
        limit = view.limit();
    }

    /**
     * Checks it after a call.
     *
     * @param moved by how much the position has to have moved
     * @param writable how many bytes after the first position may have changed
     */
    void check(int moved, int writable) {
        if (buffer.limit() != limit || buffer.position() != position + moved) {
            throw new AssertionError("expected the position " + (position + moved) + " and the limit " + limit
                    + ", actual: " + buffer + ", position before: " + position);
        }
        int from = base + position;
        int to = from + writable;
        if (all.slice(0, from).compareTo(copy.slice(0, from)) != 0
                || all.slice(to, all.capacity() - to).compareTo(copy.slice(to, copy.capacity() - to)) != 0) {
            throw new AssertionError("bytes outside of " + position + " to " + (position + writable) + " have changed");
        }
    }
}
