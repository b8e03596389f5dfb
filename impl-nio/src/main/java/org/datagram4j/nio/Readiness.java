package org.datagram4j.nio;

import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.datagram4j.ErrorKind;
import org.datagram4j.Interest;
import org.datagram4j.Registry;
import org.datagram4j.Token;
import org.datagram4j.UdpException;
import org.datagram4j.spi.Arguments;
import org.datagram4j.spi.PollRegistry;

/**
 * A leaf source's side of registering: the strict checks, and the bookkeeping that makes edges out of levels.
 *
 * <p>A source stays with its first poll: a selection key that was cancelled blocks its channel until the next select, so
 * deregistering keeps the key and takes away its interest. The lock is held for moments only, never across a system
 * call that waits.
 */
final class Readiness {
    /** What else than the system can make a source readable. */
    interface Holder {
        /** Whether something to be received is held outside of the system. */
        boolean isHolding();
    }

    private final Object source;
    private final SelectableChannel channel;
    private final Holder holder;
    private final int readOperations;
    private final int writeOperations;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private Registration registration;
    private boolean closed;

    /**
     * Not registered.
     *
     * @param source whose, for messages
     * @param channel what the selector watches
     * @param holder what may be held outside of the system
     */
    Readiness(Object source, SelectableChannel channel, Holder holder) {
        this.source = source;
        this.channel = channel;
        this.holder = holder;
        this.readOperations = channel.validOps() & (SelectionKey.OP_READ | SelectionKey.OP_ACCEPT);
        this.writeOperations = channel.validOps() & (SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT);
    }

    void lock() {
        lock.lock();
    }

    void unlock() {
        lock.unlock();
    }

    int readOperations() {
        return readOperations;
    }

    int writeOperations() {
        return writeOperations;
    }

    boolean isHolding() {
        return holder.isHolding();
    }

    void register(Registry registry, Token token, Interest interest) throws UdpException {
        NioPoll poll = poll(registry);
        Objects.requireNonNull(token, "token");
        int operations = operations(interest);
        lock.lock();
        try {
            requireOpen(poll);
            if (registration != null && registration.poll.isOpen()) {
                if (registration.isActive() || registration.poll != poll) {
                    throw new UdpException(ErrorKind.ALREADY_REGISTERED, source + alreadyRegistered());
                }
            } else {
                registration = null;
            }
            activate(poll, token, operations);
        } finally {
            lock.unlock();
        }
    }

    void reregister(Registry registry, Token token, Interest interest) throws UdpException {
        NioPoll poll = poll(registry);
        Objects.requireNonNull(token, "token");
        int operations = operations(interest);
        lock.lock();
        try {
            requireRegistered(poll);
            activate(poll, token, operations);
        } finally {
            lock.unlock();
        }
    }

    void deregister(Registry registry) throws UdpException {
        NioPoll poll = poll(registry);
        lock.lock();
        try {
            requireRegistered(poll);
            registration.deactivate();
        } finally {
            lock.unlock();
        }
    }

    /** Arms a direction again, because an operation would block. Does nothing in the direction that did not. */
    void wouldBlock(int operations) {
        lock.lock();
        try {
            if (registration != null && registration.arm(operations)) {
                armed();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Something to be received has been taken out of the system, where the selector does not see it any more. */
    void holding() {
        lock.lock();
        try {
            if (registration != null && (registration.armed() & readOperations) != 0) {
                registration.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends every registration for good.
     *
     * @return the poll that must let go of the key, or null
     */
    NioPoll close() {
        lock.lock();
        try {
            closed = true;
            if (registration == null) {
                return null;
            }
            registration.deactivate();
            return registration.poll;
        } finally {
            lock.unlock();
        }
    }

    /** Cancels the key, for a channel that stays open. */
    void cancel() {
        registration.key.cancel(); // set for good, as close() came first
    }

    private void activate(NioPoll poll, Token token, int operations) throws UdpException {
        Registration wanted = registration == null ? new Registration(poll, this) : registration;
        if (wanted.key == null || wanted.key.attachment() != wanted) {
            wanted.key = claimKey(poll, wanted);
        }
        registration = wanted;
        registration.activate(token, operations);
        armed();
    }

    /** Makes the channel's key the registration's own: the first time, and when another source of the channel had it. */
    private SelectionKey claimKey(NioPoll poll, Registration wanted) throws UdpException {
        SelectionKey key;
        try {
            key = poll.key(channel, wanted);
        } catch (ClosedChannelException e) {
            throw Arguments.closed(source);
        } catch (ClosedSelectorException e) {
            throw Arguments.closed(poll);
        }
        if (key == null) {
            throw new UdpException(
                    ErrorKind.ALREADY_REGISTERED, source + " is watched already by another source of this poll");
        }
        return key;
    }

    /** Tells the selector what is armed now, and the poll if something is ready without the selector knowing. */
    private void armed() {
        registration.showArmed();
        if ((registration.armed() & readOperations) != 0 && isHolding()) {
            registration.signal();
        }
    }

    private NioPoll poll(Registry registry) {
        Objects.requireNonNull(registry, "registry");
        if (registry instanceof PollRegistry own && own.poll() instanceof NioPoll poll) {
            return poll;
        }
        throw new IllegalArgumentException(source + " is a source of the backend '" + NioBackend.NAME
                + "' and cannot be registered with " + registry);
    }

    private int operations(Interest interest) {
        int operations = (interest.isReadable() ? readOperations : 0) | (interest.isWritable() ? writeOperations : 0);
        if (interest.isReadable() && readOperations == 0 || interest.isWritable() && writeOperations == 0) {
            throw new IllegalArgumentException(source + " can never become " + interest);
        }
        return operations;
    }

    private void requireOpen(NioPoll poll) throws UdpException {
        if (closed || !channel.isOpen()) {
            throw Arguments.closed(source);
        }
        poll.requireOpen();
    }

    private void requireRegistered(NioPoll poll) throws UdpException {
        requireOpen(poll);
        if (registration == null || registration.poll != poll || !registration.isActive()) {
            throw new UdpException(
                    ErrorKind.NOT_REGISTERED, source + " is not registered with " + poll + ": register it first");
        }
    }

    private String alreadyRegistered() {
        return registration.isActive()
                ? " is registered already with " + registration.poll + ": use reregister to change the registration"
                : " belongs to " + registration.poll + " until one of them is closed";
    }
}
