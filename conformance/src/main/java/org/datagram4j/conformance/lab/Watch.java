package org.datagram4j.conformance.lab;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.datagram4j.Event;
import org.datagram4j.Events;
import org.datagram4j.Interest;
import org.datagram4j.Poll;
import org.datagram4j.Source;
import org.datagram4j.Token;
import org.datagram4j.UdpSocket;

/** A poll, and the means to say what its events must be. */
public final class Watch implements AutoCloseable {
    private final Lab lab;
    private final Poll poll;
    private final Events events;
    private UdpSocket sentinel;

    Watch(Lab lab, Poll poll) {
        this.lab = lab;
        this.poll = poll;
        this.events = poll.newEvents(64);
    }

    /**
     * The poll itself.
     *
     * @return the poll
     */
    public Poll poll() {
        return poll;
    }

    /**
     * Registers a source.
     *
     * @param source the source
     * @param token its token's value
     * @param interest the directions
     * @throws IOException if it is refused
     */
    public void register(Source source, long token, Interest interest) throws IOException {
        poll.registry().register(source, new Token(token), interest);
    }

    /**
     * Registers a source again.
     *
     * @param source the source
     * @param token its new token's value
     * @param interest the new directions
     * @throws IOException if it is refused
     */
    public void reregister(Source source, long token, Interest interest) throws IOException {
        poll.registry().reregister(source, new Token(token), interest);
    }

    /**
     * Polls once.
     *
     * @param timeout how long, null without end
     * @return what came, perhaps nothing
     * @throws IOException if the poll fails
     */
    public List<Seen> once(Duration timeout) throws IOException {
        poll.poll(events, timeout);
        List<Seen> seen = new ArrayList<>();
        for (Event event : events) {
            seen.add(Seen.of(event));
        }
        return seen;
    }

    /**
     * Waits until a token has been reported readable.
     *
     * @param token the token's value
     * @return everything seen until then, that event included
     * @throws IOException if a poll fails
     * @throws AssertionError if it does not come
     */
    public List<Seen> expectReadable(long token) throws IOException {
        return expect(token, true, false);
    }

    /**
     * Waits until a token has been reported writable.
     *
     * @param token the token's value
     * @return everything seen until then, that event included
     * @throws IOException if a poll fails
     * @throws AssertionError if it does not come
     */
    public List<Seen> expectWritable(long token) throws IOException {
        return expect(token, false, true);
    }

    private List<Seen> expect(long token, boolean readable, boolean writable) throws IOException {
        List<Seen> all = new ArrayList<>();
        long end = System.nanoTime() + lab.patience().toNanos();
        do {
            for (Seen seen : once(Duration.ofNanos(Math.max(0, end - System.nanoTime())))) {
                all.add(seen);
                readable &= !(seen.token().value() == token && seen.readable());
                writable &= !(seen.token().value() == token && seen.writable());
            }
            if (!readable && !writable) {
                return all;
            }
        } while (System.nanoTime() < end);
        throw new AssertionError(
                "expected token " + token + (readable ? " readable" : "") + (writable ? " writable" : "") + " within "
                        + lab.patience().toMillis() + " ms, actual events: " + all);
    }

    /**
     * Proves that there is nothing to report: a datagram sent now to a socket of its own is reported, and nothing else
     * is, before it or with it.
     *
     * @throws IOException if a poll fails
     * @throws AssertionError if anything else is reported
     */
    public void expectNothing() throws IOException {
        List<Seen> others = untilSentinel();
        if (!others.isEmpty()) {
            throw new AssertionError("expected no event before the sentinel's, actual events: " + others);
        }
    }

    /**
     * Everything that is reported before, or with, a datagram that is sent now to a socket of its own.
     *
     * @return the events but the sentinel's
     * @throws IOException if a poll fails
     * @throws AssertionError if the sentinel is not reported
     */
    public List<Seen> untilSentinel() throws IOException {
        if (sentinel == null) {
            sentinel = lab.socket();
            poll.registry().register(sentinel, Lab.SENTINEL, Interest.READABLE);
        }
        ByteBuffer empty = ByteBuffer.allocate(1);
        lab.eventually("a send to the sentinel", () -> sentinel.sendTo(empty, sentinel.localAddress()) >= 0);
        List<Seen> others = new ArrayList<>(expectReadable(Lab.SENTINEL.value()));
        // What is due at the same time may come with the next poll instead.
        others.addAll(once(Duration.ZERO));
        others.removeIf(seen -> seen.token().equals(Lab.SENTINEL));
        ByteBuffer sink = ByteBuffer.allocate(1);
        while (sentinel.recv(sink.clear()) != UdpSocket.WOULD_BLOCK) {
            continue;
        }
        return others;
    }

    @Override
    public void close() {
        poll.close();
    }
}
