package org.datagram4j.adapters.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import org.datagram4j.Capability;
import org.datagram4j.SendInfo;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.spi.Arguments;
import org.datagram4j.spi.EventList;

/**
 * Sending. One call is one flush, whatever it is of; a datagram is sent when Netty's future says so. What Netty keeps
 * because the system takes no more counts as sent, and while Netty's channel is not writable a send would block.
 */
final class Outbox {
    /** Messages for {@code Channel.write}, and how much of the payloads each is. */
    static final class Pieces {
        private Object[] messages = new Object[1];
        private int[] bytes = new int[1];
        private int count;

        void add(Object message, int length) {
            if (count == messages.length) {
                messages = Arrays.copyOf(messages, 2 * count);
                bytes = Arrays.copyOf(bytes, 2 * count);
            }
            messages[count] = message;
            bytes[count++] = length;
        }
    }

    private final NettySocket socket;
    private final NettyBackend backend;
    private final DatagramChannel channel;

    Outbox(NettySocket socket, NettyBackend backend, DatagramChannel channel) {
        this.socket = socket;
        this.backend = backend;
        this.channel = channel;
    }

    /** A copy of a part of a payload: the caller may change it as soon as the send returns. */
    static ByteBuf copy(NettySocket socket, ByteBuffer payload, int begin, int bytes) {
        int position = payload.position();
        int limit = payload.limit();
        ByteBuf copy = socket.channel().alloc().directBuffer(Math.max(1, bytes));
        try {
            return copy.writeBytes(payload.limit(begin + bytes).position(begin)); // a view of it would be garbage
        } finally {
            payload.limit(limit).position(position);
        }
    }

    /** A message for each segment. */
    static void plain(
            NettySocket socket, ByteBuffer payload, InetSocketAddress destination, int segmentBytes, Pieces pieces) {
        int begin = payload.position();
        do {
            int bytes = Math.min(segmentBytes, payload.limit() - begin);
            ByteBuf content = copy(socket, payload, begin, bytes);
            pieces.add(destination == null ? content : new DatagramPacket(content, destination), bytes);
            begin += bytes;
        } while (begin < payload.limit());
    }

    int send(ByteBuffer payload, InetSocketAddress destination, int segmentBytes) throws UdpException {
        check(payload, destination, segmentBytes);
        socket.requireOpen();
        requirePeer(destination);
        if (!channel.isWritable()) {
            return wouldBlock();
        }
        Pieces pieces = new Pieces();
        add(payload, destination, segmentBytes, pieces);
        Sending sending = flush(pieces);
        int sent = 0;
        for (int i = 0; i < pieces.count; i++) {
            UdpException error = failure(sending, i);
            if (error != null) {
                if (i == 0) {
                    throw error;
                }
                socket.defer(error);
                break;
            }
            sent += pieces.bytes[i];
        }
        payload.position(payload.position() + sent);
        return sent;
    }

    int sendBatch(NettyBatch batch, int first, int count) throws UdpException {
        socket.requireOpen();
        for (int slot = first; slot < first + count; slot++) {
            SendInfo info = batch.sendInfo(slot);
            requireControls(info);
            check(batch.buffer(slot), info.destination(), info.segmentBytes());
            requirePeer(info.destination());
        }
        if (!channel.isWritable()) {
            return wouldBlock();
        }
        Pieces pieces = new Pieces();
        int[] ends = new int[count];
        UdpException unsaid = null;
        int slots = 0;
        while (slots < count && unsaid == null) {
            SendInfo info = batch.sendInfo(first + slots);
            try {
                add(batch.buffer(first + slots), info.destination(), info.segmentBytes(), pieces);
                ends[slots++] = pieces.count;
            } catch (UdpException e) {
                unsaid = e;
            }
        }
        Sending sending = flush(pieces);
        int sent = 0;
        int piece = 0;
        UdpException error = null;
        while (sent < slots && error == null) {
            while (piece < ends[sent] && error == null) {
                error = failure(sending, piece++);
            }
            if (error == null) {
                ByteBuffer payload = batch.buffer(first + sent++);
                payload.position(payload.limit());
            }
        }
        if (sent == 0) {
            throw Objects.requireNonNull(error != null ? error : unsaid).atSlot(first);
        }
        if (error != null) {
            socket.defer(error);
        }
        return sent;
    }

    void requireControls(SendInfo info) {
        if (info.sourceAddress() != null || info.interfaceIndex() != SendInfo.UNSET) {
            throw Arguments.unsupported(backend.name(), Capability.SOURCE_SELECTION);
        }
        if (info.ecn() != SendInfo.UNSET || info.trafficClass() != SendInfo.UNSET) {
            throw Arguments.unsupported(backend.name(), Capability.SEND_TRAFFIC_CLASS);
        }
        if (info.hopLimit() != SendInfo.UNSET) {
            throw Arguments.unsupported(backend.name(), Capability.SEND_HOP_LIMIT);
        }
    }

    private void check(ByteBuffer payload, InetSocketAddress destination, int segmentBytes) {
        if (segmentBytes != SendInfo.UNSET) {
            Arguments.segments(payload.remaining(), segmentBytes, backend.limit(org.datagram4j.Limit.SEGMENTS));
        }
        if (destination != null) {
            Arguments.destination(destination);
        }
        Arguments.access(payload);
    }

    private void requirePeer(InetSocketAddress destination) {
        if (destination != null && !backend.has(Capability.SEND_TO_WHEN_CONNECTED)) {
            InetSocketAddress peer = channel.remoteAddress();
            if (peer != null && !peer.equals(destination)) {
                throw Arguments.unsupported(backend.name(), Capability.SEND_TO_WHEN_CONNECTED);
            }
        }
    }

    private void add(ByteBuffer payload, InetSocketAddress destination, int segmentBytes, Pieces pieces)
            throws UdpException {
        if (segmentBytes == SendInfo.UNSET || segmentBytes >= payload.remaining()) {
            plain(socket, payload, destination, Math.max(1, payload.remaining()), pieces);
        } else {
            backend.segments(socket, payload, destination, segmentBytes, pieces);
        }
    }

    /** Writes all, and flushes once. */
    private Sending flush(Pieces pieces) throws UdpException {
        Sending sending = new Sending(channel, pieces.messages);
        try {
            backend.loop().get().execute(sending);
        } catch (RejectedExecutionException e) {
            sending.release(0);
            throw Failures.translate(socket, e);
        }
        sending.await();
        return sending;
    }

    private UdpException failure(Sending sending, int piece) {
        Throwable cause = sending.failure(piece);
        return cause == null ? null : Failures.translate(socket, cause);
    }

    private int wouldBlock() {
        socket.readiness().wouldBlock(EventList.WRITABLE);
        return UdpSocket.WOULD_BLOCK;
    }
}
