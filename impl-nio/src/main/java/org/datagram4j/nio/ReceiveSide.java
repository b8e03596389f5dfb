package org.datagram4j.nio;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.concurrent.locks.ReentrantLock;
import org.datagram4j.DatagramInfo;
import org.datagram4j.ErrorKind;
import org.datagram4j.Limit;
import org.datagram4j.TruncationPolicy;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.spi.Arguments;
import org.datagram4j.spi.Pool;

/**
 * The receiving half of a socket: one datagram at a time from the channel, through a borrowed buffer with room for any,
 * so that truncation and the original length are exact.
 */
final class ReceiveSide {
    private final NioSocket socket;
    private final DatagramChannel channel;
    private final Pool<Scratch> pool;
    private final ReentrantLock lock = new ReentrantLock();
    private final Stash stash = new Stash();
    private volatile TruncationPolicy policy;

    ReceiveSide(NioSocket socket, DatagramChannel channel, Pool<Scratch> pool, TruncationPolicy policy) {
        this.socket = socket;
        this.channel = channel;
        this.pool = pool;
        this.policy = policy;
    }

    TruncationPolicy policy() {
        return policy;
    }

    void policy(TruncationPolicy newPolicy) {
        policy = newPolicy;
    }

    /** Excludes every receive; for connecting. Taken before the lock of the sending half. */
    void lock() {
        lock.lock();
    }

    /** The same for somebody who must not wait, because of the order. */
    boolean tryLock() {
        return lock.tryLock();
    }

    void unlock() {
        lock.unlock();
    }

    /** Whether a datagram waits here instead of in the system. */
    boolean isHolding() {
        return !stash.isEmpty();
    }

    /**
     * Refuses what would go round a datagram that is held.
     *
     * @throws IllegalStateException if one is
     */
    void requireNothingHeld(String what) {
        if (isHolding()) {
            throw new IllegalStateException(
                    socket + " holds a datagram that was peeked at, which " + what + " cannot see: receive it first");
        }
    }

    /** Forgets what is held; under the lock. */
    void drop() {
        stash.clear();
    }

    /**
     * Has the system forget a refusal that is pending after a disconnect; under the lock. An unconnected channel answers
     * it by dropping the next datagram that is sent, and saying that it was sent. What is received instead is held.
     */
    void forgetError() throws UdpException {
        hold();
    }

    /**
     * Receives or peeks.
     *
     * @param buffer gets the datagram
     * @param info gets what is known about it, or null
     * @param peek whether to leave it queued
     * @return the sender, or null if it would block
     */
    InetSocketAddress take(ByteBuffer buffer, DatagramInfo info, boolean peek) throws UdpException {
        DatagramInfo.Filler filler = info == null ? null : info.fill();
        Arguments.writable(buffer);
        Arguments.access(buffer);
        InetSocketAddress sender;
        lock.lock();
        try {
            sender = locked(buffer, filler, peek);
        } catch (UdpException e) {
            if (e.kind() != ErrorKind.MESSAGE_TRUNCATED && e.kind() != ErrorKind.CLOSED) {
                socket.readiness().wouldBlock(SelectionKey.OP_READ); // whoever stops at an error gets another event
            }
            throw e;
        } finally {
            lock.unlock();
        }
        if (sender == null) {
            socket.readiness().wouldBlock(SelectionKey.OP_READ);
        }
        return sender;
    }

    /** Fills slots of a batch. An error met after the first is kept for the next call. */
    int takeBatch(NioBatch batch, int first, int count) throws UdpException {
        int most = (int) Math.min(count, socket.backend().limit(Limit.RECV_BATCH_SLOTS));
        int filled = 0;
        lock.lock();
        try {
            while (filled < most && takeSlot(batch, first + filled)) {
                filled++;
            }
        } catch (UdpException e) {
            if (filled == 0) {
                socket.readiness().wouldBlock(SelectionKey.OP_READ);
                throw e;
            }
            socket.defer(e);
        } finally {
            lock.unlock();
        }
        if (filled == 0) {
            socket.readiness().wouldBlock(SelectionKey.OP_READ);
            return UdpSocket.WOULD_BLOCK;
        }
        return filled;
    }

    /** Looks for a pending error by receiving; what is received instead is held. */
    UdpException takeError() throws UdpException {
        lock.lock();
        try {
            UdpException deferred = socket.takeDeferred();
            if (deferred != null || !socket.isConnected() || stash.isFull()) {
                return deferred; // an unconnected channel swallows errors; a full stash leaves it to a receive
            }
            hold();
            return null;
        } catch (UdpException e) {
            if (e.kind() == ErrorKind.CLOSED) {
                throw e;
            }
            return e;
        } finally {
            lock.unlock();
        }
    }

    private InetSocketAddress locked(ByteBuffer buffer, DatagramInfo.Filler filler, boolean peek) throws UdpException {
        socket.requireOpen();
        socket.throwDeferred();
        if (peek && stash.isEmpty()) {
            hold();
            if (stash.isEmpty()) {
                return null;
            }
        }
        if (!stash.isEmpty()) {
            return fromStash(buffer, filler, peek);
        }
        if (buffer.isDirect() && buffer.remaining() >= NioQuirks.PAYLOAD_V6) {
            int before = buffer.position();
            InetSocketAddress sender = receive(buffer); // straight: it has room for any datagram
            if (sender != null && filler != null) {
                int length = buffer.position() - before;
                filler.sender(sender).length(length, false, length);
            }
            return sender;
        }
        return throughScratch(buffer, filler);
    }

    private InetSocketAddress throughScratch(ByteBuffer buffer, DatagramInfo.Filler filler) throws UdpException {
        Scratch scratch = pool.borrow();
        ByteBuffer whole = scratch.buffer.clear();
        try {
            InetSocketAddress sender = receive(whole);
            if (sender != null) {
                int length = whole.position();
                int delivered = Math.min(length, buffer.remaining());
                buffer.put(whole.limit(delivered).position(0));
                describe(filler, sender, delivered, length);
                throwIfTruncated(sender, delivered, length);
            }
            return sender;
        } finally {
            pool.giveBack(scratch);
        }
    }

    private InetSocketAddress fromStash(ByteBuffer buffer, DatagramInfo.Filler filler, boolean peek)
            throws UdpException {
        InetSocketAddress sender = stash.sender();
        int length = stash.length();
        int delivered = Math.min(length, buffer.remaining());
        stash.copyTo(buffer, delivered);
        if (!peek) {
            stash.removeFirst();
        }
        describe(filler, sender, delivered, length);
        throwIfTruncated(sender, delivered, length);
        return sender;
    }

    private boolean takeSlot(NioBatch batch, int slot) throws UdpException {
        socket.requireOpen();
        socket.throwDeferred();
        ByteBuffer buffer = batch.buffer(slot);
        if (!stash.isEmpty()) {
            int length = stash.length();
            int delivered = Math.min(length, buffer.capacity());
            InetSocketAddress sender = stash.sender();
            stash.copyTo(buffer.clear(), delivered);
            stash.removeFirst();
            describe(batch.info(slot).fill(), sender, delivered, length);
            buffer.flip();
            return true;
        }
        Scratch scratch = pool.borrow();
        ByteBuffer whole = scratch.buffer.clear();
        try {
            InetSocketAddress sender = receive(whole);
            if (sender == null) {
                return false;
            }
            int length = whole.position();
            int delivered = Math.min(length, buffer.capacity());
            buffer.clear().put(whole.limit(delivered).position(0)).flip();
            describe(batch.info(slot).fill(), sender, delivered, length);
            return true;
        } finally {
            pool.giveBack(scratch);
        }
    }

    /** Takes one datagram from the system into the stash, if there is one. */
    private void hold() throws UdpException {
        Scratch scratch = pool.borrow();
        ByteBuffer whole = scratch.buffer.clear();
        try {
            InetSocketAddress sender = receive(whole);
            if (sender != null) {
                stash.add(whole, sender);
                socket.readiness().holding();
            }
        } finally {
            pool.giveBack(scratch);
        }
    }

    private InetSocketAddress receive(ByteBuffer buffer) throws UdpException {
        try {
            return (InetSocketAddress) channel.receive(buffer); // never read(), which hides empty datagrams
        } catch (IOException e) {
            throw NioQuirks.translate(socket, e);
        }
    }

    private static void describe(DatagramInfo.Filler filler, InetSocketAddress sender, int delivered, int length) {
        if (filler != null) {
            filler.sender(sender).length(delivered, delivered < length, length);
        }
    }

    private void throwIfTruncated(InetSocketAddress sender, int delivered, int length) throws UdpException {
        if (delivered < length && policy.on(NioQuirks.profile()) == TruncationPolicy.ERROR) {
            throw UdpException.truncated(NioQuirks.truncationCode(), sender, delivered, length);
        }
    }
}
