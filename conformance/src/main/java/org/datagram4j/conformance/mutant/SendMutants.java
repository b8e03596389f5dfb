package org.datagram4j.conformance.mutant;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.datagram4j.ErrorKind;
import org.datagram4j.SendInfo;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.spi.ForwardingSocket;

/** Broken backends for the area SEND. */
final class SendMutants {
    private static final int SOMETIMES = 7;

    static final List<Mutant> ALL = List.of(
            ofSends("SendsFromZero", "UDP-SEND-01", "sends from the start of the buffer", (send, payload, to) -> {
                int count = send.to(payload.duplicate().position(0), to);
                return count < 0 ? count : consume(payload);
            }),
            ofSends("ForgetsPosition", "UDP-SEND-02", "leaves the position where it was", (send, payload, to) -> {
                return send.to(payload.duplicate(), to);
            }),
            ofSends(
                    "IgnoresArrayOffset",
                    "UDP-SEND-03",
                    "takes the array of a heap buffer from its start",
                    (send, payload, to) -> {
                        if (!payload.hasArray()) {
                            return send.to(payload, to);
                        }
                        int count =
                                send.to(ByteBuffer.wrap(payload.array(), payload.position(), payload.remaining()), to);
                        return count < 0 ? count : consume(payload);
                    }),
            ofSends("DropsEmpty", "UDP-SEND-04", "does not send empty datagrams", (send, payload, to) -> {
                return payload.hasRemaining() ? send.to(payload, to) : 0;
            }),
            ofSends(
                    "EmptyFromElsewhere",
                    "UDP-SEND-04",
                    "sends empty datagrams from a socket that is bound to another port",
                    (send, payload, to) -> {
                        if (payload.hasRemaining() || to == null) {
                            return send.to(payload, to);
                        }
                        try (DatagramSocket elsewhere = new DatagramSocket()) {
                            elsewhere.send(new DatagramPacket(new byte[0], 0, to));
                            return 0;
                        } catch (IOException e) {
                            throw new UdpException(ErrorKind.OTHER, e.getMessage());
                        }
                    }),
            ofSends("ShyOfLargest", "UDP-SEND-05", "refuses the largest datagram", (send, payload, to) -> {
                if (payload.remaining() == 65_507 || payload.remaining() == 65_527) {
                    throw new UdpException(ErrorKind.MESSAGE_TOO_LARGE, "too large");
                }
                return send.to(payload, to);
            }),
            ofSends(
                    "CutsTooLarge",
                    "UDP-SEND-06",
                    "sends as much of an oversized payload as fits",
                    (send, payload, to) -> {
                        if (payload.remaining() <= 65_507) {
                            return send.to(payload, to);
                        }
                        int count = send.to(payload.duplicate().limit(payload.position() + 65_507), to);
                        return count < 0 ? count : consume(payload);
                    }),
            ofSends("PortZeroVanishes", "UDP-SEND-07", "claims to have sent to port 0", (send, payload, to) -> {
                return to != null && to.getPort() == 0 ? consume(payload) : send.to(payload, to);
            }),
            Mutant.ofSockets(
                    "NullIsPeer",
                    "UDP-SEND-08",
                    "takes null for the peer of a connected socket",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public int sendTo(ByteBuffer payload, InetSocketAddress destination) throws UdpException {
                            return destination == null ? super.send(payload) : super.sendTo(payload, destination);
                        }
                    }),
            ofSends(
                    "MapsWrongFamily",
                    "UDP-SEND-09",
                    "reports a wrong address as INVALID_INPUT",
                    (send, payload, to) -> {
                        return renamed(ErrorKind.WRONG_FAMILY, ErrorKind.INVALID_INPUT, send, payload, to);
                    }),
            ofSends(
                    "MapsNotConnected",
                    "UDP-SEND-10",
                    "reports a missing destination as OTHER",
                    (send, payload, to) -> {
                        return renamed(ErrorKind.NOT_CONNECTED, ErrorKind.OTHER, send, payload, to);
                    }),
            Mutant.ofSockets("BroadcastsUnasked", "UDP-SEND-11", "allows broadcast from the start", socket -> {
                allowBroadcast(socket);
                return socket;
            }),
            Mutant.ofSockets(
                    "SendsTwice",
                    "UDP-SEND-12",
                    "sends one datagram in many twice",
                    socket -> new ForwardingSocket(socket) {
                        private int sends;

                        @Override
                        public int sendTo(ByteBuffer payload, InetSocketAddress destination) throws UdpException {
                            ByteBuffer again = payload == null ? null : payload.duplicate();
                            int count = super.sendTo(payload, destination);
                            if (count > 0 && ++sends % (2 * SOMETIMES) == 0) {
                                super.sendTo(again, destination);
                            }
                            return count;
                        }
                    }),
            Mutant.ofSockets(
                    "KeepsDestination",
                    "UDP-SEND-13",
                    "sometimes sends where the datagram before went",
                    socket -> new ForwardingSocket(socket) {
                        private InetSocketAddress last;
                        private int sends;

                        @Override
                        public int sendTo(ByteBuffer payload, InetSocketAddress destination) throws UdpException {
                            boolean stale = ++sends % SOMETIMES == 0 && destination != null;
                            InetSocketAddress to = stale && last != null ? last : destination;
                            last = destination;
                            return super.sendTo(payload, to);
                        }
                    }),
            Mutant.ofSockets(
                    "SendsFromElsewhere",
                    "UDP-SEND-14",
                    "sends with a destination from a socket of its own",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public int send(ByteBuffer payload, SendInfo info) throws UdpException {
                            if (info == null || info.destination() == null) {
                                return super.send(payload, info);
                            }
                            InetSocketAddress any =
                                    new InetSocketAddress(localAddress().getAddress(), 0);
                            try (UdpSocket other =
                                    backend().open(UdpConfig.of(any).withSendBufferBytes(1 << 18))) {
                                return other.send(payload, info);
                            }
                        }
                    }),
            Mutant.ofSockets(
                    "EmptyNotToAll",
                    "UDP-SEND-15",
                    "sends empty datagrams with broadcast off",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public int sendTo(ByteBuffer payload, InetSocketAddress destination) throws UdpException {
                            if (payload == null || payload.hasRemaining() || !broadcast()) {
                                return super.sendTo(payload, destination);
                            }
                            setBroadcast(false);
                            try {
                                return super.sendTo(payload, destination);
                            } finally {
                                setBroadcast(true);
                            }
                        }
                    }));

    private SendMutants() {}

    /** What is left of the three ways to send: to a destination, or null for the peer. */
    private interface Send {
        int to(ByteBuffer payload, InetSocketAddress destination) throws UdpException;
    }

    private interface Broken {
        int send(Send working, ByteBuffer payload, InetSocketAddress destination) throws UdpException;
    }

    private static Mutant ofSends(String name, String rule, String description, Broken broken) {
        return Mutant.ofSockets(name, rule, description, socket -> new ForwardingSocket(socket) {
            @Override
            public int send(ByteBuffer payload) throws UdpException {
                return payload == null
                        ? super.send(null)
                        : broken.send((bytes, to) -> super.send(bytes), payload, null);
            }

            @Override
            public int sendTo(ByteBuffer payload, InetSocketAddress destination) throws UdpException {
                return payload == null || destination == null
                        ? super.sendTo(payload, destination)
                        : broken.send(super::sendTo, payload, destination);
            }

            @Override
            public int send(ByteBuffer payload, SendInfo info) throws UdpException {
                return payload == null || info == null
                        ? super.send(payload, info)
                        : broken.send((bytes, to) -> super.send(bytes, info), payload, info.destination());
            }
        });
    }

    private static int consume(ByteBuffer payload) {
        int count = payload.remaining();
        payload.position(payload.limit());
        return count;
    }

    private static int renamed(
            ErrorKind from, ErrorKind to, Send send, ByteBuffer payload, InetSocketAddress destination)
            throws UdpException {
        try {
            return send.to(payload, destination);
        } catch (UdpException e) {
            throw e.kind() == from ? new UdpException(to, e.getMessage()) : e;
        }
    }

    private static void allowBroadcast(UdpSocket socket) {
        try {
            socket.setBroadcast(true);
        } catch (UdpException e) {
            throw new IllegalStateException(e);
        }
    }
}
