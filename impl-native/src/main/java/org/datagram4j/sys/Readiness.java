package org.datagram4j.sys;

import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.datagram4j.ErrorKind;
import org.datagram4j.Interest;
import org.datagram4j.Registry;
import org.datagram4j.Token;
import org.datagram4j.UdpException;
import org.datagram4j.spi.Arguments;
import org.datagram4j.spi.EventList;
import org.datagram4j.spi.PollRegistry;

/**
 * A leaf source's side of registering: the strict checks, which the system does not make, and arming again after an
 * operation that would block.
 *
 * <p>A source stays with its first poll until one of them is closed; that is stricter than this system needs and as
 * strict as others are. The lock is held for moments only, never across a call that waits.
 */
final class Readiness {
    private final Object source;
    private final long handle;
    private final boolean foreign;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock; the registration may be looked at without it.
    private NativePoll home;
    private volatile Registration registration;
    private boolean closed;

    /**
     * Not registered.
     *
     * @param source whose, for messages
     * @param handle what the system watches
     * @param foreign whether I/O on the handle is not seen
     */
    Readiness(Object source, long handle, boolean foreign) {
        this.source = source;
        this.handle = handle;
        this.foreign = foreign;
    }

    static int directions(Interest interest) {
        return (interest.isReadable() ? EventList.READABLE : 0) | (interest.isWritable() ? EventList.WRITABLE : 0);
    }

    void register(Registry registry, Token token, Interest interest) throws UdpException {
        NativePoll poll = poll(registry);
        Objects.requireNonNull(token, "token");
        int directions = directions(interest);
        lock.lock();
        try {
            requireOpen();
            if (home != null && home.isOpen() && (registration != null || home != poll)) {
                throw new UdpException(ErrorKind.ALREADY_REGISTERED, source + alreadyRegistered());
            }
            registration = poll.add(source, handle, token, directions, foreign);
            home = poll;
        } finally {
            lock.unlock();
        }
    }

    void reregister(Registry registry, Token token, Interest interest) throws UdpException {
        NativePoll poll = poll(registry);
        Objects.requireNonNull(token, "token");
        int directions = directions(interest);
        lock.lock();
        try {
            requireRegistered(poll);
            poll.change(registration, source, handle, token, directions, foreign);
        } finally {
            lock.unlock();
        }
    }

    void deregister(Registry registry) throws UdpException {
        NativePoll poll = poll(registry);
        lock.lock();
        try {
            requireRegistered(poll);
            poll.remove(registration, handle);
            registration = null;
        } finally {
            lock.unlock();
        }
    }

    /** Arms directions again, because an operation would block. */
    void wouldBlock(int directions) {
        Registration seen = registration;
        if (seen == null || (directions & seen.directions() & seen.poll.armedByCaller()) == 0) {
            return;
        }
        lock.lock();
        try {
            if (registration != null) {
                int watched = directions & registration.directions() & registration.poll.armedByCaller();
                if (watched != 0) {
                    registration.poll.wouldBlock(registration, handle, watched);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** There is an error that the system does not know of any more. */
    void raiseError() {
        Registration seen = registration;
        if (seen != null) {
            seen.raise(EventList.ERROR);
        }
    }

    /** Ends every registration for good. */
    void close() {
        lock.lock();
        try {
            closed = true;
            if (registration != null) {
                registration.poll.remove(registration, handle);
                registration = null;
            }
        } finally {
            lock.unlock();
        }
    }

    private NativePoll poll(Registry registry) {
        Objects.requireNonNull(registry, "registry");
        if (registry instanceof PollRegistry own && own.poll() instanceof NativePoll poll) {
            return poll;
        }
        throw new IllegalArgumentException(source + " is a source of the backend '" + NativeBackend.NAME
                + "' and cannot be registered with " + registry);
    }

    private void requireOpen() throws UdpException {
        if (closed) {
            throw Arguments.closed(source);
        }
    }

    private void requireRegistered(NativePoll poll) throws UdpException {
        requireOpen();
        poll.requireOpen();
        if (registration == null || home != poll) {
            throw new UdpException(
                    ErrorKind.NOT_REGISTERED, source + " is not registered with " + poll + ": register it first");
        }
    }

    private String alreadyRegistered() {
        return registration != null
                ? " is registered already with " + home + ": use reregister to change the registration"
                : " belongs to " + home + " until one of them is closed";
    }
}
