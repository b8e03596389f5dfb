package org.datagram4j.adapters.netty;

import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import org.datagram4j.ErrorKind;
import org.datagram4j.Interest;
import org.datagram4j.Registry;
import org.datagram4j.Token;
import org.datagram4j.UdpException;
import org.datagram4j.spi.Arguments;
import org.datagram4j.spi.EventList;
import org.datagram4j.spi.PollRegistry;

/** Registering a socket, and edges: a direction is reported once, and again after it was armed again. */
final class Readiness {
    private final NettySocket socket;
    private final IntSupplier directions;
    private final ReentrantLock lock = new ReentrantLock();
    private Registration registration;
    private boolean closed;

    /**
     * Not registered.
     *
     * @param socket whose
     * @param directions what is ready at present, in bits of {@link EventList}
     */
    Readiness(NettySocket socket, IntSupplier directions) {
        this.socket = socket;
        this.directions = directions;
    }

    void lock() {
        lock.lock();
    }

    void unlock() {
        lock.unlock();
    }

    int directions() {
        return directions.getAsInt();
    }

    void register(Registry registry, Token token, Interest interest) throws UdpException {
        NettyPoll poll = poll(registry);
        Objects.requireNonNull(token, "token");
        int wanted = bits(interest);
        lock.lock();
        try {
            requireOpen(poll);
            if (registration == null || !registration.poll.isOpen()) {
                registration = new Registration(poll, this);
            } else if (registration.isActive() || registration.poll != poll) {
                throw new UdpException(
                        ErrorKind.ALREADY_REGISTERED,
                        registration.isActive()
                                ? socket + " is registered with " + registration.poll + ": use reregister"
                                : socket + " belongs to " + registration.poll + " until one of them is closed");
            }
            registration.activate(token, wanted);
            signal();
        } finally {
            lock.unlock();
        }
    }

    void reregister(Registry registry, Token token, Interest interest) throws UdpException {
        NettyPoll poll = poll(registry);
        Objects.requireNonNull(token, "token");
        int wanted = bits(interest);
        lock.lock();
        try {
            requireRegistered(poll);
            registration.activate(token, wanted);
            signal();
        } finally {
            lock.unlock();
        }
    }

    void deregister(Registry registry) throws UdpException {
        NettyPoll poll = poll(registry);
        lock.lock();
        try {
            requireRegistered(poll);
            registration.deactivate();
        } finally {
            lock.unlock();
        }
    }

    /** Something may have become ready. */
    void ready() {
        lock.lock();
        try {
            signal();
        } finally {
            lock.unlock();
        }
    }

    /** An operation would block: its direction is to be reported again. */
    void wouldBlock(int direction) {
        lock.lock();
        try {
            if (registration != null) {
                registration.arm(direction);
                signal();
            }
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            if (registration != null) {
                registration.deactivate();
            }
        } finally {
            lock.unlock();
        }
    }

    private void signal() {
        if (registration != null && (registration.armed() & directions()) != 0) {
            registration.signal();
        }
    }

    private NettyPoll poll(Registry registry) {
        Objects.requireNonNull(registry, "registry");
        if (registry instanceof PollRegistry own
                && own.poll() instanceof NettyPoll poll
                && poll.backend() == socket.backend()) {
            return poll;
        }
        throw new IllegalArgumentException(socket + " cannot be registered with " + registry);
    }

    private static int bits(Interest interest) {
        return (interest.isReadable() ? EventList.READABLE : 0) | (interest.isWritable() ? EventList.WRITABLE : 0);
    }

    private void requireOpen(NettyPoll poll) throws UdpException {
        if (closed || !socket.isOpen()) {
            throw Arguments.closed(socket);
        }
        if (!poll.isOpen()) {
            throw Arguments.closed(poll);
        }
    }

    private void requireRegistered(NettyPoll poll) throws UdpException {
        requireOpen(poll);
        if (registration == null || registration.poll != poll || !registration.isActive()) {
            throw new UdpException(
                    ErrorKind.NOT_REGISTERED, socket + " is not registered with " + poll + ": register it first");
        }
    }
}
