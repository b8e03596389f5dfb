package org.datagram4j.nio;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SelectionKey;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.concurrent.locks.ReentrantLock;
import org.datagram4j.Capability;
import org.datagram4j.ErrorKind;
import org.datagram4j.Limit;
import org.datagram4j.SendInfo;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.spi.Arguments;

/** The sending half of a socket: one datagram per system call; segments and batches are loops. */
final class SendSide {
    private final NioSocket socket;
    private final DatagramChannel channel;
    private final ReentrantLock lock = new ReentrantLock();

    SendSide(NioSocket socket, DatagramChannel channel) {
        this.socket = socket;
        this.channel = channel;
    }

    /** Excludes every send; for connecting. Taken after the lock of the receiving half. */
    void lock() {
        lock.lock();
    }

    void unlock() {
        lock.unlock();
    }

    /**
     * Sends one datagram, or several.
     *
     * @param payload the bytes
     * @param destination whom to, or null for the peer
     * @param segmentBytes the length of each datagram, or {@link SendInfo#UNSET}
     * @return how many bytes were sent, or {@link UdpSocket#WOULD_BLOCK}
     */
    int send(ByteBuffer payload, InetSocketAddress destination, int segmentBytes) throws UdpException {
        check(payload, destination, segmentBytes);
        int sent;
        lock.lock();
        try {
            socket.requireOpen();
            sent = locked(payload, destination, segmentBytes);
        } finally {
            lock.unlock();
        }
        if (sent == UdpSocket.WOULD_BLOCK) {
            socket.readiness().wouldBlock(SelectionKey.OP_WRITE);
        }
        return sent;
    }

    /** Sends slots of a batch. */
    int sendBatch(NioBatch batch, int first, int count) throws UdpException {
        int most = (int) Math.min(count, socket.backend().limit(Limit.SEND_BATCH_SLOTS));
        int sent = 0;
        lock.lock();
        try {
            socket.requireOpen();
            for (int slot = first; slot < first + most; slot++) {
                SendInfo info = batch.sendInfo(slot);
                requireControls(info);
                check(batch.buffer(slot), info.destination(), info.segmentBytes());
                requirePeer(info.destination());
            }
            while (sent < most && sendSlot(batch, first + sent)) {
                sent++;
            }
        } catch (UdpException e) {
            if (sent == 0) {
                throw e.kind() == ErrorKind.CLOSED ? e : e.atSlot(first);
            }
            deferIfGone(e);
        } finally {
            lock.unlock();
        }
        if (sent == 0) {
            socket.readiness().wouldBlock(SelectionKey.OP_WRITE);
            return UdpSocket.WOULD_BLOCK;
        }
        return sent;
    }

    /** Refuses controls that channels lack. */
    void requireControls(SendInfo info) {
        Arguments.control(NioBackend.NAME, socket.backend().capabilities(), info);
    }

    private void check(ByteBuffer payload, InetSocketAddress destination, int segmentBytes) {
        if (segmentBytes != SendInfo.UNSET) {
            Arguments.segments(
                    payload.remaining(), segmentBytes, socket.backend().limit(Limit.SEGMENTS));
        }
        if (destination != null) {
            Arguments.destination(destination);
        }
        Arguments.access(payload);
    }

    private boolean sendSlot(NioBatch batch, int slot) throws UdpException {
        SendInfo info = batch.sendInfo(slot);
        ByteBuffer payload = batch.buffer(slot);
        return locked(payload, info.destination(), info.segmentBytes()) != UdpSocket.WOULD_BLOCK
                && !payload.hasRemaining();
    }

    private int locked(ByteBuffer payload, InetSocketAddress destination, int segmentBytes) throws UdpException {
        return segmentBytes == SendInfo.UNSET || segmentBytes >= payload.remaining()
                ? transmit(payload, destination)
                : segments(payload, destination, segmentBytes);
    }

    private int segments(ByteBuffer payload, InetSocketAddress destination, int segmentBytes) throws UdpException {
        int start = payload.position();
        int end = payload.limit();
        try {
            while (payload.position() < end) {
                payload.limit(Math.min(end, payload.position() + segmentBytes));
                if (transmit(payload, destination) == UdpSocket.WOULD_BLOCK) {
                    break;
                }
                payload.limit(end);
            }
        } catch (UdpException e) {
            if (payload.position() == start) {
                throw e;
            }
            deferIfGone(e);
        } finally {
            payload.limit(end);
        }
        return payload.position() == start ? UdpSocket.WOULD_BLOCK : payload.position() - start;
    }

    /** An ICMP error is gone once it was thrown; any other comes again when the same datagram is sent again. */
    private void deferIfGone(UdpException e) {
        if (e.kind() == ErrorKind.CONNECTION_REFUSED) {
            socket.defer(e);
        }
    }

    private int transmit(ByteBuffer payload, InetSocketAddress destination) throws UdpException {
        requirePeer(destination);
        InetSocketAddress peer = socket.peer();
        InetSocketAddress target = peer != null ? peer : destination;
        if (target == null) {
            throw new UdpException(
                    ErrorKind.NOT_CONNECTED, socket + " has no peer: connect it, or name a destination with sendTo");
        }
        int bytes = payload.remaining();
        requireFamily(target);
        requireLength(bytes, target);
        socket.throwDeferred();
        try {
            if (peer == null) {
                int sent = channel.send(payload, NioQuirks.concrete(target, socket.knownAddress()));
                return sent == 0 && bytes > 0 ? UdpSocket.WOULD_BLOCK : bytes;
            }
            if (bytes == 0) {
                return socket.sendEmptyConnected(channel, peer);
            }
            return channel.write(payload) == 0 ? UdpSocket.WOULD_BLOCK : bytes;
        } catch (IOException | NotYetConnectedException | UnsupportedAddressTypeException e) {
            throw NioQuirks.translate(socket, e);
        }
    }

    private void requirePeer(InetSocketAddress destination) {
        InetSocketAddress peer = socket.peer();
        if (peer != null && destination != null && destination != peer && !isPeer(destination, peer)) {
            throw Arguments.unsupported(NioBackend.NAME, Capability.SEND_TO_WHEN_CONNECTED);
        }
    }

    private boolean isPeer(InetSocketAddress destination, InetSocketAddress peer) {
        return destination.equals(peer)
                || NioQuirks.concrete(destination, socket.knownAddress()).equals(peer);
    }

    private void requireFamily(InetSocketAddress target) throws UdpException {
        if (socket.family() == StandardProtocolFamily.INET && !(target.getAddress() instanceof Inet4Address)) {
            throw NioSocket.wrongFamily(socket, target);
        }
    }

    private void requireLength(int bytes, InetSocketAddress target) throws UdpException {
        int most = target.getAddress() instanceof Inet4Address ? NioQuirks.PAYLOAD_V4 : NioQuirks.PAYLOAD_V6;
        if (bytes > most) {
            throw new UdpException(
                    ErrorKind.MESSAGE_TOO_LARGE,
                    bytes + " bytes are more than the " + most + " that a datagram to " + target + " can have");
        }
    }
}
