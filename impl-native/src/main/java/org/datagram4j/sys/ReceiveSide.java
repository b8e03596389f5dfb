package org.datagram4j.sys;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.datagram4j.DatagramInfo;
import org.datagram4j.TruncationPolicy;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.spi.AddressCache;
import org.datagram4j.spi.Arguments;
import org.datagram4j.spi.EventList;
import org.datagram4j.spi.Pool;
import org.datagram4j.sys.contract.Datagrams;
import org.datagram4j.sys.contract.NetworkSystem;
import org.datagram4j.sys.contract.RawAddress;

/**
 * The receiving half of a socket. A caller's buffer may vanish at any time, so datagrams are received into memory of ours
 * and copied; slots of a batch are such memory and are received into in place.
 */
final class ReceiveSide {
    private final NativeSocket socket;
    private final NetworkSystem system;
    private final long handle;
    private final Lifetime lifetime;
    private final Pool<Scratch> pool;
    private final AddressCache senders;
    private final boolean errorQueue;

    /** What to tell beyond sender and lengths: bits of {@link Datagrams}. */
    private final int wanted;

    private volatile TruncationPolicy policy;

    ReceiveSide(NativeSocket socket, SocketState state) {
        this.socket = socket;
        this.system = socket.system();
        this.handle = state.handle();
        this.lifetime = socket.lifetime();
        this.pool = socket.backend().scratch();
        this.senders = socket.backend().senders();
        this.errorQueue = state.errorQueue();
        this.wanted = state.wanted();
        this.policy = state.policy();
    }

    TruncationPolicy policy() {
        return policy;
    }

    void policy(TruncationPolicy newPolicy) {
        policy = newPolicy;
    }

    /** Receives or peeks. */
    int receive(ByteBuffer buffer, DatagramInfo info, boolean peek) throws UdpException {
        DatagramInfo.Filler filler = info == null ? null : info.fill();
        Scratch scratch = enter(buffer);
        try {
            return into(buffer, filler, peek, scratch);
        } finally {
            leave(scratch);
        }
    }

    /** Receives or peeks, and names the sender; null if it would block. */
    InetSocketAddress receiveFrom(ByteBuffer buffer, boolean peek) throws UdpException {
        Scratch scratch = enter(buffer);
        try {
            return into(buffer, null, peek, scratch) == UdpSocket.WOULD_BLOCK ? null : named(scratch.sender);
        } finally {
            leave(scratch);
        }
    }

    private Scratch enter(ByteBuffer buffer) throws UdpException {
        Arguments.access(Arguments.writable(buffer));
        lifetime.enter(lifetime.receiving);
        return pool.borrow();
    }

    private void leave(Scratch scratch) {
        pool.giveBack(scratch);
        lifetime.receiving.leave();
    }

    private int into(ByteBuffer buffer, DatagramInfo.Filler filler, boolean peek, Scratch scratch) throws UdpException {
        int room = Math.min(buffer.remaining(), Scratch.ROOM);
        Datagrams datagrams = scratch.datagrams;
        int length = takeOne(datagrams, room, peek);
        if (length == NetworkSystem.WOULD_BLOCK) {
            socket.readiness().wouldBlock(EventList.READABLE);
            return UdpSocket.WOULD_BLOCK;
        }
        int delivered = Math.min(length, room);
        buffer.put(buffer.position(), datagrams.payload(0), 0, delivered);
        buffer.position(buffer.position() + delivered);
        datagrams.sender(0, scratch.sender);
        if (filler != null) {
            describe(datagrams, 0, scratch.sender, delivered, length, filler);
        }
        if (delivered < length && policy.on(system.profile()) == TruncationPolicy.ERROR) {
            throw UdpException.truncated(system.messageTooLong(), named(scratch.sender), delivered, told(length));
        }
        return delivered;
    }

    /** Fills slots of a batch. */
    int receiveBatch(NativeBatch batch, int first, int count) throws UdpException {
        lifetime.enter(lifetime.receiving);
        try {
            Datagrams datagrams = batch.datagrams;
            int room = batch.slotBytes();
            int end = first + Math.min(count, NativeBackend.MOST_SLOTS);
            for (int slot = first; slot < end; slot++) {
                datagrams.prepareReceive(slot, room, wanted != 0);
            }
            int filled = takeMany(datagrams, first, end - first);
            if (filled == NetworkSystem.WOULD_BLOCK) {
                socket.readiness().wouldBlock(EventList.READABLE);
                return UdpSocket.WOULD_BLOCK;
            }
            for (int slot = first; slot < first + filled; slot++) {
                int length = datagrams.originalLength(slot);
                int delivered = Math.min(length, room);
                batch.buffer(slot).limit(delivered).position(0);
                datagrams.sender(slot, batch.sender);
                describe(
                        datagrams,
                        slot,
                        batch.sender,
                        delivered,
                        length,
                        batch.info(slot).fill());
            }
            return filled;
        } finally {
            lifetime.receiving.leave();
        }
    }

    /** Receives one datagram and returns its length. */
    private int takeOne(Datagrams datagrams, int room, boolean peek) throws UdpException {
        socket.throwDeferred();
        int result;
        do {
            result = oneOf(datagrams, room, peek);
        } while (result < 0 && isWorthAnotherTry(result));
        return result;
    }

    private int oneOf(Datagrams datagrams, int room, boolean peek) {
        if (wanted == 0) {
            return datagrams.receivePlain(handle, room, peek);
        }
        datagrams.prepareReceive(0, room, true);
        int result = datagrams.receive(handle, 0, 1, peek);
        return result < 0 ? result : datagrams.originalLength(0);
    }

    /** Receives as many as are there, and returns how many. */
    private int takeMany(Datagrams datagrams, int first, int count) throws UdpException {
        socket.throwDeferred();
        int result;
        do {
            result = datagrams.receive(handle, first, count, false);
        } while (result < 0 && isWorthAnotherTry(result));
        return result;
    }

    /**
     * Throws what is an error. With a queue of errors, each that is reported is taken from there as well; and one may be
     * there whose report was somebody else's, behind which datagrams wait.
     */
    private boolean isWorthAnotherTry(int result) throws UdpException {
        if (result == NetworkSystem.WOULD_BLOCK) {
            return errorQueue && system.takeQueuedError(handle) != NetworkSystem.WOULD_BLOCK;
        }
        if (errorQueue) {
            system.takeQueuedError(handle);
        }
        throw Failures.of(system, "receiving with " + socket, result);
    }

    private void describe(
            Datagrams datagrams, int slot, RawAddress sender, int delivered, int length, DatagramInfo.Filler filler) {
        filler.sender(sender.high, sender.low, sender.port, sender.scopeId, senders)
                .length(delivered, delivered < length, told(length));
        if (wanted != 0) {
            datagrams.describe(slot, wanted, filler);
        }
    }

    /** A length as it is told: the system may know no more than that something was cut off. */
    private static int told(int length) {
        return length == Datagrams.LONGER ? DatagramInfo.UNKNOWN : length;
    }

    private InetSocketAddress named(RawAddress sender) {
        return senders.socketAddress(sender.high, sender.low, sender.port, sender.scopeId);
    }
}
