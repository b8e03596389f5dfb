package org.datagram4j.spi;

import java.io.IOException;
import java.util.Objects;
import org.datagram4j.ErrorKind;
import org.datagram4j.Interest;
import org.datagram4j.Poll;
import org.datagram4j.Registry;
import org.datagram4j.Source;
import org.datagram4j.Token;
import org.datagram4j.UdpException;
import org.datagram4j.Waker;

/** The registry of one poll. It asks the source to register itself; what must hold is checked there. */
public final class PollRegistry implements Registry {
    private final Poll poll;
    private final SignalLine line;

    /**
     * A registry.
     *
     * @param poll whose
     * @param line where the poll's wakers stand
     */
    public PollRegistry(Poll poll, SignalLine line) {
        this.poll = poll;
        this.line = line;
    }

    /**
     * Whose registry it is: lets a leaf source tell its backend's registries from others.
     *
     * @return the poll
     */
    public Poll poll() {
        return poll;
    }

    @Override
    public void register(Source source, Token token, Interest interest) throws IOException {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(interest, "interest");
        requireOpen();
        source.register(this, token, interest);
    }

    @Override
    public void reregister(Source source, Token token, Interest interest) throws IOException {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(interest, "interest");
        requireOpen();
        source.reregister(this, token, interest);
    }

    @Override
    public void deregister(Source source) throws IOException {
        Objects.requireNonNull(source, "source");
        requireOpen();
        source.deregister(this);
    }

    @Override
    public Waker newWaker(Token token) throws UdpException {
        Objects.requireNonNull(token, "token");
        requireOpen();
        return new SignalWaker(poll, line, token);
    }

    /**
     * Refuses when the poll is closed.
     *
     * @throws UdpException {@link ErrorKind#CLOSED}
     */
    public void requireOpen() throws UdpException {
        if (!poll.isOpen()) {
            throw Arguments.closed(poll);
        }
    }

    @Override
    public String toString() {
        return "registry of " + poll;
    }
}
