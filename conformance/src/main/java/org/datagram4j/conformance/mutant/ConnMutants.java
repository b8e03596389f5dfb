package org.datagram4j.conformance.mutant;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.datagram4j.Capability;
import org.datagram4j.DatagramBatch;
import org.datagram4j.DatagramInfo;
import org.datagram4j.ErrorKind;
import org.datagram4j.Interest;
import org.datagram4j.Registry;
import org.datagram4j.SendInfo;
import org.datagram4j.Token;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.spi.Arguments;
import org.datagram4j.spi.ForwardingSocket;

/** Broken backends for the area CONN. */
final class ConnMutants {
    static final List<Mutant> ALL = List.of(
            Mutant.ofSockets(
                    "TellsItselfAsPeer",
                    "UDP-CONN-01",
                    "peerAddress returns the local address",
                    socket -> new Connected(socket) {
                        @Override
                        public InetSocketAddress peerAddress() throws UdpException {
                            super.peerAddress();
                            return localAddress();
                        }
                    }),
            Mutant.ofSockets(
                    "ConnectsInNameOnly",
                    "UDP-CONN-02",
                    "connect stores the destination of send and filters nothing",
                    NameOnly::new),
            Mutant.ofSockets(
                    "TellsWildcardWhenConnected",
                    "UDP-CONN-03",
                    "the local address is the one from before connect",
                    socket -> new Connected(socket) {
                        private InetSocketAddress bound;

                        @Override
                        public void connect(InetSocketAddress to) throws UdpException {
                            bound = localAddress();
                            super.connect(to);
                        }

                        @Override
                        public InetSocketAddress localAddress() throws UdpException {
                            return bound == null ? super.localAddress() : bound;
                        }
                    }),
            Mutant.ofSockets(
                    "SendsToFirstPeer",
                    "UDP-CONN-04",
                    "send goes to the first peer for ever",
                    socket -> new Connected(socket) {
                        @Override
                        public int send(ByteBuffer payload) throws UdpException {
                            if (first == null || first.equals(peer)) {
                                return super.send(payload);
                            }
                            delegate().connect(first);
                            int count = super.send(payload);
                            delegate().connect(peer);
                            return count;
                        }
                    }),
            Mutant.ofSockets(
                    "HearsFirstPeer",
                    "UDP-CONN-05",
                    "the first peer is heard for ever",
                    socket -> new Connected(socket) {
                        @Override
                        public void connect(InetSocketAddress to) throws UdpException {
                            super.connect(to);
                            delegate().connect(first);
                        }

                        @Override
                        public InetSocketAddress peerAddress() throws UdpException {
                            super.peerAddress();
                            return peer;
                        }

                        @Override
                        public int send(ByteBuffer payload) throws UdpException {
                            if (first == null || first.equals(peer)) {
                                return super.send(payload);
                            }
                            delegate().connect(peer);
                            int count = super.send(payload);
                            delegate().connect(first);
                            return count;
                        }
                    }),
            Mutant.ofDeclared(
                    "ConnectDropsQueue",
                    "UDP-CONN-06",
                    "CONNECT_KEEPS_QUEUE is declared, and connect drops what is queued",
                    Capability.CONNECT_KEEPS_QUEUE,
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public void connect(InetSocketAddress to) throws UdpException {
                            drain(delegate());
                            super.connect(to);
                        }
                    }),
            Mutant.ofSockets(
                    "DisconnectRepeatsDatagram",
                    "UDP-CONN-07",
                    "a datagram queued when the socket is disconnected is received twice",
                    RepeatsDatagram::new),
            Mutant.ofSockets(
                    "DisconnectsInNameOnly",
                    "UDP-CONN-08",
                    "disconnect forgets the peer and keeps the filter",
                    socket -> new Connected(socket) {
                        @Override
                        public void disconnect() {
                            peer = null;
                        }

                        @Override
                        public InetSocketAddress peerAddress() throws UdpException {
                            requirePeer();
                            return super.peerAddress();
                        }

                        @Override
                        public int send(ByteBuffer payload) throws UdpException {
                            requirePeer();
                            return super.send(payload);
                        }

                        private void requirePeer() throws UdpException {
                            if (peer == null) {
                                throw new UdpException(ErrorKind.NOT_CONNECTED, "no peer");
                            }
                        }
                    }),
            Mutant.ofSockets(
                    "SendRemembersPeer",
                    "UDP-CONN-09",
                    "send goes to the last peer after disconnect",
                    socket -> new Connected(socket) {
                        @Override
                        public int send(ByteBuffer payload) throws UdpException {
                            return peer == null && first != null ? sendTo(payload, first) : super.send(payload);
                        }
                    }),
            Mutant.ofSockets(
                    "DisconnectAlwaysDropsQueue",
                    "UDP-CONN-10",
                    "disconnect drops what is queued, also without a peer",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public void disconnect() throws UdpException {
                            drain(delegate());
                            super.disconnect();
                        }
                    }),
            Mutant.ofSockets(
                    "DisconnectStaysNarrow",
                    "UDP-CONN-11",
                    "a wildcard socket keeps the concrete address of its connection after disconnect",
                    StaysNarrow::new),
            Mutant.ofSockets(
                    "DisconnectsBeforeChecking",
                    "UDP-CONN-12",
                    "connect leaves the old peer before it looks at the new one",
                    socket -> new Connected(socket) {
                        @Override
                        public void connect(InetSocketAddress to) throws UdpException {
                            if (peer != null) {
                                disconnect();
                            }
                            super.connect(to);
                        }
                    }),
            Mutant.ofSockets(
                    "WrongFamilyIsInvalidInput",
                    "UDP-CONN-13",
                    "a peer of the wrong IP version is INVALID_INPUT",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public void connect(InetSocketAddress to) throws UdpException {
                            try {
                                super.connect(to);
                            } catch (UdpException e) {
                                throw e.kind() == ErrorKind.WRONG_FAMILY
                                        ? new UdpException(ErrorKind.INVALID_INPUT, e.getMessage())
                                        : e;
                            }
                        }
                    }),
            Mutant.ofSockets(
                    "TellsPeerThatFailed",
                    "UDP-CONN-14",
                    "peerAddress tells the peer that was asked for though connect failed",
                    socket -> new ForwardingSocket(socket) {
                        private InetSocketAddress asked;

                        @Override
                        public void connect(InetSocketAddress to) throws UdpException {
                            asked = to;
                            super.connect(to);
                        }

                        @Override
                        public InetSocketAddress peerAddress() throws UdpException {
                            return asked != null && asked.getAddress() != null && isBroadcast(asked.getAddress())
                                    ? asked
                                    : super.peerAddress();
                        }
                    }),
            Mutant.ofSockets(
                    "ConnectDeregisters",
                    "UDP-CONN-15",
                    "connect ends the registration",
                    socket -> new ForwardingSocket(socket) {
                        private Registry registry;

                        @Override
                        public void register(Registry with, Token token, Interest interest) throws IOException {
                            super.register(with, token, interest);
                            registry = with;
                        }

                        @Override
                        public void connect(InetSocketAddress to) throws UdpException {
                            super.connect(to);
                            if (registry != null) {
                                deregisterQuietly();
                            }
                        }

                        private void deregisterQuietly() {
                            try {
                                deregister(registry);
                            } catch (IOException e) {
                                registry = null;
                            }
                        }
                    }),
            Mutant.ofSockets(
                    "RefusesToNamePeer",
                    "UDP-CONN-16",
                    "a connected socket refuses every send with a destination",
                    socket -> new Connected(socket) {
                        @Override
                        public int sendTo(ByteBuffer payload, InetSocketAddress destination) throws UdpException {
                            if (peer != null) {
                                throw Arguments.unsupported("mutant", Capability.SEND_TO_WHEN_CONNECTED);
                            }
                            return super.sendTo(payload, destination);
                        }
                    }),
            Mutant.ofDeclared(
                    "SendToGoesToPeer",
                    "UDP-CONN-17",
                    "SEND_TO_WHEN_CONNECTED is declared, and sendTo ignores its destination",
                    Capability.SEND_TO_WHEN_CONNECTED,
                    socket -> new Connected(socket) {
                        @Override
                        public int sendTo(ByteBuffer payload, InetSocketAddress destination) throws UdpException {
                            return peer != null ? send(payload) : super.sendTo(payload, destination);
                        }
                    }),
            Mutant.ofSockets(
                    "SendsToAnotherUndeclared",
                    "UDP-CONN-18",
                    "a send to another than the peer disconnects meanwhile instead of being refused",
                    socket -> new Connected(socket) {
                        @Override
                        public int sendTo(ByteBuffer payload, InetSocketAddress destination) throws UdpException {
                            if (peer == null || peer.equals(destination)) {
                                return super.sendTo(payload, destination);
                            }
                            delegate().disconnect();
                            int count = super.sendTo(payload, destination);
                            delegate().connect(peer);
                            return count;
                        }
                    }),
            Mutant.ofSockets(
                    "BatchSendsUntilRefused",
                    "UDP-CONN-18",
                    "a batch is sent up to the slot whose destination is refused",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public int sendBatch(DatagramBatch batch, int first, int count) throws UdpException {
                            try {
                                return super.sendBatch(batch, first, count);
                            } catch (UnsupportedOperationException e) {
                                for (int slot = first; slot < first + count; slot++) {
                                    super.sendBatch(batch, slot, 1);
                                }
                                throw e;
                            }
                        }
                    }),
            Mutant.ofSockets(
                    "PeekConsumesWhenConnected",
                    "UDP-CONN-19",
                    "peek on a connected socket takes the datagram away",
                    socket -> new Connected(socket) {
                        @Override
                        public int peek(ByteBuffer buffer) throws UdpException {
                            return peer == null ? super.peek(buffer) : super.recv(buffer);
                        }
                    }),
            Mutant.ofSockets(
                    "RecvFromNamesItself",
                    "UDP-CONN-20",
                    "recvFrom on a connected socket names the receiver",
                    socket -> new Connected(socket) {
                        @Override
                        public InetSocketAddress recvFrom(ByteBuffer buffer) throws UdpException {
                            InetSocketAddress sender = super.recvFrom(buffer);
                            return sender == null || peer == null ? sender : localAddress();
                        }
                    }),
            Mutant.ofSockets(
                    "RefusesItself",
                    "UDP-CONN-21",
                    "connect refuses the socket's own address",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public void connect(InetSocketAddress to) throws UdpException {
                            if (localAddress().equals(to)) {
                                throw new UdpException(ErrorKind.INVALID_INPUT, "that is this socket");
                            }
                            super.connect(to);
                        }
                    }),
            Mutant.ofSockets(
                    "RefusesWildcardPeer",
                    "UDP-CONN-22",
                    "connect refuses the wildcard address, as Windows does",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public void connect(InetSocketAddress to) throws UdpException {
                            if (Arguments.destination(to).getAddress().isAnyLocalAddress()) {
                                throw new UdpException(ErrorKind.ADDRESS_NOT_AVAILABLE, "no peer has " + to);
                            }
                            super.connect(to);
                        }
                    }),
            Mutant.ofSockets(
                    "DisconnectResetsBroadcast",
                    "UDP-CONN-23",
                    "disconnect sets SO_BROADCAST back to its default",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public void disconnect() throws UdpException {
                            super.disconnect();
                            setBroadcast(false);
                        }
                    }),
            Mutant.ofSockets(
                    "DisconnectKeepsHost",
                    "UDP-CONN-24",
                    "after disconnect only the host of the former peer is heard, as Linux does with IPv6",
                    HearsFirstHost::new),
            Mutant.ofDeclared(
                    "DisconnectKeepsHostV6",
                    "UDP-CONN-25",
                    "DISCONNECT_HEARS_ALL_V6 is declared, and only the host of the former peer is heard",
                    Capability.DISCONNECT_HEARS_ALL_V6,
                    HearsFirstHost::new));

    private ConnMutants() {}

    private static boolean isBroadcast(InetAddress address) {
        return address.getHostAddress().equals("255.255.255.255");
    }

    private static void drain(UdpSocket socket) throws UdpException {
        while (socket.recvFrom(ByteBuffer.allocate(65_535)) != null) {
            continue;
        }
    }

    /** Remembers the peers. */
    private static class Connected extends ForwardingSocket {
        InetSocketAddress first;
        InetSocketAddress peer;

        Connected(UdpSocket socket) {
            super(socket);
        }

        @Override
        public void connect(InetSocketAddress to) throws UdpException {
            super.connect(to);
            peer = to;
            first = first == null ? to : first;
        }

        @Override
        public void disconnect() throws UdpException {
            super.disconnect();
            peer = null;
        }
    }

    private static final class HearsFirstHost extends Connected {
        HearsFirstHost(UdpSocket socket) {
            super(socket);
        }

        @Override
        public int receive(ByteBuffer buffer, DatagramInfo info) throws UdpException {
            int start = buffer.position();
            int count = super.receive(buffer, info);
            if (count != WOULD_BLOCK
                    && first != null
                    && !first.getAddress().equals(info.sender().getAddress())) {
                buffer.position(start);
                info.fill();
                return WOULD_BLOCK;
            }
            return count;
        }
    }

    private static final class NameOnly extends ForwardingSocket {
        private InetSocketAddress peer;

        NameOnly(UdpSocket socket) {
            super(socket);
        }

        @Override
        public void connect(InetSocketAddress to) throws UdpException {
            peer = Arguments.destination(to);
        }

        @Override
        public void disconnect() throws UdpException {
            peer = null;
        }

        @Override
        public InetSocketAddress peerAddress() throws UdpException {
            return peer == null ? super.peerAddress() : peer;
        }

        @Override
        public int send(ByteBuffer payload) throws UdpException {
            return peer == null ? super.send(payload) : sendTo(payload, peer);
        }

        @Override
        public int send(ByteBuffer payload, SendInfo info) throws UdpException {
            return info.destination() == null ? send(payload) : super.send(payload, info);
        }
    }

    private static final class RepeatsDatagram extends ForwardingSocket {
        private final ByteBuffer copy = ByteBuffer.allocate(65_535);
        private InetSocketAddress sender;
        private int repeats;

        RepeatsDatagram(UdpSocket socket) {
            super(socket);
        }

        @Override
        public void disconnect() throws UdpException {
            sender = super.peekFrom(copy.clear());
            super.disconnect();
            repeats = sender == null ? 0 : 2;
        }

        @Override
        public int receive(ByteBuffer buffer, DatagramInfo info) throws UdpException {
            if (repeats == 0) {
                return super.receive(buffer, info);
            }
            repeats--;
            buffer.put(copy.duplicate().flip());
            info.fill().sender(sender).length(copy.position(), false, copy.position());
            return copy.position();
        }
    }

    private static final class StaysNarrow extends ForwardingSocket {
        private UdpSocket narrow;

        StaysNarrow(UdpSocket socket) {
            super(socket);
        }

        @Override
        public void disconnect() throws UdpException {
            InetSocketAddress address = super.localAddress();
            super.disconnect();
            if (super.localAddress().getAddress().isAnyLocalAddress()) {
                super.close();
                narrow = backend().bind(address);
            }
        }

        @Override
        public InetSocketAddress localAddress() throws UdpException {
            return narrow == null ? super.localAddress() : narrow.localAddress();
        }

        @Override
        public int receive(ByteBuffer buffer, DatagramInfo info) throws UdpException {
            return narrow == null ? super.receive(buffer, info) : narrow.receive(buffer, info);
        }

        @Override
        public void close() {
            super.close();
            if (narrow != null) {
                narrow.close();
            }
        }
    }
}
