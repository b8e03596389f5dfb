package org.datagram4j.nio;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Datagrams that were taken from the system and not yet received: channels have neither MSG_PEEK nor SO_ERROR, so a peek
 * and a look for errors have to receive. Two at most: a peek takes none while there is one, and a look for errors takes
 * one more at most.
 *
 * <p>Guarded by the receive lock; {@link #isEmpty()} is for any thread.
 */
final class Stash {
    private static final int KEPT_BYTES = 2048;

    private final Entry[] entries = {new Entry(), new Entry()};
    private volatile int count;

    boolean isEmpty() {
        return count == 0;
    }

    boolean isFull() {
        return count == entries.length;
    }

    /** Copies in what stands in a buffer from 0 to its position. */
    void add(ByteBuffer datagram, InetSocketAddress sender) {
        Entry entry = entries[count];
        int length = datagram.position();
        if (entry.bytes.length < length) {
            entry.bytes = new byte[length];
        }
        datagram.get(0, entry.bytes, 0, length);
        entry.length = length;
        entry.sender = sender;
        count++;
    }

    InetSocketAddress sender() {
        return entries[0].sender;
    }

    int length() {
        return entries[0].length;
    }

    void copyTo(ByteBuffer buffer, int length) {
        buffer.put(entries[0].bytes, 0, length);
    }

    void removeFirst() {
        Entry first = entries[0];
        entries[0] = entries[1];
        entries[1] = first;
        first.clear();
        count--;
    }

    void clear() {
        count = 0;
        entries[0].clear();
        entries[1].clear();
    }

    private static final class Entry {
        private byte[] bytes = {};
        private int length;
        private InetSocketAddress sender;

        void clear() {
            sender = null;
            if (bytes.length > KEPT_BYTES) { // a rare large one must not stay with each of many sockets
                bytes = new byte[0];
            }
        }
    }
}
