package org.datagram4j.sys;

import java.util.concurrent.atomic.AtomicInteger;
import org.datagram4j.Token;
import org.datagram4j.spi.EventList;
import org.datagram4j.spi.Signal;

/** One source in one poll, from registering to deregistering. It finds out what became ready, and publishes it. */
final class Registration extends Signal {
    private static final int DIRECTIONS = EventList.READABLE | EventList.WRITABLE;

    /** What the application asked for: changed as one. */
    private record Wanted(Token token, int directions) {}

    final NativePoll poll;

    /** Set when it is added to {@link Registrations}. */
    long id;

    /** Null once it is deregistered: then it has no event any more. */
    private volatile Wanted wanted;

    /** What became ready and was not published; for the polling thread alone. */
    private int found;

    /** The same, found by others. */
    private final AtomicInteger raised = new AtomicInteger();

    Registration(NativePoll poll, Token token, int directions) {
        super(poll.line());
        this.poll = poll;
        this.wanted = new Wanted(token, directions);
    }

    /** Takes token and directions from now on. */
    void want(Token token, int directions) {
        wanted = new Wanted(token, directions);
    }

    /** Wants nothing any more: no event from now on. */
    void end() {
        wanted = null;
    }

    /** Which directions are wanted. */
    int directions() {
        Wanted now = wanted;
        return now == null ? 0 : now.directions;
    }

    /** Takes what the system found; for the polling thread. */
    void found(int readiness) {
        found |= readiness;
    }

    /** Takes what another thread found that the system does not know. */
    void raise(int readiness) {
        raised.getAndUpdate(before -> before | readiness);
        signal();
    }

    /** An error makes it ready in every direction that is wanted: whoever looks at one of them alone must see it. */
    @Override
    protected void publish(EventList events) {
        int ready = found;
        found = 0;
        if (raised.get() != 0) {
            ready |= raised.getAndSet(0);
        }
        Wanted now = wanted;
        if (now == null) {
            return;
        }
        int directions = (ready & EventList.ERROR) != 0 ? now.directions : ready & now.directions;
        if (directions != 0) {
            events.add(now.token, ready & ~DIRECTIONS | directions);
        }
    }
}
