package org.datagram4j.nio;

import java.util.concurrent.atomic.AtomicBoolean;
import org.datagram4j.spi.EventList;

/**
 * Something that can have an event for one poll: a waker, or a source that is registered.
 *
 * <p>Any thread may {@link #signal()} it. It is then linked into the poll's stack by its own field, so that signalling
 * allocates nothing; as it is linked at most once, signals coalesce.
 */
abstract class Signal {
    /** The poll that it is bound to. */
    final NioPoll poll;

    /** The link of the poll's stack; belongs to whoever set {@link #signalled}. */
    Signal below;

    /** Whether it stands in the poll's line; for the polling thread alone. */
    boolean inLine;

    private final AtomicBoolean signalled = new AtomicBoolean();

    Signal(NioPoll poll) {
        this.poll = poll;
    }

    /**
     * Makes the poll look at this. The write happens also when it is signalled already: that is what makes everything
     * before this call visible to the poll.
     */
    final void signal() {
        if (!signalled.getAndSet(true)) {
            poll.push(this);
        }
    }

    /** Allows it to be signalled again; only once it is off the stack. */
    final void unlinked() {
        signalled.getAndSet(false);
    }

    /**
     * Adds an event, if there is one, to a list that has room. Called by the polling thread.
     *
     * @param events where to
     * @param round the poll's current look at the system: what was found ready in an earlier one no longer counts
     */
    abstract void publish(EventList events, long round);
}
