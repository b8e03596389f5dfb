package org.datagram4j.conformance.mutant;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.datagram4j.Capability;
import org.datagram4j.DatagramInfo;
import org.datagram4j.ErrorKind;
import org.datagram4j.Profile;
import org.datagram4j.TruncationPolicy;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.spi.ForwardingBackend;
import org.datagram4j.spi.ForwardingSocket;

/** Broken backends for the area RECV. */
final class RecvMutants {
    private static final int SOMETIMES = 7;
    private static final int SHORT_OF_LARGEST = 60_000;

    static final List<Mutant> ALL = List.of(
            ofReceives(
                    "WouldBlockMovesPosition",
                    "UDP-RECV-01",
                    "a receive that would block moves the position of the buffer",
                    (socket, working, peek, buffer, info) -> {
                        int count = working.into(buffer, info);
                        if (count == UdpSocket.WOULD_BLOCK && buffer.hasRemaining()) {
                            buffer.position(buffer.position() + 1);
                        }
                        return count;
                    }),
            ofReceives(
                    "EmptyIsWouldBlock",
                    "UDP-RECV-02",
                    "takes an empty datagram for would-block",
                    (socket, working, peek, buffer, info) -> {
                        int count = working.into(buffer, info);
                        return count == 0 && !info.truncated() && !socket.connected() ? UdpSocket.WOULD_BLOCK : count;
                    }),
            ofReceives(
                    "EmptyIsWouldBlockConnected",
                    "UDP-RECV-03",
                    "takes an empty datagram for would-block if connected, like DatagramChannel.read",
                    (socket, working, peek, buffer, info) -> {
                        int count = working.into(buffer, info);
                        return count == 0 && !info.truncated() && socket.connected() ? UdpSocket.WOULD_BLOCK : count;
                    }),
            ofReceives(
                    "FullIsTruncated",
                    "UDP-RECV-04",
                    "takes a buffer that was filled for one that was too small",
                    (socket, working, peek, buffer, info) -> {
                        int count = working.into(buffer, info);
                        if (count > 0 && !buffer.hasRemaining() && !info.truncated()) {
                            ReceivingMutant.relength(info, count, true, DatagramInfo.UNKNOWN);
                        }
                        return count;
                    }),
            ofReceives(
                    "TruncatesSilently",
                    "UDP-RECV-05",
                    "does not say that a datagram was truncated",
                    (socket, working, peek, buffer, info) -> {
                        int count = working.into(buffer, info);
                        if (info.truncated() && !peek && count > 0) {
                            ReceivingMutant.relength(info, count, false, count);
                        }
                        return count;
                    }),
            new Mutant(
                    "MisdeclaresLength",
                    "UDP-RECV-05",
                    "declares the opposite of what it knows of original lengths",
                    backend -> {
                        Set<Capability> declared = EnumSet.noneOf(Capability.class);
                        declared.addAll(backend.capabilities());
                        if (!declared.remove(Capability.ORIGINAL_LENGTH)) {
                            declared.add(Capability.ORIGINAL_LENGTH);
                        }
                        return new ForwardingBackend(backend) {
                            @Override
                            public Set<Capability> capabilities() {
                                return Collections.unmodifiableSet(declared);
                            }
                        };
                    }),
            Mutant.ofSockets(
                    "DeliversRest",
                    "UDP-RECV-06",
                    "delivers the rest of a truncated datagram with the next receive, as a stream would",
                    RestDeliverer::new),
            ofReceives(
                    "ErrorClearsInfo",
                    "UDP-RECV-07",
                    "leaves the info cleared when it throws MESSAGE_TRUNCATED",
                    (socket, working, peek, buffer, info) -> {
                        try {
                            return working.into(buffer, info);
                        } catch (UdpException e) {
                            info.fill();
                            throw e;
                        }
                    }),
            ofReceives(
                    "NumberOfTheOtherSystem",
                    "UDP-RECV-07",
                    "a truncated receive throws the number that the other systems have for it",
                    (socket, working, peek, buffer, info) -> otherCode(!peek, working, buffer, info)),
            ofReceives(
                    "PeekNumberOfTheOtherSystem",
                    "UDP-RECV-12",
                    "a truncated peek throws the number that the other systems have for it",
                    (socket, working, peek, buffer, info) -> otherCode(peek, working, buffer, info)),
            ofReceives(
                    "ErrorKeepsPosition",
                    "UDP-RECV-07",
                    "does not move the position when it throws MESSAGE_TRUNCATED",
                    (socket, working, peek, buffer, info) -> {
                        int start = buffer.position();
                        try {
                            return working.into(buffer, info);
                        } catch (UdpException e) {
                            buffer.position(start);
                            throw e;
                        }
                    }),
            ofReceives(
                    "NoRoomNoReceive",
                    "UDP-RECV-08",
                    "does not ask the system if the buffer has no room",
                    (socket, working, peek, buffer, info) -> {
                        return buffer.hasRemaining() || buffer.isReadOnly() ? working.into(buffer, info) : 0;
                    }),
            new Mutant("WrongPlatform", "UDP-RECV-09", "behaves by default as the other system", backend -> {
                return new ForwardingBackend(backend) {
                    @Override
                    public UdpSocket open(UdpConfig config) throws UdpException {
                        return config.truncationPolicy() == TruncationPolicy.PLATFORM
                                ? super.open(config.withTruncationPolicy(
                                        profile() == Profile.UNIX ? TruncationPolicy.ERROR : TruncationPolicy.DISCARD))
                                : super.open(config);
                    }
                };
            }),
            Mutant.ofSockets(
                    "FixedPolicy",
                    "UDP-RECV-10",
                    "remembers a new policy and does not follow it",
                    socket -> new ForwardingSocket(socket) {
                        private TruncationPolicy set;

                        @Override
                        public void setTruncationPolicy(TruncationPolicy policy) {
                            set = java.util.Objects.requireNonNull(policy, "policy");
                        }

                        @Override
                        public TruncationPolicy truncationPolicy() throws UdpException {
                            return set == null ? super.truncationPolicy() : set;
                        }
                    }),
            Mutant.ofSockets(
                    "PeekTakes",
                    "UDP-RECV-11",
                    "peekFrom takes the datagram away",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public InetSocketAddress peekFrom(ByteBuffer buffer) throws UdpException {
                            return recvFrom(buffer);
                        }
                    }),
            Mutant.ofSockets(
                    "PeekFlagsOnce", "UDP-RECV-12", "says only once that a peek was truncated", PeekFlagsOnce::new),
            ofReceives(
                    "WritesBeyondLimit",
                    "UDP-RECV-13",
                    "ends what it received with a zero byte",
                    (socket, working, peek, buffer, info) -> {
                        int count = working.into(buffer, info);
                        if (count > 0 && buffer.position() < buffer.capacity()) {
                            buffer.duplicate().clear().put(buffer.position(), (byte) 0);
                        }
                        return count;
                    }),
            ofReceives(
                    "TakesThenChecks",
                    "UDP-RECV-14",
                    "takes the datagram before it finds that the buffer is read-only",
                    (socket, working, peek, buffer, info) -> {
                        if (buffer != null && buffer.isReadOnly()) {
                            working.into(ByteBuffer.allocate(buffer.remaining()), info);
                        }
                        return working.into(buffer, info);
                    }),
            ofReceives(
                    "IgnoresArrayOffsetReceiving",
                    "UDP-RECV-15",
                    "writes at the wrong place of a slice of an array",
                    (socket, working, peek, buffer, info) -> {
                        if (buffer == null || !buffer.hasArray() || buffer.arrayOffset() == 0) {
                            return working.into(buffer, info);
                        }
                        int count = working.into(
                                ByteBuffer.wrap(buffer.array(), buffer.position(), buffer.remaining()), info);
                        buffer.position(buffer.position() + Math.max(0, count));
                        return count;
                    }),
            Mutant.ofSockets(
                    "StaleSender",
                    "UDP-RECV-16",
                    "sometimes names the sender of the datagram before",
                    socket -> new ReceivingMutant(socket) {
                        private InetSocketAddress last;
                        private int received;

                        @Override
                        int take(Take working, boolean peek, ByteBuffer buffer, DatagramInfo info) throws UdpException {
                            int count = working.into(buffer, info);
                            if (count >= 0 && !info.truncated()) {
                                InetSocketAddress sender = info.sender();
                                if (++received % SOMETIMES == 0) {
                                    info.fill().sender(last).length(count, false, count);
                                }
                                last = sender;
                            }
                            return count;
                        }
                    }),
            ofReceives(
                    "NeedsPeer",
                    "UDP-RECV-17",
                    "does not receive without a peer",
                    (socket, working, peek, buffer, info) -> {
                        if (!socket.connected()) {
                            throw new UdpException(ErrorKind.NOT_CONNECTED, "connect first");
                        }
                        return working.into(buffer, info);
                    }),
            Mutant.ofSockets(
                    "LosesSome", "UDP-RECV-18", "loses one datagram in many", socket -> new ReceivingMutant(socket) {
                        private int received;

                        @Override
                        int take(Take working, boolean peek, ByteBuffer buffer, DatagramInfo info) throws UdpException {
                            int start = buffer == null ? 0 : buffer.position();
                            int count = working.into(buffer, info);
                            if (count < 0 || peek || ++received % (3 * SOMETIMES) != 0) {
                                return count;
                            }
                            return working.into(buffer.position(start), info);
                        }
                    }),
            ofReceives(
                    "ShortScratchBuffer",
                    "UDP-RECV-19",
                    "receives through a buffer that the longest datagrams do not fit",
                    (socket, working, peek, buffer, info) -> {
                        if (buffer == null || buffer.remaining() <= SHORT_OF_LARGEST) {
                            return working.into(buffer, info);
                        }
                        int limit = buffer.limit();
                        try {
                            return working.into(buffer.limit(buffer.position() + SHORT_OF_LARGEST), info);
                        } finally {
                            buffer.limit(limit);
                        }
                    }));

    private static final int WSAEMSGSIZE = 10_040;
    private static final int EMSGSIZE = 90;

    private RecvMutants() {}

    private interface Broken {
        int take(
                ReceivingMutant socket,
                ReceivingMutant.Take working,
                boolean peek,
                ByteBuffer buffer,
                DatagramInfo info)
                throws UdpException;
    }

    private static int otherCode(boolean other, ReceivingMutant.Take working, ByteBuffer buffer, DatagramInfo info)
            throws UdpException {
        try {
            return working.into(buffer, info);
        } catch (UdpException e) {
            if (!other || e.kind() != ErrorKind.MESSAGE_TRUNCATED) {
                throw e;
            }
            int code = e.code() == WSAEMSGSIZE ? EMSGSIZE : WSAEMSGSIZE;
            throw UdpException.truncated(code, e.sender(), e.deliveredBytes(), e.originalBytes());
        }
    }

    private static Mutant ofReceives(String name, String rule, String description, Broken broken) {
        return Mutant.ofSockets(name, rule, description, socket -> new ReceivingMutant(socket) {
            @Override
            int take(Take working, boolean peek, ByteBuffer buffer, DatagramInfo info) throws UdpException {
                return broken.take(this, working, peek, buffer, info);
            }
        });
    }

    /** What it delivers as the rest are zeros, as many as are missing, or one where the length is unknown. */
    private static final class RestDeliverer extends ReceivingMutant {
        private InetSocketAddress sender;
        private int rest;

        RestDeliverer(UdpSocket working) {
            super(working);
        }

        @Override
        int take(Take working, boolean peek, ByteBuffer buffer, DatagramInfo info) throws UdpException {
            if (rest > 0 && !peek && buffer != null) {
                int count = Math.min(rest, buffer.remaining());
                buffer.put(new byte[count]);
                info.fill().sender(sender).length(count, false, count);
                rest = 0;
                return count;
            }
            try {
                return working.into(buffer, info);
            } finally {
                if (info != null && info.truncated() && !peek) {
                    sender = info.sender();
                    rest = Math.max(1, info.originalLength() - info.length());
                }
            }
        }
    }

    /** Remembers whether the last peek was truncated. */
    private static final class PeekFlagsOnce extends ReceivingMutant {
        private boolean said;

        PeekFlagsOnce(UdpSocket working) {
            super(working);
        }

        @Override
        int take(Take working, boolean peek, ByteBuffer buffer, DatagramInfo info) throws UdpException {
            int count;
            try {
                count = working.into(buffer, info);
            } catch (UdpException e) {
                if (!said || e.kind() != ErrorKind.MESSAGE_TRUNCATED || !peek) {
                    said = peek;
                    throw e;
                }
                return e.deliveredBytes();
            }
            if (peek && said && info.truncated()) {
                relength(info, count, false, count);
            }
            said = peek && (said || info.truncated());
            return count;
        }
    }
}
