package org.datagram4j.conformance.mutant;

import static java.net.StandardProtocolFamily.INET6;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.datagram4j.Capability;
import org.datagram4j.DatagramInfo;
import org.datagram4j.ErrorKind;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.spi.Arguments;
import org.datagram4j.spi.ForwardingBackend;
import org.datagram4j.spi.ForwardingSocket;

/** Broken backends for the area V6. */
final class V6Mutants {
    static final List<Mutant> ALL = List.of(
            ofSenders(
                    "LoopbackHasScope",
                    "UDP-V6-01",
                    "the sender ::1 gets a scope id",
                    sender -> sender.isLoopbackAddress() ? v6(sender, 1) : sender),
            ofSenders(
                    "ScopeZero",
                    "UDP-V6-02",
                    "a link-local sender loses its scope id",
                    sender -> sender.isLinkLocalAddress() ? v6(sender, 0) : sender),
            ofSenders(
                    "InventsScope",
                    "UDP-V6-03",
                    "a sender with a global address gets a scope id",
                    sender -> sender instanceof Inet6Address
                                    && !sender.isLinkLocalAddress()
                                    && !sender.isLoopbackAddress()
                            ? v6(sender, 2)
                            : sender),
            Mutant.ofSockets(
                    "MappedSenderStaysMapped",
                    "UDP-V6-04",
                    "an IPv4 sender at an IPv6 socket is an Inet6Address",
                    socket -> new Senders(
                            socket,
                            sender -> socket.family() == INET6 && sender instanceof Inet4Address
                                    ? mapped(sender)
                                    : sender)),
            Mutant.ofSockets(
                    "SenderOfOtherVersionForgotten",
                    "UDP-V6-05",
                    "a sender of the other IP version than the first gets the first one's address",
                    socket -> new Senders(socket, new FirstVersion())),
            Mutant.ofSockets(
                    "ConnectRefusesV4",
                    "UDP-V6-06",
                    "an IPv6 socket cannot be connected to IPv4",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public void connect(InetSocketAddress to) throws UdpException {
                            requireSameVersion(this, to);
                            super.connect(to);
                        }
                    }),
            Mutant.ofSockets(
                    "V6DestinationIsUnreachable",
                    "UDP-V6-07",
                    "an IPv6 destination of an IPv4 socket is NETWORK_UNREACHABLE",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public int sendTo(ByteBuffer payload, InetSocketAddress destination) throws UdpException {
                            try {
                                return super.sendTo(payload, destination);
                            } catch (UdpException e) {
                                throw e.kind() == ErrorKind.WRONG_FAMILY
                                        ? new UdpException(ErrorKind.NETWORK_UNREACHABLE, e.getMessage())
                                        : e;
                            }
                        }
                    }),
            new Mutant(
                    "IgnoresV6Only",
                    "UDP-V6-08",
                    "withV6Only(true) is ignored without the capability",
                    working -> new ForwardingBackend(working) {
                        @Override
                        public UdpSocket open(UdpConfig config) throws UdpException {
                            return super.open(config.withV6Only(false));
                        }
                    }),
            new Mutant(
                    "DeclaresV6Only",
                    "UDP-V6-09",
                    "V6_ONLY is declared, and IPv4 gets in",
                    working -> new ForwardingBackend(working) {
                        @Override
                        public Set<Capability> capabilities() {
                            Set<Capability> declared = EnumSet.of(Capability.V6_ONLY);
                            declared.addAll(super.capabilities());
                            return declared;
                        }

                        @Override
                        public UdpSocket open(UdpConfig config) throws UdpException {
                            return new ForwardingSocket(super.open(config.withV6Only(false))) {
                                @Override
                                public boolean onlyV6() {
                                    return config.v6Only();
                                }
                            };
                        }
                    }),
            new Mutant(
                    "RefusesV6OnlyOfV4",
                    "UDP-V6-10",
                    "withV6Only(true) is refused for IPv4 sockets",
                    working -> new ForwardingBackend(working) {
                        @Override
                        public UdpSocket open(UdpConfig config) throws UdpException {
                            if (config.v6Only()) {
                                throw Arguments.unsupported(name(), Capability.V6_ONLY);
                            }
                            return super.open(config);
                        }
                    }),
            Mutant.ofSockets(
                    "V4GroupIsInvalidInput",
                    "UDP-V6-11",
                    "an IPv6 socket refuses IPv4 groups with INVALID_INPUT",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public void join(InetAddress group, NetworkInterface netIf) throws UdpException {
                            if (family() == INET6 && group instanceof Inet4Address) {
                                throw new UdpException(ErrorKind.INVALID_INPUT, "no IPv4 groups here");
                            }
                            super.join(group, netIf);
                        }
                    }),
            Mutant.ofSockets(
                    "SendToRefusesV4",
                    "UDP-V6-12",
                    "an IPv6 socket refuses IPv4 destinations",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public int sendTo(ByteBuffer payload, InetSocketAddress destination) throws UdpException {
                            requireSameVersion(this, destination);
                            return super.sendTo(payload, destination);
                        }
                    }),
            new Mutant(
                    "LocalScopeInvented",
                    "UDP-V6-13",
                    "a link-local address without scope gets that of the interface that has it",
                    backend -> new ForwardingBackend(backend) {
                        @Override
                        public UdpSocket open(UdpConfig config) throws UdpException {
                            InetSocketAddress local = config.localAddress();
                            try {
                                return super.open(config);
                            } catch (UdpException e) {
                                if (e.kind() != ErrorKind.INVALID_INPUT) {
                                    throw e;
                                }
                                return super.open(UdpConfig.of(new InetSocketAddress(scoped(local), local.getPort())));
                            }
                        }
                    }),
            Mutant.ofSockets(
                    "LocalScopeForgotten",
                    "UDP-V6-13",
                    "a link-local local address loses its scope id",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public InetSocketAddress localAddress() throws UdpException {
                            InetSocketAddress local = super.localAddress();
                            return local.getAddress().isLinkLocalAddress() && family() == INET6
                                    ? new InetSocketAddress(v6(local.getAddress(), 0), local.getPort())
                                    : local;
                        }
                    }));

    private V6Mutants() {}

    private static InetAddress scoped(InetSocketAddress local) throws UdpException {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(local.getAddress()::equals)
                    .findFirst()
                    .orElse(local.getAddress());
        } catch (SocketException e) {
            throw new UdpException(ErrorKind.OTHER, e.getMessage());
        }
    }

    static Mutant ofSenders(String name, String rule, String description, UnaryOperator<InetAddress> change) {
        return Mutant.ofSockets(name, rule, description, socket -> new Senders(socket, change));
    }

    private static void requireSameVersion(UdpSocket socket, InetSocketAddress address) throws UdpException {
        if (socket.family() == INET6 && address.getAddress() instanceof Inet4Address) {
            throw new UdpException(ErrorKind.WRONG_FAMILY, address + " is an IPv4 address");
        }
    }

    private static InetAddress v6(InetAddress address, int scope) {
        return address instanceof Inet6Address ? v6(address.getAddress(), scope) : address;
    }

    private static InetAddress v6(byte[] address, int scope) {
        try {
            return Inet6Address.getByAddress(null, address, scope);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static InetAddress mapped(InetAddress address) {
        ByteBuffer bytes =
                ByteBuffer.allocate(16).putLong(0).putShort((short) 0).putShort((short) -1);
        return v6(bytes.put(address.getAddress()).array(), 0);
    }

    private static final class FirstVersion implements UnaryOperator<InetAddress> {
        private InetAddress first;

        @Override
        public InetAddress apply(InetAddress sender) {
            first = first == null ? sender : first;
            return sender.getClass() == first.getClass() ? sender : first;
        }
    }

    /** Changes the address of every sender that {@code receive} names. */
    private static final class Senders extends ForwardingSocket {
        private final UnaryOperator<InetAddress> change;

        Senders(UdpSocket socket, UnaryOperator<InetAddress> change) {
            super(socket);
            this.change = change;
        }

        @Override
        public int receive(ByteBuffer buffer, DatagramInfo info) throws UdpException {
            int count = super.receive(buffer, info);
            if (count != WOULD_BLOCK) {
                InetSocketAddress sender = info.sender();
                boolean truncated = info.truncated();
                int original = info.originalLength();
                info.fill()
                        .sender(new InetSocketAddress(change.apply(sender.getAddress()), sender.getPort()))
                        .length(count, truncated, original);
            }
            return count;
        }
    }
}
