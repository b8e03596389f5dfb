package org.datagram4j.adapters.netty;

import org.datagram4j.Token;
import org.datagram4j.spi.EventList;
import org.datagram4j.spi.Signal;

/** One socket in one poll. Everything is guarded by the socket's {@link Readiness}. */
final class Registration extends Signal {
    final NettyPoll poll;
    private final Readiness readiness;
    private Token token;
    private int interest;
    private int armed;

    Registration(NettyPoll poll, Readiness readiness) {
        super(poll.line());
        this.poll = poll;
        this.readiness = readiness;
    }

    boolean isActive() {
        return interest != 0;
    }

    void activate(Token newToken, int newInterest) {
        token = newToken;
        interest = newInterest;
        armed = newInterest;
    }

    void deactivate() {
        activate(null, 0);
    }

    void arm(int directions) {
        armed |= directions & interest;
    }

    int armed() {
        return armed;
    }

    @Override
    protected void publish(EventList events) {
        readiness.lock();
        try {
            int ready = readiness.directions() & armed;
            if (ready != 0) {
                armed &= ~ready;
                events.add(token, ready);
            }
        } finally {
            readiness.unlock();
        }
    }
}
