package org.datagram4j.spi;

import java.time.Duration;
import java.util.Objects;
import org.datagram4j.Events;
import org.datagram4j.Poll;
import org.datagram4j.Registry;
import org.datagram4j.UdpException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A poll that forwards every call to another; subclasses change what they care about.
 */
@ConsumerType
public class ForwardingPoll implements Poll {
    private final Poll delegate;

    /**
     * Forwards everything.
     *
     * @param delegate what the calls go to
     */
    public ForwardingPoll(Poll delegate) {
        this.delegate = Objects.requireNonNull(delegate, "delegate");
    }

    /**
     * What the calls go to.
     *
     * @return the delegate
     */
    protected Poll delegate() {
        return delegate;
    }

    @Override
    public Registry registry() {
        return delegate.registry();
    }

    @Override
    public Events newEvents(int capacity) {
        return delegate.newEvents(capacity);
    }

    @Override
    public int poll(Events events, Duration timeout) throws UdpException {
        return delegate.poll(events, timeout);
    }

    @Override
    public boolean isOpen() {
        return delegate.isOpen();
    }

    @Override
    public void close() {
        delegate.close();
    }

    @Override
    public String toString() {
        return delegate.toString();
    }
}
