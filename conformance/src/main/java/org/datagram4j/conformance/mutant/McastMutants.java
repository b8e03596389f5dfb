package org.datagram4j.conformance.mutant;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.datagram4j.Capability;
import org.datagram4j.ErrorKind;
import org.datagram4j.Interest;
import org.datagram4j.Registry;
import org.datagram4j.Token;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.spi.Arguments;
import org.datagram4j.spi.ForwardingBackend;
import org.datagram4j.spi.ForwardingSocket;

/** Broken backends for the area MCAST. */
final class McastMutants {
    static final List<Mutant> ALL = List.of(
            Mutant.ofSockets(
                    "JoinsInNameOnly",
                    "UDP-MCAST-01",
                    "join and leave do nothing",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public void join(InetAddress group, NetworkInterface netIf) {
                            Arguments.group(group);
                        }

                        @Override
                        public void leave(InetAddress group, NetworkInterface netIf) {
                            Arguments.group(group);
                        }
                    }),
            V6Mutants.ofSenders(
                    "GroupSenderIsLoopback",
                    "UDP-MCAST-02",
                    "every sender that is not loopback is taken for loopback",
                    sender -> sender.isLoopbackAddress() ? sender : loopback(sender)),
            Mutant.ofSockets(
                    "LeavesInNameOnly",
                    "UDP-MCAST-03",
                    "the datagrams of a group that was left are still received",
                    socket -> new Members(socket) {
                        private final Set<InetAddress> left = new HashSet<>();

                        @Override
                        public void join(InetAddress group, NetworkInterface netIf) throws UdpException {
                            if (!left.remove(group)) {
                                super.join(group, netIf);
                            }
                        }

                        @Override
                        public void leave(InetAddress group, NetworkInterface netIf) throws UdpException {
                            if (left.contains(group) || !joined.containsKey(group)) {
                                super.leave(group, netIf);
                            }
                            left.add(group);
                        }
                    }),
            Mutant.ofSockets(
                    "RejoinIsForgotten",
                    "UDP-MCAST-04",
                    "a group can be joined once only",
                    socket -> new Members(socket) {
                        @Override
                        public void leave(InetAddress group, NetworkInterface netIf) throws UdpException {
                            super.leave(group, netIf);
                            joined.put(group, netIf);
                        }

                        @Override
                        public void join(InetAddress group, NetworkInterface netIf) throws UdpException {
                            if (joined.containsKey(group)) {
                                throw new UdpException(ErrorKind.ADDRESS_IN_USE, "joined already");
                            }
                            super.join(group, netIf);
                        }
                    }),
            tolerating(
                    "JoinTwiceIgnored",
                    "UDP-MCAST-05",
                    "joining a group twice is accepted, as by java.nio",
                    ErrorKind.ADDRESS_IN_USE),
            tolerating(
                    "LeaveUnjoinedIgnored",
                    "UDP-MCAST-06",
                    "leaving a group that was not joined is accepted",
                    ErrorKind.ADDRESS_NOT_AVAILABLE),
            Mutant.ofSockets(
                    "UnicastGroupIsInvalidInput",
                    "UDP-MCAST-07",
                    "a group that is not multicast is an error of the system",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public void join(InetAddress group, NetworkInterface netIf) throws UdpException {
                            if (!group.isMulticastAddress()) {
                                throw new UdpException(ErrorKind.INVALID_INPUT, "no group");
                            }
                            super.join(group, netIf);
                        }
                    }),
            Mutant.ofSockets(
                    "UnknownInterfaceIsAny",
                    "UDP-MCAST-08",
                    "a group is joined on any interface if the named one does not exist",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public void joinMulticastV4(Inet4Address group, Inet4Address interfaceAddress)
                                throws UdpException {
                            try {
                                super.joinMulticastV4(group, interfaceAddress);
                            } catch (UdpException e) {
                                join(group, null);
                            }
                        }
                    }),
            Mutant.ofSockets(
                    "JoinByNameForgotten",
                    "UDP-MCAST-09",
                    "mio's methods to join do nothing",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public void joinMulticastV4(Inet4Address group, Inet4Address interfaceAddress) {
                            Arguments.group(group);
                        }

                        @Override
                        public void joinMulticastV6(Inet6Address group, int interfaceIndex) {
                            Arguments.group(group);
                        }
                    }),
            Mutant.ofSockets(
                    "AnyInterfaceRefused",
                    "UDP-MCAST-10",
                    "a join needs an interface",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public void join(InetAddress group, NetworkInterface netIf) throws UdpException {
                            if (netIf == null) {
                                throw new UdpException(ErrorKind.NO_SUCH_DEVICE, "no interface");
                            }
                            super.join(group, netIf);
                        }
                    }),
            Mutant.ofSockets(
                    "SecondGroupReplacesFirst",
                    "UDP-MCAST-11",
                    "joining a group leaves the one joined before",
                    socket -> new Members(socket) {
                        @Override
                        public void join(InetAddress group, NetworkInterface netIf) throws UdpException {
                            super.join(group, netIf);
                            for (InetAddress other : List.copyOf(joined.keySet())) {
                                if (!other.equals(group)) {
                                    leave(other, joined.get(other));
                                }
                            }
                        }
                    }),
            Mutant.ofDeclared(
                    "SourceIgnored",
                    "UDP-MCAST-12",
                    "a join for one source hears them all",
                    Capability.MULTICAST_SOURCE,
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public void join(InetAddress group, NetworkInterface netIf, InetAddress source)
                                throws UdpException {
                            Arguments.source(Arguments.group(group), source);
                            super.join(group, netIf);
                        }

                        @Override
                        public void leave(InetAddress group, NetworkInterface netIf, InetAddress source)
                                throws UdpException {
                            Arguments.source(Arguments.group(group), source);
                            super.leave(group, netIf);
                        }
                    }),
            Mutant.ofDeclared(
                    "SourceJoinTwiceIgnored",
                    "UDP-MCAST-13",
                    "joining twice for one source is accepted",
                    Capability.MULTICAST_SOURCE,
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public void join(InetAddress group, NetworkInterface netIf, InetAddress source)
                                throws UdpException {
                            try {
                                super.join(group, netIf, source);
                            } catch (UdpException e) {
                                require(e, ErrorKind.ADDRESS_IN_USE);
                            }
                        }
                    }),
            Mutant.ofSockets(
                    "LoopOffInNameOnly",
                    "UDP-MCAST-14",
                    "multicast loop reads back as set, and has no effect",
                    LoopOffInNameOnly::new),
            Mutant.ofSockets(
                    "ReceiverLoopOffInNameOnly",
                    "UDP-MCAST-22",
                    "multicast loop of a member reads back as set, and has no effect",
                    LoopOffInNameOnly::new),
            Mutant.ofDeclared(
                    "HearsNeighbourV4",
                    "UDP-MCAST-15",
                    "an IPv4 group that was not joined is heard with the one next to it",
                    Capability.MULTICAST_ISOLATION_V4,
                    HearsNeighbour::new),
            Mutant.ofDeclared(
                    "HearsNeighbourV6",
                    "UDP-MCAST-16",
                    "an IPv6 group that was not joined is heard with the one next to it",
                    Capability.MULTICAST_ISOLATION_V6,
                    HearsNeighbour::new),
            Mutant.ofSockets(
                    "ConnectLeavesGroups", "UDP-MCAST-17", "connect leaves all groups", socket -> new Members(socket) {
                        @Override
                        public void connect(InetSocketAddress peer) throws UdpException {
                            for (Map.Entry<InetAddress, NetworkInterface> member : joined.entrySet()) {
                                delegate().leave(member.getKey(), member.getValue());
                            }
                            joined.clear();
                            super.connect(peer);
                        }
                    }),
            Mutant.ofSockets(
                    "WrongFamilyGroupIsInvalidInput",
                    "UDP-MCAST-18",
                    "an IPv6 group at an IPv4 socket is INVALID_INPUT",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public void join(InetAddress group, NetworkInterface netIf) throws UdpException {
                            if (family() == StandardProtocolFamily.INET && group instanceof Inet6Address) {
                                throw new UdpException(ErrorKind.INVALID_INPUT, "no IPv6 groups here");
                            }
                            super.join(group, netIf);
                        }
                    }),
            new Mutant(
                    "IgnoresReuseAddress",
                    "UDP-MCAST-19",
                    "withReuseAddress is ignored",
                    working -> new ForwardingBackend(working) {
                        @Override
                        public UdpSocket open(UdpConfig config) throws UdpException {
                            return super.open(config.withReuseAddress(false));
                        }
                    }),
            Mutant.ofSockets("JoinDeregisters", "UDP-MCAST-20", "join ends the registration", JoinDeregisters::new),
            new Mutant(
                    "LeaveIsForAll",
                    "UDP-MCAST-21",
                    "leaving a group ends every socket's membership",
                    McastMutants::leavingForAll));

    private McastMutants() {}

    private static InetAddress loopback(InetAddress like) {
        try {
            return InetAddress.getByName(like instanceof Inet4Address ? "127.0.0.1" : "::1");
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void require(UdpException e, ErrorKind kind) throws UdpException {
        if (e.kind() != kind) {
            throw e;
        }
    }

    private static Mutant tolerating(String name, String rule, String description, ErrorKind kind) {
        return Mutant.ofSockets(name, rule, description, socket -> new ForwardingSocket(socket) {
            @Override
            public void join(InetAddress group, NetworkInterface netIf) throws UdpException {
                try {
                    super.join(group, netIf);
                } catch (UdpException e) {
                    require(e, kind);
                }
            }

            @Override
            public void leave(InetAddress group, NetworkInterface netIf) throws UdpException {
                try {
                    super.leave(group, netIf);
                } catch (UdpException e) {
                    require(e, kind);
                }
            }
        });
    }

    private static UdpBackend leavingForAll(UdpBackend working) {
        List<UdpSocket> all = new CopyOnWriteArrayList<>();
        UnaryOperator<UdpSocket> breaks = socket -> new ForwardingSocket(socket) {
            @Override
            public void leave(InetAddress group, NetworkInterface netIf) throws UdpException {
                super.leave(group, netIf);
                for (UdpSocket other : all) {
                    leaveQuietly(other, group, netIf);
                }
            }
        };
        return new ForwardingBackend(working) {
            @Override
            public UdpSocket open(UdpConfig config) throws UdpException {
                UdpSocket socket = super.open(config);
                all.add(socket);
                return breaks.apply(socket);
            }
        };
    }

    private static void leaveQuietly(UdpSocket socket, InetAddress group, NetworkInterface netIf) {
        try {
            socket.leave(group, netIf);
        } catch (UdpException e) {
            return; // it was no member
        }
    }

    /** Remembers what was joined. */
    private static class Members extends ForwardingSocket {
        final Map<InetAddress, NetworkInterface> joined = new LinkedHashMap<>();

        Members(UdpSocket socket) {
            super(socket);
        }

        @Override
        public void join(InetAddress group, NetworkInterface netIf) throws UdpException {
            super.join(group, netIf);
            joined.put(group, netIf);
        }

        @Override
        public void leave(InetAddress group, NetworkInterface netIf) throws UdpException {
            super.leave(group, netIf);
            joined.remove(group);
        }
    }

    private static final class LoopOffInNameOnly extends ForwardingSocket {
        private Object told;

        LoopOffInNameOnly(UdpSocket socket) {
            super(socket);
        }

        @Override
        public <T> void setOption(SocketOption<T> option, T value) throws UdpException {
            if (StandardSocketOptions.IP_MULTICAST_LOOP.equals(option) && value != null) {
                told = value;
            } else {
                super.setOption(option, value);
            }
        }

        @Override
        public <T> T getOption(SocketOption<T> option) throws UdpException {
            return StandardSocketOptions.IP_MULTICAST_LOOP.equals(option) && told != null
                    ? option.type().cast(told)
                    : super.getOption(option);
        }
    }

    private static final class HearsNeighbour extends ForwardingSocket {
        HearsNeighbour(UdpSocket socket) {
            super(socket);
        }

        @Override
        public void join(InetAddress group, NetworkInterface netIf) throws UdpException {
            super.join(group, netIf);
            byte[] address = group.getAddress();
            address[address.length - 1] ^= 1;
            try {
                super.join(InetAddress.getByAddress(address), netIf);
            } catch (UnknownHostException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static final class JoinDeregisters extends ForwardingSocket {
        private Registry registry;

        JoinDeregisters(UdpSocket socket) {
            super(socket);
        }

        @Override
        public void register(Registry with, Token token, Interest interest) throws IOException {
            super.register(with, token, interest);
            registry = with;
        }

        @Override
        public void join(InetAddress group, NetworkInterface netIf) throws UdpException {
            super.join(group, netIf);
            if (registry != null) {
                try {
                    deregister(registry);
                } catch (IOException e) {
                    registry = null;
                }
            }
        }
    }
}
