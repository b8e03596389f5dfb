package org.datagram4j.spi;

import java.io.IOException;
import java.util.Objects;
import org.datagram4j.Interest;
import org.datagram4j.Registry;
import org.datagram4j.Source;
import org.datagram4j.Token;
import org.datagram4j.UdpException;
import org.datagram4j.Waker;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A registry that forwards every call to another; subclasses change what they care about. Sources see the delegate as
 * their registry, which is what a leaf source checks.
 */
@ConsumerType
public class ForwardingRegistry implements Registry {
    private final Registry delegate;

    /**
     * Forwards everything.
     *
     * @param delegate what the calls go to
     */
    public ForwardingRegistry(Registry delegate) {
        this.delegate = Objects.requireNonNull(delegate, "delegate");
    }

    /**
     * What the calls go to.
     *
     * @return the delegate
     */
    protected Registry delegate() {
        return delegate;
    }

    @Override
    public void register(Source source, Token token, Interest interest) throws IOException {
        delegate.register(source, token, interest);
    }

    @Override
    public void reregister(Source source, Token token, Interest interest) throws IOException {
        delegate.reregister(source, token, interest);
    }

    @Override
    public void deregister(Source source) throws IOException {
        delegate.deregister(source);
    }

    @Override
    public Waker newWaker(Token token) throws UdpException {
        return delegate.newWaker(token);
    }

    @Override
    public String toString() {
        return delegate.toString();
    }
}
