package org.datagram4j.spi;

import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.datagram4j.Capability;
import org.datagram4j.DatagramBatch;
import org.datagram4j.Limit;
import org.datagram4j.Poll;
import org.datagram4j.Profile;
import org.datagram4j.Source;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A backend that forwards every call to another; subclasses change what they care about. What it opens is the
 * delegate's own, so {@link UdpSocket#backend()} names the delegate unless a subclass wraps the socket.
 */
@ConsumerType
public class ForwardingBackend implements UdpBackend {
    private final UdpBackend delegate;

    /**
     * Forwards everything.
     *
     * @param delegate what the calls go to
     */
    public ForwardingBackend(UdpBackend delegate) {
        this.delegate = Objects.requireNonNull(delegate, "delegate");
    }

    /**
     * What the calls go to.
     *
     * @return the delegate
     */
    protected UdpBackend delegate() {
        return delegate;
    }

    @Override
    public String name() {
        return delegate.name();
    }

    @Override
    public int ranking() {
        return delegate.ranking();
    }

    @Override
    public Set<Capability> capabilities() {
        return delegate.capabilities();
    }

    @Override
    public Profile profile() {
        return delegate.profile();
    }

    @Override
    public long limit(Limit limit) {
        return delegate.limit(limit);
    }

    @Override
    public Poll openPoll(Duration spin) throws UdpException {
        return delegate.openPoll(spin);
    }

    @Override
    public UdpSocket open(UdpConfig config) throws UdpException {
        return delegate.open(config);
    }

    @Override
    public UdpSocket adopt(DatagramChannel channel) throws UdpException {
        return delegate.adopt(channel);
    }

    @Override
    public UdpSocket adopt(long handle) throws UdpException {
        return delegate.adopt(handle);
    }

    @Override
    public Source source(long handle) throws UdpException {
        return delegate.source(handle);
    }

    @Override
    public Source source(SelectableChannel channel) throws UdpException {
        return delegate.source(channel);
    }

    @Override
    public DatagramBatch newBatch(int slots, int slotBytes) {
        return delegate.newBatch(slots, slotBytes);
    }

    @Override
    public String toString() {
        return delegate.toString();
    }
}
