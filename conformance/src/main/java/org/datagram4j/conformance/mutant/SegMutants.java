package org.datagram4j.conformance.mutant;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.datagram4j.Capability;
import org.datagram4j.DatagramBatch;
import org.datagram4j.ErrorKind;
import org.datagram4j.Limit;
import org.datagram4j.SendInfo;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.spi.ForwardingSocket;

/** Broken backends for the area SEG. */
final class SegMutants {
    private static final int LARGEST = 65_507;
    private static final int SMALLER = 8_192;
    private static final int MOST = 64;

    static final List<Mutant> ALL = List.of(
            ofSegments(
                    "DropsShortTail",
                    "UDP-SEG-01",
                    "does not send a last segment that is shorter",
                    (socket, payload, to, length) -> {
                        int count = payload.remaining();
                        int whole = length < 1 ? 0 : count - count % length;
                        if (whole == 0 || whole == count) {
                            return socket.sendSegmented(payload, to, length);
                        }
                        if (socket.sendSegmented(payload.duplicate().limit(payload.position() + whole), to, length)
                                < 0) {
                            return UdpSocket.WOULD_BLOCK;
                        }
                        payload.position(payload.limit());
                        return count;
                    }),
            ofSegments(
                    "SendsEmptyTail",
                    "UDP-SEG-01",
                    "sends an empty segment behind equal ones",
                    (socket, payload, to, length) -> {
                        int count = socket.sendSegmented(payload, to, length);
                        if (count > length && count % length == 0 && !payload.hasRemaining() && to != null) {
                            socket.sendTo(ByteBuffer.allocate(0), to);
                        }
                        return count;
                    }),
            ofSegments(
                    "RefusesOneSegment",
                    "UDP-SEG-02",
                    "does not send a single segment",
                    (socket, payload, to, length) -> {
                        if (length >= payload.remaining()) {
                            throw new IllegalArgumentException("one segment is no segmented send");
                        }
                        return socket.sendSegmented(payload, to, length);
                    }),
            ofSegments(
                    "SendsEmptyPayload",
                    "UDP-SEG-03",
                    "sends an empty payload as an empty datagram",
                    (socket, payload, to, length) -> {
                        return payload.hasRemaining() || to == null
                                ? socket.sendSegmented(payload, to, length)
                                : socket.sendTo(payload, to);
                    }),
            ofSegments(
                    "HasNoLimit",
                    "UDP-SEG-04",
                    "sends part of a payload with too many segments",
                    (socket, payload, to, length) -> {
                        long most = socket.backend().limit(Limit.SEGMENTS) * length;
                        if (length < 1 || payload.remaining() <= most) {
                            return socket.sendSegmented(payload, to, length);
                        }
                        int end = payload.limit();
                        try {
                            return socket.sendSegmented(payload.limit(payload.position() + (int) most), to, length);
                        } finally {
                            payload.limit(end);
                        }
                    }),
            ofSegments(
                    "RefusesLongPayload",
                    "UDP-SEG-05",
                    "takes the limit of a datagram for that of a payload",
                    (socket, payload, to, length) -> {
                        if (length > 0 && payload.remaining() > LARGEST) {
                            throw new UdpException(ErrorKind.MESSAGE_TOO_LARGE, "too large");
                        }
                        return socket.sendSegmented(payload, to, length);
                    }),
            ofSegments(
                    "SegmentsNeedDestination",
                    "UDP-SEG-06",
                    "does not send segments to the peer",
                    (socket, payload, to, length) -> {
                        return socket.sendSegmented(payload, Objects.requireNonNull(to, "destination"), length);
                    }),
            Mutant.ofSockets(
                    "IgnoresSegmentBytes",
                    "UDP-SEG-07",
                    "does not look at the segment size of an info",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public int send(ByteBuffer payload, SendInfo info) throws UdpException {
                            return without(info, () -> super.send(payload, info));
                        }
                    }),
            Mutant.ofSockets(
                    "IgnoresSegmentBytesInBatch",
                    "UDP-SEG-08",
                    "does not look at the segment size of a slot",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public int sendBatch(DatagramBatch batch, int first, int count) throws UdpException {
                            if (batch == null || first < 0 || count < 1 || count > batch.slots() - first) {
                                return super.sendBatch(batch, first, count);
                            }
                            return without(batch.sendInfo(first), () -> super.sendBatch(batch, first, 1));
                        }
                    }),
            ofSegments(
                    "SplitsSmaller",
                    "UDP-SEG-09",
                    "splits a segment that is too large",
                    (socket, payload, to, length) -> {
                        try {
                            return socket.sendSegmented(payload, to, length);
                        } catch (UdpException e) {
                            if (e.kind() != ErrorKind.MESSAGE_TOO_LARGE) {
                                throw e;
                            }
                            return socket.sendSegmented(payload, to, SMALLER);
                        }
                    }),
            Mutant.ofSockets(
                    "RemembersSegmentBytes",
                    "UDP-SEG-10",
                    "splits plain datagrams, too, after a segmented send",
                    socket -> new ForwardingSocket(socket) {
                        private int length;

                        @Override
                        public int sendSegmented(ByteBuffer payload, InetSocketAddress to, int segmentBytes)
                                throws UdpException {
                            int count = super.sendSegmented(payload, to, segmentBytes);
                            length = segmentBytes;
                            return count;
                        }

                        @Override
                        public int sendTo(ByteBuffer payload, InetSocketAddress to) throws UdpException {
                            return length > 0 && payload.remaining() > length
                                    ? super.sendSegmented(payload, to, length)
                                    : super.sendTo(payload, to);
                        }
                    }),
            Mutant.ofSockets(
                    "BatchHasNoLimit",
                    "UDP-SEG-19",
                    "sends a slot with too many segments as one datagram",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public int sendBatch(DatagramBatch batch, int first, int count) throws UdpException {
                            try {
                                return super.sendBatch(batch, first, count);
                            } catch (IllegalArgumentException e) {
                                return without(batch.sendInfo(first), () -> super.sendBatch(batch, first, 1));
                            }
                        }
                    }),
            ofSegments(
                    "DropsLastOfMany",
                    "UDP-SEG-12",
                    "does not send the last of 64 segments",
                    (socket, payload, to, length) -> {
                        int count = payload.remaining();
                        if (length < 1 || (count + length - 1) / length != MOST) {
                            return socket.sendSegmented(payload, to, length);
                        }
                        int end = payload.limit();
                        payload.limit(payload.position() + (MOST - 1) * length);
                        try {
                            if (socket.sendSegmented(payload, to, length) < 0) {
                                return UdpSocket.WOULD_BLOCK;
                            }
                        } finally {
                            payload.limit(end);
                        }
                        payload.position(end);
                        return count;
                    }),
            Mutant.ofSockets(
                    "FirstSlotCutsAll",
                    "UDP-SEG-13",
                    "gives the segment size of a slot to the next",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public int sendBatch(DatagramBatch batch, int first, int count) throws UdpException {
                            int sent = super.sendBatch(batch, first, Math.min(count, 1));
                            int length = batch.sendInfo(first).segmentBytes();
                            if (sent == 1 && count > 1 && length != SendInfo.UNSET) {
                                batch.sendInfo(first + 1).segmentBytes(length);
                            }
                            return sent;
                        }
                    }),
            hidesSegments("HidesSegmentSize", "UDP-SEG-14", "does not tell the segment size", Infos.Way.RECEIVE),
            hidesSegments(
                    "HidesSegmentSizeInBatch",
                    "UDP-SEG-15",
                    "does not tell the segment size of a slot",
                    Infos.Way.BATCH),
            Infos.told(
                    "HidesCutSegments",
                    "UDP-SEG-20",
                    "does not say that coalesced datagrams were truncated",
                    () -> (info, way) -> {
                        int length = info.length();
                        if (info.segmentSize() > 0 && info.truncated()) {
                            Infos.change(info, filler -> filler.length(length, false, length));
                        }
                    }),
            Infos.told("SegmentSizeOfOne", "UDP-SEG-16", "tells the length of a single datagram", () -> (info, way) -> {
                int length = info.length();
                if (info.segmentSize() == 0) {
                    Infos.change(info, filler -> filler.segmentSize(length));
                }
            }),
            Mutant.ofDeclaredConfigs(
                    "CoalescesAlways",
                    "UDP-SEG-17",
                    "coalesces though nobody asked for it",
                    Capability.GSO,
                    config -> config.withCoalescing(true)),
            Infos.controlled(
                    "SegmentsLoseControl",
                    "UDP-SEG-18",
                    "does not look at the traffic class of segments",
                    false,
                    info -> info.segmentBytes() == SendInfo.UNSET ? info : info.trafficClass(SendInfo.UNSET)));

    private SegMutants() {}

    private static Mutant hidesSegments(String name, String rule, String description, Infos.Way hidden) {
        return Infos.told(name, rule, description, () -> (info, way) -> {
            if (way == hidden && info.segmentSize() > 0) {
                Infos.change(info, filler -> filler.segmentSize(0));
            }
        });
    }

    private interface Broken {
        int send(UdpSocket working, ByteBuffer payload, InetSocketAddress to, int segmentBytes) throws UdpException;
    }

    private interface Send {
        int run() throws UdpException;
    }

    private static Mutant ofSegments(String name, String rule, String description, Broken broken) {
        return Mutant.ofSockets(name, rule, description, socket -> new ForwardingSocket(socket) {
            @Override
            public int sendSegmented(ByteBuffer payload, InetSocketAddress to, int segmentBytes) throws UdpException {
                return payload == null
                        ? super.sendSegmented(null, to, segmentBytes)
                        : broken.send(delegate(), payload, to, segmentBytes);
            }
        });
    }

    private static int without(SendInfo info, Send send) throws UdpException {
        int segmentBytes = info == null ? SendInfo.UNSET : info.segmentBytes();
        if (segmentBytes == SendInfo.UNSET) {
            return send.run();
        }
        info.segmentBytes(SendInfo.UNSET);
        try {
            return send.run();
        } finally {
            info.segmentBytes(segmentBytes);
        }
    }
}
