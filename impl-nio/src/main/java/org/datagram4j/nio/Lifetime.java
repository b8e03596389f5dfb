package org.datagram4j.nio;

import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.datagram4j.UdpException;
import org.datagram4j.spi.Arguments;

/**
 * The end of a socket. Closing marks it and closes the channel, unless a caller's own operation is inside the socket:
 * then the last of those to leave closes the channel. What the socket itself does, the channel sorts out.
 */
final class Lifetime {
    private static final System.Logger LOG = System.getLogger(Lifetime.class.getName());
    private static final long NANOS_BETWEEN_LOOKS = 50_000;

    private final NioSocket socket;
    private final DatagramChannel channel;
    private final Readiness readiness;
    private final AtomicBoolean ended = new AtomicBoolean();

    /** Operations inside hold it shared; who frees or hands over the channel, exclusively. */
    private final ReentrantReadWriteLock inside = new ReentrantReadWriteLock();

    private volatile boolean released;

    Lifetime(NioSocket socket, DatagramChannel channel, Readiness readiness) {
        this.socket = socket;
        this.channel = channel;
        this.readiness = readiness;
    }

    boolean isOpen() {
        return !ended.get() && channel.isOpen();
    }

    /** Goes inside with a caller's own operation; returns false if it is too late. */
    boolean enter() {
        inside.readLock().lock();
        if (isOpen()) {
            return true;
        }
        leave();
        return false;
    }

    /** Comes out again. */
    void leave() {
        inside.readLock().unlock();
        freeIfClosed();
    }

    /** Frees for who closed meanwhile and could not; whoever has held {@link #inside} looks, after having let go of it. */
    private void freeIfClosed() {
        if (ended.get() && !released) {
            free();
        }
    }

    /** Closes, once. Returns whether this was the call that did. */
    boolean close() {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        readiness.close();
        free();
        return true;
    }

    /**
     * Ends the socket and leaves the channel open, registered nowhere.
     *
     * @param receiving the receiving half: nothing may be in flight in it, and nothing held
     * @param sending the sending half: nothing may be in flight in it
     */
    void release(ReceiveSide receiving, SendSide sending) throws UdpException {
        if (inside.getReadHoldCount() > 0) {
            throw new IllegalStateException("inside tryIo of " + socket + ": release it afterwards");
        }
        inside.writeLock().lock();
        receiving.lock();
        sending.lock();
        try {
            receiving.requireNothingHeld("releaseChannel");
            if (!isOpen() || !ended.compareAndSet(false, true)) {
                throw Arguments.closed(socket);
            }
            released = true;
        } finally {
            sending.unlock();
            receiving.unlock();
            inside.writeLock().unlock();
            freeIfClosed();
        }
        NioPoll poll = readiness.close();
        if (poll != null) {
            readiness.cancel();
            while (channel.isRegistered()) { // until the selector has let go of the key
                poll.releaseCancelled();
                LockSupport.parkNanos(NANOS_BETWEEN_LOOKS);
            }
        }
    }

    private void free() {
        if (!inside.writeLock().tryLock()) {
            return; // somebody is inside or releasing, and comes here when leaving
        }
        try {
            if (released) {
                return;
            }
            channel.close(); // idempotent
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "closing " + socket + " failed", e);
        } finally {
            inside.writeLock().unlock();
        }
        NioPoll poll = readiness.close();
        if (poll != null) {
            poll.releaseCancelled();
        }
    }
}
