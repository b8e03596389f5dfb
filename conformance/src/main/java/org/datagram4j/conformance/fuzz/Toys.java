package org.datagram4j.conformance.fuzz;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.datagram4j.DatagramBatch;
import org.datagram4j.Interest;
import org.datagram4j.Poll;
import org.datagram4j.Registry;
import org.datagram4j.Source;
import org.datagram4j.Token;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpSocket;
import org.datagram4j.Waker;

/** What the threads share: objects that any of them replaces or closes at any time, and those of another backend. */
final class Toys implements AutoCloseable {
    /** What a source or an operation of ours throws. */
    static final class Mine extends IOException {
        private static final long serialVersionUID = 1L;

        Mine() {
            super("mine");
        }
    }

    private static final int SOCKETS = 8;
    private static final int POLLS = 3;
    private static final int WAKERS = 4;
    private static final int BATCHES = 3;
    private static final int SOURCES = 4;
    private static final int SLOTS = 6;
    private static final int SLOT_BYTES = 48;

    final UdpBackend backend;
    final UdpSocket foreignSocket;
    final Poll foreignPoll;
    final DatagramBatch foreignBatch;
    final AtomicReferenceArray<UdpSocket> sockets = new AtomicReferenceArray<>(SOCKETS);
    final AtomicReferenceArray<Poll> polls = new AtomicReferenceArray<>(POLLS);
    final AtomicReferenceArray<Waker> wakers = new AtomicReferenceArray<>(WAKERS);
    final AtomicReferenceArray<DatagramBatch> batches = new AtomicReferenceArray<>(BATCHES);
    final AtomicReferenceArray<Source> sources = new AtomicReferenceArray<>(SOURCES);
    private final Queue<Closeable> toClose = new ConcurrentLinkedQueue<>();

    Toys(UdpBackend backend, UdpBackend foreign) throws IOException {
        this.backend = backend;
        foreignSocket = keep(foreign.bind(new InetSocketAddress("127.0.0.1", 0)));
        foreignPoll = keep(foreign.openPoll());
        foreignBatch = foreign.newBatch(2, SLOT_BYTES);
    }

    void fill() throws IOException {
        keep(DatagramChannel.open()).close(); // Java keeps a descriptor from its first channel on
        for (int i = 0; i < SOCKETS; i++) {
            String host = i % 4 == 3 ? "::1" : i % 4 == 2 ? "0.0.0.0" : "127.0.0.1";
            sockets.set(i, keep(backend.open(UdpConfig.of(new InetSocketAddress(host, 0)))));
        }
        for (int i = 0; i < POLLS; i++) {
            polls.set(i, keep(backend.openPoll()));
        }
        for (int i = 0; i < WAKERS; i++) {
            wakers.set(i, polls.get(i % POLLS).registry().newWaker(new Token(-i)));
        }
        for (int i = 0; i < BATCHES; i++) {
            batches.set(i, backend.newBatch(SLOTS - i, SLOT_BYTES));
        }
        for (int i = 0; i < SOURCES; i++) {
            int index = i;
            sources.set(i, new Wrapper(() -> sockets.get(index), i == 0));
        }
    }

    /** Has something closed in the end, whoever forgets it. */
    <T extends Closeable> T keep(T object) {
        toClose.add(object);
        return object;
    }

    @Override
    public void close() {
        for (Closeable object : toClose) {
            try {
                object.close();
            } catch (IOException e) {
                throw new AssertionError("close() throws", e);
            }
        }
    }

    private interface Wrapped {
        Source get();
    }

    /** A source of the application's, around one that may be replaced meanwhile; or one that only throws. */
    private record Wrapper(Wrapped wrapped, boolean failing) implements Source {
        @Override
        public void register(Registry registry, Token token, Interest interest) throws IOException {
            leaf().register(registry, token, interest);
        }

        @Override
        public void reregister(Registry registry, Token token, Interest interest) throws IOException {
            leaf().reregister(registry, token, interest);
        }

        @Override
        public void deregister(Registry registry) throws IOException {
            leaf().deregister(registry);
        }

        private Source leaf() throws Mine {
            if (failing) {
                throw new Mine();
            }
            return wrapped.get();
        }
    }
}
