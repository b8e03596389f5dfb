package org.datagram4j.spi;

import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Something that can have an event for one poll: a waker, or a source that is registered.
 *
 * <p>Any thread may {@link #signal()} it. It is then linked into the poll's {@link SignalLine} by its own field, so that
 * signalling allocates nothing; as it is linked at most once, signals coalesce.
 */
@ConsumerType
public abstract class Signal {
    private final SignalLine line;
    private final AtomicBoolean signalled = new AtomicBoolean();

    /** The link of the line's stack; belongs to whoever set {@link #signalled}. */
    Signal below;

    /** Whether it stands in the line; for the polling thread alone. */
    boolean inLine;

    /**
     * Not signalled.
     *
     * @param line where it stands when it is
     */
    protected Signal(SignalLine line) {
        this.line = line;
    }

    /**
     * Makes the poll look at this. The write happens also when it is signalled already: that is what makes everything
     * before this call visible to the poll.
     */
    public final void signal() {
        if (!signalled.getAndSet(true)) {
            line.push(this);
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
     */
    protected abstract void publish(EventList events);
}
