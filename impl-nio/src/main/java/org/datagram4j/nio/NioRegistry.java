package org.datagram4j.nio;

import java.io.IOException;
import java.util.Objects;
import org.datagram4j.Interest;
import org.datagram4j.Registry;
import org.datagram4j.Source;
import org.datagram4j.Token;
import org.datagram4j.UdpException;
import org.datagram4j.Waker;

/** The registry of one poll. It asks the source to register itself; what must hold is checked there. */
final class NioRegistry implements Registry {
    private final NioPoll poll;

    NioRegistry(NioPoll poll) {
        this.poll = poll;
    }

    NioPoll poll() {
        return poll;
    }

    @Override
    public void register(Source source, Token token, Interest interest) throws IOException {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(interest, "interest");
        poll.requireOpen();
        source.register(this, token, interest);
    }

    @Override
    public void reregister(Source source, Token token, Interest interest) throws IOException {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(interest, "interest");
        poll.requireOpen();
        source.reregister(this, token, interest);
    }

    @Override
    public void deregister(Source source) throws IOException {
        Objects.requireNonNull(source, "source");
        poll.requireOpen();
        source.deregister(this);
    }

    @Override
    public Waker newWaker(Token token) throws UdpException {
        Objects.requireNonNull(token, "token");
        poll.requireOpen();
        return new NioWaker(poll, token);
    }

    @Override
    public String toString() {
        return "registry of " + poll;
    }
}
