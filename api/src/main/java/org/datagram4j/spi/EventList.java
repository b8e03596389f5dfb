package org.datagram4j.spi;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.datagram4j.Event;
import org.datagram4j.Events;
import org.datagram4j.Token;

/** The list of events that backends fill. Reuses its events and, unless loops are nested, its iterator. */
public final class EventList implements Events {
    /** The direction bit of {@link Event#isReadable()}. */
    public static final int READABLE = 1;
    /** The direction bit of {@link Event#isWritable()}. */
    public static final int WRITABLE = 2;
    /** The bit of {@link Event#isError()}. */
    public static final int ERROR = 4;
    /** The bit of {@link Event#isReadClosed()}. */
    public static final int READ_CLOSED = 8;
    /** The bit of {@link Event#isWriteClosed()}. */
    public static final int WRITE_CLOSED = 16;

    private final Entry[] entries;
    private final Object owner;
    private int size;
    private final Walk walk = new Walk();

    /**
     * An empty list.
     *
     * @param capacity 1 or greater
     * @param owner what {@link #owner()} returns: lets a poll tell its backend's lists from others
     * @throws IllegalArgumentException if the capacity is less than 1
     */
    public EventList(int capacity, Object owner) {
        if (capacity < 1) {
            throw new IllegalArgumentException("the capacity is 1 or greater, not " + capacity);
        }
        this.entries = new Entry[capacity];
        this.owner = owner;
    }

    /**
     * Whose list it is.
     *
     * @return what the constructor was given
     */
    public Object owner() {
        return owner;
    }

    /**
     * Adds an event.
     *
     * @param token whose
     * @param readiness bits of this class
     * @return false if the list is full
     */
    public boolean add(Token token, int readiness) {
        if (size == entries.length) {
            return false;
        }
        Entry entry = entries[size];
        if (entry == null) {
            entry = entries[size] = new Entry();
        }
        entry.token = token;
        entry.readiness = readiness;
        size++;
        return true;
    }

    /**
     * Whether another event fits.
     *
     * @return true if there is no room
     */
    public boolean isFull() {
        return size == entries.length;
    }

    @Override
    public int capacity() {
        return entries.length;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean isEmpty() {
        return size == 0;
    }

    @Override
    public Event get(int index) {
        return entries[Objects.checkIndex(index, size)];
    }

    @Override
    public void clear() {
        size = 0;
        walk.busy = false;
    }

    @Override
    public Iterator<Event> iterator() {
        if (walk.busy) {
            return new Walk(); // a loop around this one has not ended yet
        }
        walk.next = 0;
        walk.busy = true;
        return walk;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < size; i++) {
            text.append(i == 0 ? "" : ", ").append(entries[i]);
        }
        return text.append(']').toString();
    }

    private final class Walk implements Iterator<Event> {
        private int next;
        private boolean busy;

        @Override
        public boolean hasNext() {
            busy = next < size;
            return busy;
        }

        @Override
        public Event next() {
            if (next >= size) {
                throw new NoSuchElementException();
            }
            return entries[next++];
        }
    }

    private static final class Entry implements Event {
        private Token token;
        private int readiness;

        @Override
        public Token token() {
            return token;
        }

        @Override
        public boolean isReadable() {
            return (readiness & READABLE) != 0;
        }

        @Override
        public boolean isWritable() {
            return (readiness & WRITABLE) != 0;
        }

        @Override
        public boolean isError() {
            return (readiness & ERROR) != 0;
        }

        @Override
        public boolean isReadClosed() {
            return (readiness & READ_CLOSED) != 0;
        }

        @Override
        public boolean isWriteClosed() {
            return (readiness & WRITE_CLOSED) != 0;
        }

        @Override
        public String toString() {
            return token
                    + (isReadable() ? " readable" : "")
                    + (isWritable() ? " writable" : "")
                    + (isError() ? " error" : "");
        }
    }
}
