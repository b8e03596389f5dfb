package org.datagram4j.spi;

import org.datagram4j.Poll;
import org.datagram4j.Token;
import org.datagram4j.Waker;

/** A waker: a signal that always has an event. */
public final class SignalWaker extends Signal implements Waker {
    private final Poll poll;
    private final Token token;
    private volatile boolean closed;

    /**
     * An open waker.
     *
     * @param poll whose
     * @param line the poll's line
     * @param token what its event carries
     */
    public SignalWaker(Poll poll, SignalLine line, Token token) {
        super(line);
        this.poll = poll;
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
    protected void publish(EventList events) {
        if (!closed) {
            events.add(token, EventList.READABLE);
        }
    }

    @Override
    public String toString() {
        return "waker of " + poll + (closed ? ", closed" : "");
    }
}
