package org.datagram4j.conformance.mutant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.function.UnaryOperator;
import org.datagram4j.ErrorKind;
import org.datagram4j.TruncationPolicy;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.spi.ForwardingBackend;
import org.datagram4j.spi.ForwardingSocket;

/** Broken backends for the area BIND. */
final class BindMutants {
    static final List<Mutant> ALL = List.of(
            ofOpen(
                    "ListensEverywhere",
                    "UDP-BIND-21",
                    "binds to every address, and says it did not",
                    (backend, config) -> {
                        InetSocketAddress asked = config.localAddress();
                        UdpSocket everywhere = backend.open(
                                moved(config, new InetSocketAddress(any(asked.getAddress()), asked.getPort())));
                        return new ForwardingSocket(everywhere) {
                            @Override
                            public InetSocketAddress localAddress() throws UdpException {
                                return new InetSocketAddress(
                                        asked.getAddress(), super.localAddress().getPort());
                            }
                        };
                    }),
            Mutant.ofSockets(
                    "ReportsPortZero",
                    "UDP-BIND-01",
                    "localAddress is the address that was configured, not the one that was bound",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public InetSocketAddress localAddress() throws UdpException {
                            return new InetSocketAddress(super.localAddress().getAddress(), 0);
                        }
                    }),
            ofConfigs(
                    "IgnoresPort",
                    "UDP-BIND-02",
                    "always lets the system choose the port",
                    config -> moved(
                            config, new InetSocketAddress(config.localAddress().getAddress(), 0))),
            ofConfigs(
                    "ReusesWhereTheSystemChooses",
                    "UDP-BIND-22",
                    "sets SO_REUSEADDR on every socket whose port the system chooses",
                    config -> config.localAddress().getPort() == 0 ? config.withReuseAddress(true) : config),
            ofOpen(
                    "ListensEverywhereV6",
                    "UDP-BIND-23",
                    "binds an IPv6 socket to every address, and says it did not",
                    (backend, config) -> {
                        InetSocketAddress asked = config.localAddress();
                        if (asked.getAddress() instanceof Inet4Address) {
                            return backend.open(config);
                        }
                        UdpSocket everywhere = backend.open(
                                moved(config, new InetSocketAddress(any(asked.getAddress()), asked.getPort())));
                        return new ForwardingSocket(everywhere) {
                            @Override
                            public InetSocketAddress localAddress() throws UdpException {
                                return new InetSocketAddress(
                                        asked.getAddress(), super.localAddress().getPort());
                            }
                        };
                    }),
            ofOpen(
                    "OpensAnother",
                    "UDP-BIND-24",
                    "keeps a second socket at another port beside each one",
                    (backend, config) -> {
                        UdpSocket second = backend.bind(
                                new InetSocketAddress(config.localAddress().getAddress(), 0));
                        return new ForwardingSocket(backend.open(config)) {
                            @Override
                            public void close() {
                                second.close();
                                super.close();
                            }
                        };
                    }),
            ofConfigs(
                    "ReusesUnasked",
                    "UDP-BIND-03",
                    "sets SO_REUSEADDR on every socket",
                    config -> config.withReuseAddress(true)),
            ofOpen("ForgetsWhyBindFailed", "UDP-BIND-04", "reports a failed bind as OTHER", (backend, config) -> {
                try {
                    return backend.open(config);
                } catch (UdpException e) {
                    throw e.kind() == ErrorKind.ADDRESS_NOT_AVAILABLE
                            ? new UdpException(ErrorKind.OTHER, e.getMessage())
                            : e;
                }
            }),
            Mutant.ofSockets(
                    "AlwaysIpv6",
                    "UDP-BIND-05",
                    "says that every socket is an IPv6 one",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public StandardProtocolFamily family() {
                            return StandardProtocolFamily.INET6;
                        }
                    }),
            ofOpen(
                    "NullIsDefault",
                    "UDP-BIND-06",
                    "opens some socket if the configuration is null",
                    (backend, config) -> {
                        return backend.open(config == null ? UdpConfig.of(new InetSocketAddress(0)) : config);
                    }),
            ofConfigs(
                    "IgnoresBufferSizes",
                    "UDP-BIND-07",
                    "does not ask for the receive buffer of the configuration",
                    config -> config.withReceiveBufferBytes(UdpConfig.SYSTEM_DEFAULT)),
            ofConfigs(
                    "IgnoresReuse", "UDP-BIND-08", "never sets SO_REUSEADDR", config -> config.withReuseAddress(false)),
            ofOpen(
                    "BindsWildcard",
                    "UDP-BIND-09",
                    "binds a second loopback address as the wildcard",
                    (backend, config) -> {
                        InetAddress address = config.localAddress().getAddress();
                        return address.isLoopbackAddress() && address.getAddress()[address.getAddress().length - 1] == 2
                                ? backend.open(moved(
                                        config,
                                        new InetSocketAddress(
                                                config.localAddress().getPort())))
                                : backend.open(config);
                    }),
            Mutant.ofSockets(
                    "HidesWildcard",
                    "UDP-BIND-10",
                    "reports the loopback address for the wildcard",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public InetSocketAddress localAddress() throws UdpException {
                            InetSocketAddress local = super.localAddress();
                            return local.getAddress().isAnyLocalAddress()
                                    ? new InetSocketAddress(InetAddress.getLoopbackAddress(), local.getPort())
                                    : local;
                        }
                    }),
            Mutant.ofSockets(
                    "ResolvesPolicy",
                    "UDP-BIND-11",
                    "tells what PLATFORM comes to, not what was set",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public TruncationPolicy truncationPolicy() throws UdpException {
                            return super.truncationPolicy().on(backend().profile());
                        }
                    }),
            Mutant.ofSockets(
                    "Nameless", "UDP-BIND-12", "sockets have no names", socket -> new ForwardingSocket(socket) {
                        @Override
                        public String toString() {
                            return "UdpSocket@" + Integer.toHexString(hashCode());
                        }
                    }),
            ofAdopt("AdoptDisconnects", "UDP-BIND-13", "disconnects a channel that it adopts", channel -> {
                channel.disconnect();
            }),
            ofAdopt("AdoptDemandsNonBlocking", "UDP-BIND-14", "refuses a channel in blocking mode", channel -> {
                if (channel.isOpen() && channel.isBlocking() && channel.getLocalAddress() != null) {
                    throw new IllegalArgumentException("the channel is in blocking mode");
                }
            }),
            ofAdopt(
                    "AdoptChangesFirst",
                    "UDP-BIND-15",
                    "makes a channel non-blocking before it looks at it",
                    channel -> {
                        if (channel.isOpen()) {
                            channel.configureBlocking(false);
                        }
                    }),
            Mutant.ofSockets(
                    "ReleasesBlocking",
                    "UDP-BIND-16",
                    "releases a channel in blocking mode",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public DatagramChannel releaseChannel() throws UdpException {
                            DatagramChannel channel = super.releaseChannel();
                            try {
                                channel.configureBlocking(true);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                            return channel;
                        }
                    }),
            Mutant.ofSockets(
                    "OneHandleForAll",
                    "UDP-BIND-17",
                    "gives every socket the same handle",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public long rawHandle() throws UdpException {
                            return super.rawHandle() & ~0xFF;
                        }
                    }),
            Mutant.ofSockets(
                    "HandleOutlivesSocket",
                    "UDP-BIND-17",
                    "tells the handle of a closed socket",
                    socket -> new ForwardingSocket(socket) {
                        private final long handle = handleOf(socket);

                        @Override
                        public long rawHandle() {
                            return handle;
                        }
                    }),
            ofAdopt("AdoptForgetsPeer", "UDP-BIND-18", "forgets the peer of an adopted handle", (backend, handle) -> {
                UdpSocket adopted = backend.adopt(handle);
                adopted.disconnect();
                return adopted;
            }),
            ofAdopt("AdoptDrops", "UDP-BIND-18", "drops what is queued at an adopted handle", (backend, handle) -> {
                UdpSocket adopted = backend.adopt(handle);
                adopted.recv(ByteBuffer.allocate(0));
                return adopted;
            }),
            ofAdopt("CutsHandles", "UDP-BIND-19", "looks at 32 bits of a handle", (backend, handle) -> {
                return backend.adopt((int) handle);
            }),
            ofAdopt("AdoptsAnything", "UDP-BIND-20", "opens a socket for a handle that is none", (backend, handle) -> {
                try {
                    return backend.adopt(handle);
                } catch (UdpException e) {
                    return backend.bind(new InetSocketAddress(0));
                }
            }));

    private BindMutants() {}

    private interface Adopt {
        UdpSocket adopt(UdpBackend working, long handle) throws UdpException;
    }

    private static Mutant ofAdopt(String name, String rule, String description, Adopt broken) {
        return new Mutant(name, rule, description, working -> new ForwardingBackend(working) {
            @Override
            public UdpSocket adopt(long handle) throws UdpException {
                return broken.adopt(delegate(), handle);
            }
        });
    }

    private static long handleOf(UdpSocket socket) {
        try {
            return socket.rawHandle();
        } catch (UdpException | UnsupportedOperationException e) {
            return 0;
        }
    }

    private interface Open {
        UdpSocket open(UdpBackend working, UdpConfig config) throws UdpException;
    }

    private interface Meddle {
        void with(DatagramChannel channel) throws IOException;
    }

    private static Mutant ofOpen(String name, String rule, String description, Open open) {
        return new Mutant(name, rule, description, working -> new ForwardingBackend(working) {
            @Override
            public UdpSocket open(UdpConfig config) throws UdpException {
                return open.open(delegate(), config);
            }
        });
    }

    private static Mutant ofConfigs(String name, String rule, String description, UnaryOperator<UdpConfig> change) {
        return ofOpen(name, rule, description, (backend, config) -> backend.open(change.apply(config)));
    }

    private static Mutant ofAdopt(String name, String rule, String description, Meddle before) {
        return new Mutant(name, rule, description, working -> new ForwardingBackend(working) {
            @Override
            public UdpSocket adopt(DatagramChannel channel) throws UdpException {
                try {
                    before.with(channel);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return super.adopt(channel);
            }
        });
    }

    private static InetAddress any(InetAddress like) {
        try {
            return InetAddress.getByAddress(new byte[like.getAddress().length]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static UdpConfig moved(UdpConfig config, InetSocketAddress local) {
        return UdpConfig.of(local)
                .withReuseAddress(config.reuseAddress())
                .withReceiveBufferBytes(config.receiveBufferBytes())
                .withSendBufferBytes(config.sendBufferBytes())
                .withTruncationPolicy(config.truncationPolicy())
                .withMetadata(config.metadata());
    }
}
