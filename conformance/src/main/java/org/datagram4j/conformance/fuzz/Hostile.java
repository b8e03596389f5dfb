package org.datagram4j.conformance.fuzz;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.datagram4j.Capability;
import org.datagram4j.Interest;
import org.datagram4j.SendInfo;
import org.datagram4j.Token;
import org.datagram4j.TruncationPolicy;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpOptions;
import org.datagram4j.UdpSocket;

/** Arguments, good and bad. Remembers whether it gave a null since {@link #begin}. */
final class Hostile {
    private static final List<SocketOption<?>> OPTIONS = List.of(
            StandardSocketOptions.SO_RCVBUF,
            StandardSocketOptions.SO_SNDBUF,
            StandardSocketOptions.SO_REUSEADDR,
            StandardSocketOptions.SO_REUSEPORT,
            StandardSocketOptions.SO_BROADCAST,
            StandardSocketOptions.SO_LINGER,
            StandardSocketOptions.SO_KEEPALIVE,
            StandardSocketOptions.TCP_NODELAY,
            StandardSocketOptions.IP_TOS,
            StandardSocketOptions.IP_MULTICAST_IF,
            StandardSocketOptions.IP_MULTICAST_TTL,
            StandardSocketOptions.IP_MULTICAST_LOOP,
            UdpOptions.IP_TTL,
            UdpOptions.IPV6_UNICAST_HOPS,
            UdpOptions.IPV6_V6ONLY,
            UdpOptions.IP_DONTFRAGMENT,
            UdpOptions.IP_MTU,
            UdpOptions.SO_BUSY_POLL);

    private static final int[] NUMBERS = {
        Integer.MIN_VALUE,
        -70_000,
        -2,
        -1,
        0,
        1,
        2,
        3,
        7,
        48,
        64,
        255,
        256,
        1_472,
        65_507,
        65_527,
        65_535,
        65_536,
        1 << 24,
        Integer.MAX_VALUE
    };

    /** Never a descriptor of this process; the lower half of some is one. */
    static final long[] NO_HANDLES = {
        Long.MIN_VALUE, -1, 999_999, Integer.MAX_VALUE, 1L << 31, 1L << 32, (1L << 32) + 1, 1L << 40, Long.MAX_VALUE
    };

    private static final NetworkInterface LOOPBACK = loopback();

    private final Random random;
    private final Toys toys;
    private boolean nulls;

    Hostile(Random random, Toys toys) {
        this.random = random;
        this.toys = toys;
    }

    private static NetworkInterface loopback() {
        try {
            return NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException("no loopback interface", e);
        }
    }

    void begin() {
        nulls = false;
    }

    /** Whether a null was given, so that a NullPointerException is what was promised. */
    boolean gaveNull() {
        return nulls;
    }

    /** Remembers a null that was given otherwise. */
    void noteNull() {
        nulls = true;
    }

    boolean oneIn(int chances) {
        return random.nextInt(chances) == 0;
    }

    <T> T perhaps(T object) {
        if (oneIn(50)) {
            nulls = true;
            return null;
        }
        return object;
    }

    <T> T from(AtomicReferenceArray<T> shared) {
        return shared.get(random.nextInt(shared.length()));
    }

    int number() {
        return oneIn(2) ? random.nextInt(80) : NUMBERS[random.nextInt(NUMBERS.length)];
    }

    /** An index into something with so many entries, mostly. */
    int index(int entries) {
        return oneIn(6) ? number() : random.nextInt(entries);
    }

    long noHandle() {
        return NO_HANDLES[random.nextInt(NO_HANDLES.length)];
    }

    Token token() {
        return perhaps(new Token(
                switch (random.nextInt(4)) {
                    case 0 -> Long.MIN_VALUE;
                    case 1 -> Long.MAX_VALUE;
                    case 2 -> -1;
                    default -> random.nextLong();
                }));
    }

    Interest interest() {
        return perhaps(Interest.values()[random.nextInt(3)]);
    }

    TruncationPolicy policy() {
        return perhaps(TruncationPolicy.values()[random.nextInt(TruncationPolicy.values().length)]);
    }

    InetSocketAddress destination() throws IOException {
        return perhaps(
                switch (random.nextInt(10)) {
                    case 0 -> InetSocketAddress.createUnresolved("nowhere.invalid", 9);
                    case 1 -> new InetSocketAddress("127.0.0.1", 0);
                    case 2 -> new InetSocketAddress("127.0.0.1", 9);
                    case 3 -> new InetSocketAddress("::1", 9);
                    case 4 -> new InetSocketAddress("0.0.0.0", port());
                    case 5 -> new InetSocketAddress("::", port());
                    case 6 -> new InetSocketAddress("::1", port());
                    default -> new InetSocketAddress("127.0.0.1", port());
                });
    }

    private int port() {
        UdpSocket socket = from(toys.sockets);
        try {
            return socket.localAddress().getPort();
        } catch (IOException e) {
            return 9; // closed
        }
    }

    UdpConfig config() throws IOException {
        InetSocketAddress where = switch (random.nextInt(12)) {
            case 0 -> new InetSocketAddress("192.0.2.1", 0);
            case 1 -> new InetSocketAddress("fe80::1", 0);
            case 2 -> new InetSocketAddress("127.0.0.1", port());
            case 3 -> new InetSocketAddress("224.0.0.77", 0);
            case 4 -> new InetSocketAddress("ff02::77", 0);
            case 5 -> new InetSocketAddress("::", 0);
            case 6, 7 -> new InetSocketAddress("::1", 0);
            case 8 -> new InetSocketAddress("0.0.0.0", 0);
            default -> new InetSocketAddress("127.0.0.1", 0);
        };
        UdpConfig config = UdpConfig.of(where);
        if (oneIn(2)) {
            return config;
        }
        config = config.withReuseAddress(oneIn(2))
                .withReusePort(oneIn(4))
                .withV6Only(oneIn(6))
                .withReceiveBufferBytes(Math.max(0, number()))
                .withSendBufferBytes(Math.max(0, number()))
                .withCoalescing(oneIn(4))
                .withErrorQueue(oneIn(4))
                .withTruncationPolicy(TruncationPolicy.values()[random.nextInt(3)]);
        if (oneIn(5)) {
            config = config.withDevice(List.of("lo", "nope", "x".repeat(300), "../lo", "lo\0x", "\u00e9\ud800")
                    .get(random.nextInt(6)));
        }
        if (oneIn(2)) {
            config = config.withMetadata(fields());
        }
        return config;
    }

    private Set<Capability> fields() {
        EnumSet<Capability> fields = EnumSet.noneOf(Capability.class);
        for (Capability capability : Capability.values()) {
            if (capability.kind() == Capability.Kind.FIELD
                    && (oneIn(20) || toys.backend.capabilities().contains(capability))) {
                fields.add(capability);
            }
        }
        return fields;
    }

    /** Fills a control with what it accepts. */
    SendInfo control(SendInfo info) throws IOException {
        info.clear().destination(oneIn(4) ? null : destination());
        if (oneIn(6)) {
            info.sourceAddress(
                    InetAddress.getByName(List.of("127.0.0.1", "127.0.0.2", "192.0.2.1", "::1", "224.0.0.1", "::")
                            .get(random.nextInt(6))));
        }
        if (oneIn(6)) {
            info.interfaceIndex(oneIn(2) ? LOOPBACK.getIndex() : Integer.MAX_VALUE);
        }
        if (oneIn(4)) {
            info.segmentBytes(oneIn(3) ? 65_527 : 1 + random.nextInt(40));
        }
        if (oneIn(6)) {
            info.ecn(random.nextInt(4)).trafficClass(random.nextInt(256)).hopLimit(1 + random.nextInt(255));
        }
        return info;
    }

    /** How long to wait; long waits are cut short from outside. */
    Duration timeout() {
        return switch (random.nextInt(24)) {
            case 0 -> null;
            case 1 -> Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);
            case 2 -> Duration.ofNanos(Long.MAX_VALUE);
            case 3 -> Duration.ofSeconds(Long.MIN_VALUE);
            case 4 -> Duration.ofNanos(-1);
            case 5 -> Duration.ofNanos(1);
            case 6 -> Duration.ofMillis(1);
            default -> Duration.ZERO;
        };
    }

    SocketOption<?> option() {
        if (oneIn(20)) {
            return new SocketOption<String>() {
                @Override
                public String name() {
                    return "SO_RCVBUF"; // whose name is no key
                }

                @Override
                public Class<String> type() {
                    return String.class;
                }
            };
        }
        return perhaps(OPTIONS.get(random.nextInt(OPTIONS.size())));
    }

    /** A value for an option, of its type unless it was heaped together with a raw type. */
    Object value(SocketOption<?> option) {
        if (option != null && !oneIn(8)) {
            if (option.type() == Boolean.class) {
                return perhaps(oneIn(2));
            }
            if (option.type() == NetworkInterface.class) {
                return perhaps(LOOPBACK);
            }
            if (option.type() == Integer.class) {
                return perhaps(number());
            }
        }
        return perhaps(
                switch (random.nextInt(3)) {
                    case 0 -> "text";
                    case 1 -> 1L;
                    default -> true;
                });
    }

    InetAddress group() throws IOException {
        return perhaps(InetAddress.getByName(List.of("224.0.0.77", "224.0.0.78", "ff01::77", "127.0.0.1", "::1")
                .get(random.nextInt(5))));
    }

    InetAddress groupSource() throws IOException {
        return perhaps(InetAddress.getByName(
                List.of("127.0.0.1", "127.0.0.2", "::1", "224.0.0.1", "0.0.0.0").get(random.nextInt(5))));
    }

    /** Always loopback: no other interface is to say on its network what was joined. */
    NetworkInterface networkInterface() {
        return LOOPBACK;
    }
}
