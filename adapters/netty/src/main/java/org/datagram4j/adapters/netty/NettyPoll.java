package org.datagram4j.adapters.netty;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.datagram4j.Events;
import org.datagram4j.Poll;
import org.datagram4j.Registry;
import org.datagram4j.UdpException;
import org.datagram4j.spi.Arguments;
import org.datagram4j.spi.EventList;
import org.datagram4j.spi.PollRegistry;
import org.datagram4j.spi.SignalLine;

/** A poll over what the event loop has put into the sockets' queues. Netty has no part in it. */
final class NettyPoll implements Poll {
    private final NettyBackend backend;
    private final long spinNanos;
    private final SignalLine line = new SignalLine(this::wake);
    private final PollRegistry registry = new PollRegistry(this, line);
    private final AtomicBoolean polling = new AtomicBoolean();
    private volatile boolean closed;

    /** The thread that waits or is about to. */
    private volatile Thread waiting;

    NettyPoll(NettyBackend backend, long spinNanos) {
        this.backend = backend;
        this.spinNanos = spinNanos;
    }

    NettyBackend backend() {
        return backend;
    }

    SignalLine line() {
        return line;
    }

    @Override
    public Registry registry() {
        return registry;
    }

    @Override
    public Events newEvents(int capacity) {
        return new EventList(capacity, backend.name());
    }

    @Override
    public int poll(Events events, Duration timeout) throws UdpException {
        EventList list = Arguments.events(events, backend.name());
        long nanos = Arguments.timeoutNanos(timeout);
        if (!polling.compareAndSet(false, true)) {
            throw new IllegalStateException("another thread is inside poll() of " + this + ": one polls at a time");
        }
        try {
            list.clear();
            await(list, nanos);
            return list.size();
        } finally {
            polling.set(false);
        }
    }

    private void await(EventList list, long nanos) throws UdpException {
        long start = System.nanoTime();
        while (true) {
            if (closed) {
                throw Arguments.closed(this);
            }
            long elapsed = System.nanoTime() - start;
            boolean timeOver = nanos >= 0 && elapsed >= nanos;
            if (timeOver) {
                backend.loop().look(); // a poll that does not wait sees what is there, too
            }
            line.collect();
            line.serve(list);
            if (!list.isEmpty() || timeOver || Thread.currentThread().isInterrupted()) {
                return;
            }
            if (elapsed < spinNanos) {
                Thread.onSpinWait();
            } else {
                park(nanos < 0 ? Long.MAX_VALUE : nanos - elapsed);
            }
        }
    }

    private void park(long nanos) {
        waiting = Thread.currentThread();
        try {
            if (line.isEmpty() && !closed) {
                LockSupport.parkNanos(this, nanos);
            }
        } finally {
            waiting = null;
        }
    }

    private void wake() {
        LockSupport.unpark(waiting);
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() {
        closed = true;
        wake();
    }

    @Override
    public String toString() {
        return backend.name() + " poll " + Integer.toHexString(System.identityHashCode(this))
                + (closed ? ", closed" : "");
    }
}
