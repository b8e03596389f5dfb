package org.datagram4j.conformance.mutant;

import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.datagram4j.Capability;
import org.datagram4j.ErrorKind;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpException;
import org.datagram4j.UdpOptions;
import org.datagram4j.UdpSocket;
import org.datagram4j.spi.ForwardingBackend;
import org.datagram4j.spi.ForwardingSocket;

/** Broken backends for the area OPT. */
final class OptMutants {
    static final List<Mutant> ALL = List.of(
            Mutant.ofSockets(
                    "BroadcastOnAtFirst",
                    "UDP-OPT-01",
                    "broadcast is on until it is switched off",
                    socket -> new ForwardingSocket(socket) {
                        private boolean set;

                        @Override
                        public <T> void setOption(SocketOption<T> option, T value) throws UdpException {
                            super.setOption(option, value);
                            set |= option.equals(StandardSocketOptions.SO_BROADCAST);
                        }

                        @Override
                        public <T> T getOption(SocketOption<T> option) throws UdpException {
                            T value = super.getOption(option);
                            boolean first = option.equals(StandardSocketOptions.SO_BROADCAST) && !set;
                            return first ? option.type().cast(true) : value;
                        }
                    }),
            setting(
                    "ReceiveBufferShrinks",
                    "UDP-OPT-02",
                    "asking for a large receive buffer gives a small one",
                    StandardSocketOptions.SO_RCVBUF,
                    bytes -> bytes > 65_536 ? 4_096 : bytes),
            setting(
                    "SendBufferShrinks",
                    "UDP-OPT-03",
                    "asking for a large send buffer gives a small one",
                    StandardSocketOptions.SO_SNDBUF,
                    bytes -> bytes > 65_536 ? 4_608 : bytes),
            getting(
                    "MulticastLoopInverted",
                    "UDP-OPT-04",
                    "multicast loop reads the wrong way round",
                    StandardSocketOptions.IP_MULTICAST_LOOP,
                    on -> !on),
            getting(
                    "MulticastTtlSigned",
                    "UDP-OPT-05",
                    "a multicast TTL above 127 reads negative",
                    StandardSocketOptions.IP_MULTICAST_TTL,
                    ttl -> (int) ttl.byteValue()),
            setting(
                    "MulticastTtlCut",
                    "UDP-OPT-06",
                    "of a multicast TTL the lower 8 bits are taken",
                    StandardSocketOptions.IP_MULTICAST_TTL,
                    ttl -> ttl & 0xFF),
            Mutant.ofSockets(
                    "LoopV4OfAnySocket",
                    "UDP-OPT-07",
                    "the multicast loop of IPv4 can be read at IPv6 sockets",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public boolean multicastLoopV4() throws UdpException {
                            return getOption(StandardSocketOptions.IP_MULTICAST_LOOP);
                        }
                    }),
            Mutant.ofSockets(
                    "OptionsCanBeCleared",
                    "UDP-OPT-08",
                    "the set of supported options can be modified",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public Set<SocketOption<?>> supportedOptions() {
                            return new HashSet<>(super.supportedOptions());
                        }
                    }),
            Mutant.ofSockets(
                    "UnknownOptionIgnored",
                    "UDP-OPT-09",
                    "setting an option that is not supported does nothing",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public <T> void setOption(SocketOption<T> option, T value) throws UdpException {
                            if (option == null || supportedOptions().contains(option)) {
                                super.setOption(option, value);
                            }
                        }
                    }),
            Mutant.ofSockets(
                    "NullValueIgnored",
                    "UDP-OPT-10",
                    "setting an option to null does nothing",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public <T> void setOption(SocketOption<T> option, T value) throws UdpException {
                            if (option == null || value != null) {
                                super.setOption(option, value);
                            }
                        }
                    }),
            getting(
                    "TypeOfServiceReadsZero",
                    "UDP-OPT-11",
                    "the type of service reads 0 for ever",
                    StandardSocketOptions.IP_TOS,
                    tos -> 0),
            ofConfigs(
                    "AlwaysReusesAddress",
                    "UDP-OPT-12",
                    "SO_REUSEADDR is set on every socket",
                    config -> config.withReuseAddress(true)),
            getting(
                    "MulticastInterfaceForgotten",
                    "UDP-OPT-13",
                    "the multicast interface reads as not set",
                    StandardSocketOptions.IP_MULTICAST_IF,
                    netIf -> null),
            Mutant.ofDeclared(
                    "DeclaresUnicastTtl",
                    "UDP-OPT-14",
                    "UNICAST_TTL is declared, and refused",
                    Capability.UNICAST_TTL,
                    socket -> socket),
            Mutant.ofDeclared(
                    "DeclaresUnicastHops",
                    "UDP-OPT-15",
                    "UNICAST_HOPS_V6 is declared, and refused",
                    Capability.UNICAST_HOPS_V6,
                    socket -> socket),
            ofConfigs(
                    "IgnoresReusePort",
                    "UDP-OPT-16",
                    "withReusePort is ignored",
                    config -> config.withReusePort(false)),
            Mutant.ofDeclared(
                    "DontFragmentForgotten",
                    "UDP-OPT-17",
                    "DONT_FRAGMENT is declared, and reads false for ever",
                    Capability.DONT_FRAGMENT,
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public <T> T getOption(SocketOption<T> option) throws UdpException {
                            return isDontFragment(option) ? option.type().cast(false) : super.getOption(option);
                        }

                        @Override
                        public <T> void setOption(SocketOption<T> option, T value) throws UdpException {
                            if (!isDontFragment(option)) {
                                super.setOption(option, value);
                            }
                        }

                        private boolean isDontFragment(SocketOption<?> option) {
                            return option != null && option.name().equals("IP_DONTFRAGMENT");
                        }
                    }),
            Mutant.ofDeclared(
                    "DeclaresPathMtu",
                    "UDP-OPT-18",
                    "PATH_MTU is declared, and refused",
                    Capability.PATH_MTU,
                    socket -> socket),
            new Mutant(
                    "BroadcastIsShared",
                    "UDP-OPT-19",
                    "all sockets share one broadcast option",
                    OptMutants::sharingBroadcast),
            Mutant.ofSockets(
                    "BroadcastRefusedAsOther",
                    "UDP-OPT-20",
                    "a broadcast that is not allowed is an error of kind OTHER",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public int sendTo(ByteBuffer payload, InetSocketAddress destination) throws UdpException {
                            try {
                                return super.sendTo(payload, destination);
                            } catch (UdpException e) {
                                boolean broadcast = destination
                                        .getAddress()
                                        .getHostAddress()
                                        .equals("255.255.255.255");
                                throw broadcast ? new UdpException(ErrorKind.OTHER, e.getMessage()) : e;
                            }
                        }
                    }),
            ofConfigs(
                    "ForgetsBufferSizes",
                    "UDP-OPT-21",
                    "the buffer sizes of the configuration are ignored",
                    config -> config.withReceiveBufferBytes(UdpConfig.SYSTEM_DEFAULT)
                            .withSendBufferBytes(UdpConfig.SYSTEM_DEFAULT)),
            Mutant.ofDeclared(
                    "DeclaresBusyPoll",
                    "UDP-OPT-22",
                    "BUSY_POLL is declared, and refused",
                    Capability.BUSY_POLL,
                    socket -> socket),
            Mutant.ofDeclaredConfigs(
                    "IgnoresDevice",
                    "UDP-OPT-23",
                    "does not look at the device",
                    Capability.BIND_DEVICE,
                    config -> config.withDevice(null)),
            Mutant.ofDeclaredConfigs(
                    "DeviceEndsAtZero",
                    "UDP-OPT-23",
                    "reads the name of a device up to the first zero, as C does",
                    Capability.BIND_DEVICE,
                    config -> config.device() == null || config.device().indexOf(0) <= 0
                            ? config
                            : config.withDevice(
                                    config.device().substring(0, config.device().indexOf(0)))),
            tells("TtlReadsDefault", "UDP-OPT-14", "tells a TTL of 64 always", UdpOptions.IP_TTL, 64),
            tells("HopsReadDefault", "UDP-OPT-15", "tells a hop limit of 64 always", UdpOptions.IPV6_UNICAST_HOPS, 64),
            tells("PathMtuIsUnknown", "UDP-OPT-18", "tells a path MTU of 0", UdpOptions.IP_MTU, 0),
            tells(
                    "BusyPollReadsNegative",
                    "UDP-OPT-22",
                    "tells -1 for the system's default",
                    UdpOptions.SO_BUSY_POLL,
                    -1));

    private OptMutants() {}

    private static Mutant tells(
            String name, String rule, String description, SocketOption<Integer> broken, Integer value) {
        return Mutant.ofSockets(name, rule, description, socket -> new ForwardingSocket(socket) {
            @Override
            public <T> T getOption(SocketOption<T> option) throws UdpException {
                T right = super.getOption(option);
                return option == broken ? option.type().cast(value) : right;
            }
        });
    }

    private static <V> Mutant setting(
            String name, String rule, String description, SocketOption<V> broken, UnaryOperator<V> change) {
        return Mutant.ofSockets(name, rule, description, socket -> new ForwardingSocket(socket) {
            @Override
            public <T> void setOption(SocketOption<T> option, T value) throws UdpException {
                boolean changed = broken.equals(option) && value != null;
                super.setOption(
                        option,
                        changed ? option.type().cast(change.apply(broken.type().cast(value))) : value);
            }
        });
    }

    private static <V> Mutant getting(
            String name, String rule, String description, SocketOption<V> broken, UnaryOperator<V> change) {
        return Mutant.ofSockets(name, rule, description, socket -> new ForwardingSocket(socket) {
            @Override
            public <T> T getOption(SocketOption<T> option) throws UdpException {
                T value = super.getOption(option);
                return broken.equals(option)
                        ? option.type().cast(change.apply(broken.type().cast(value)))
                        : value;
            }
        });
    }

    private static Mutant ofConfigs(String name, String rule, String description, UnaryOperator<UdpConfig> change) {
        return new Mutant(name, rule, description, working -> new ForwardingBackend(working) {
            @Override
            public UdpSocket open(UdpConfig config) throws UdpException {
                return super.open(change.apply(config));
            }
        });
    }

    private static UdpBackend sharingBroadcast(UdpBackend working) {
        AtomicBoolean broadcast = new AtomicBoolean();
        UnaryOperator<UdpSocket> breaks = socket -> new ForwardingSocket(socket) {
            @Override
            public <T> void setOption(SocketOption<T> option, T value) throws UdpException {
                super.setOption(option, value);
                if (option.equals(StandardSocketOptions.SO_BROADCAST)) {
                    broadcast.set((Boolean) value);
                }
            }

            @Override
            public <T> T getOption(SocketOption<T> option) throws UdpException {
                T value = super.getOption(option);
                return option.equals(StandardSocketOptions.SO_BROADCAST)
                        ? option.type().cast(broadcast.get())
                        : value;
            }
        };
        return new ForwardingBackend(working) {
            @Override
            public UdpSocket open(UdpConfig config) throws UdpException {
                return breaks.apply(super.open(config));
            }
        };
    }
}
