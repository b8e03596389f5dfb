package org.datagram4j.benchmarks.loop.api;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.datagram4j.Capability;
import org.datagram4j.Events;
import org.datagram4j.Interest;
import org.datagram4j.Poll;
import org.datagram4j.Token;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpSocket;
import org.datagram4j.benchmarks.loop.Loopback;
import org.datagram4j.benchmarks.loop.Server;
import org.datagram4j.benchmarks.loop.Skip;

/** Polls, and drains the socket that is ready. Each receiver has a poll and a socket of its own, all on one port. */
abstract class ApiServer extends Server {
    private final List<UdpSocket> sockets = new ArrayList<>();
    private final List<Poll> polls = new ArrayList<>();
    private volatile boolean closed;

    /** What sends back everything that a socket has; made by the thread that calls it. */
    @FunctionalInterface
    interface Drain {
        /** Receives and sends until would-block. */
        void drain(UdpSocket socket) throws IOException;
    }

    /** What a receiver needs for itself. */
    abstract Drain newDrain(UdpBackend backend) throws IOException;

    final void open(UdpBackend backend, int receivers, boolean coalescing) throws IOException, InterruptedException {
        if (receivers > 1 && !backend.capabilities().contains(Capability.REUSE_PORT)) {
            throw new Skip("the backend " + backend.name() + " has no REUSE_PORT here");
        }
        int port = 0;
        for (int i = 0; i < Math.max(1, receivers); i++) {
            UdpSocket socket = backend.open(UdpConfig.of(Loopback.at(port))
                    .withReceiveBufferBytes(Loopback.RECEIVE_BUFFER)
                    .withReusePort(receivers > 1)
                    .withCoalescing(coalescing && backend.capabilities().contains(Capability.GRO)));
            port = socket.localAddress().getPort();
            Poll poll = backend.openPoll();
            poll.registry().register(socket, new Token(0), Interest.READABLE);
            sockets.add(socket);
            polls.add(poll);
            start(() -> serve(backend, poll, socket));
        }
        listens(port);
    }

    private void serve(UdpBackend backend, Poll poll, UdpSocket socket) throws IOException {
        Drain drain = newDrain(backend);
        Events events = poll.newEvents(64);
        while (true) {
            poll.poll(events, null);
            if (!events.isEmpty()) {
                drain.drain(socket);
            }
        }
    }

    @Override
    protected final boolean isClosed() {
        return closed;
    }

    @Override
    public final void close() {
        closed = true;
        sockets.forEach(UdpSocket::close);
        polls.forEach(Poll::close);
    }
}
