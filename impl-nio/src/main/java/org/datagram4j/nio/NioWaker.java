package org.datagram4j.nio;

import org.datagram4j.Token;
import org.datagram4j.Waker;
import org.datagram4j.spi.EventList;

/** A waker: a signal that always has an event. */
final class NioWaker extends Signal implements Waker {
    private final Token token;
    private volatile boolean closed;

    NioWaker(NioPoll poll, Token token) {
        super(poll);
        this.token = token;
    }

    @Override
    public void wake() {
        if (!closed && poll.isOpen()) {
            signal();
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    void publish(EventList events, long round) {
        if (!closed) {
            events.add(token, EventList.READABLE);
        }
    }

    @Override
    public String toString() {
        return "waker of " + poll + (closed ? ", closed" : "");
    }
}
