package org.datagram4j.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.EnumSet;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.datagram4j.Capability;
import org.datagram4j.DatagramInfo;
import org.datagram4j.ErrorKind;
import org.datagram4j.Events;
import org.datagram4j.Interest;
import org.datagram4j.Poll;
import org.datagram4j.SendInfo;
import org.datagram4j.Token;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpException;
import org.datagram4j.UdpOptions;
import org.datagram4j.UdpSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What loopback cannot provoke, in two networks of the test's own: here, where the backend is, and there, where a peer
 * is. Two cables join them, a and b.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NetnsTest {
    private static final int EMSGSIZE = 90;
    private static final Token TOKEN = new Token(7);
    private static final String GROUP = "239.1.2.3";
    private static final InetSocketAddress NOWHERE = new InetSocketAddress("192.0.2.1", 9);

    private Namespace here;
    private Namespace there;
    private DatagramChannel peerA;
    private DatagramChannel peerB;

    /** The native backend by each linkage. */
    static Stream<NativeBackend> natives() {
        return Lab.backends();
    }

    /** And the one on java.nio. */
    static Stream<UdpBackend> all() {
        NetnsTest.class.getModule().addUses(UdpBackend.class);
        Stream<UdpBackend> nio = ServiceLoader.load(UdpBackend.class).stream()
                .filter(provider -> !provider.type().equals(NativeBackend.class))
                .map(ServiceLoader.Provider::get);
        return Stream.concat(nio, Lab.backends());
    }

    /** Those that can be told not to fragment. */
    static Stream<UdpBackend> unfragmented() {
        return all().filter(backend -> backend.capabilities().contains(Capability.DONT_FRAGMENT));
    }

    @BeforeEach
    void cable() throws Exception {
        here = Namespace.open();
        there = Namespace.open();
        // Linux tells of a cable at once if its ends have different numbers, and otherwise after a second.
        here.set("""
                ip link add a0 index 11 type veth peer name a1 index 12
                ip link add b0 index 13 type veth peer name b1 index 14
                ip link set a1 netns %1$s
                ip link set b1 netns %1$s
                ip addr add 10.1.0.1/24 dev a0
                ip addr add 10.1.0.3/24 dev a0
                ip addr add 10.2.0.1/24 dev b0
                ip link set a0 up
                ip link set b0 up""".formatted(there.path()));
        there.set("""
                ip addr add 10.1.0.2/24 dev a1
                ip addr add 10.2.0.2/24 dev b1
                ip link set a1 up
                ip link set b1 up""");
        here.awaitUp("a0", "b0");
        there.awaitUp("a1", "b1");
        peerA = peer("10.1.0.2");
        peerB = peer("10.2.0.2");
    }

    private DatagramChannel peer(String address) throws Exception {
        return there.call(() -> {
            DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
            channel.bind(new InetSocketAddress(address, 0)).socket().setSoTimeout((int) Lab.PATIENCE.toMillis());
            return channel;
        });
    }

    @AfterEach
    void pullOut() throws Exception {
        for (AutoCloseable part : new AutoCloseable[] {peerA, peerB, here, there}) {
            if (part != null) {
                part.close();
            }
        }
    }

    private static InetSocketAddress addressOf(DatagramChannel peer) throws Exception {
        return (InetSocketAddress) peer.getLocalAddress();
    }

    private static int send(DatagramChannel peer, int content, String host, UdpSocket to) throws Exception {
        ByteBuffer payload = ByteBuffer.allocate(1).put(0, (byte) content);
        return peer.send(payload, new InetSocketAddress(host, to.localAddress().getPort()));
    }

    /** What the peer gets next, and from whom. */
    private static InetSocketAddress receive(DatagramChannel peer, ByteBuffer buffer) throws Exception {
        DatagramPacket packet = new DatagramPacket(buffer.array(), buffer.capacity());
        peer.socket().receive(packet);
        buffer.clear().limit(packet.getLength());
        return (InetSocketAddress) packet.getSocketAddress();
    }

    private static byte next(UdpSocket socket, DatagramInfo info) throws Exception {
        ByteBuffer buffer = ByteBuffer.allocate(1);
        long end = System.nanoTime() + Lab.PATIENCE.toNanos();
        while (socket.receive(buffer.clear(), info) == UdpSocket.WOULD_BLOCK) {
            assertTrue(System.nanoTime() < end, "nothing arrives");
            Thread.onSpinWait();
        }
        return buffer.get(0);
    }

    private static int index(String name) throws Exception {
        return NetworkInterface.getByName(name).getIndex();
    }

    private static UdpException refused(Executable call) {
        return assertThrows(UdpException.class, call);
    }

    // -- sends that block

    @ParameterizedTest
    @MethodSource("all")
    void writableComesOnceAfterASendThatBlocks(UdpBackend backend) throws Exception {
        here.set("tc qdisc add dev a0 root tbf rate 256kbit burst 2k latency 60s");
        here.call(() -> {
            UdpConfig config =
                    UdpConfig.of(new InetSocketAddress("10.1.0.1", 0)).withSendBufferBytes(4_608);
            try (UdpSocket socket = backend.open(config);
                    Poll poll = backend.openPoll()) {
                Events events = poll.newEvents(8);
                socket.connect(addressOf(peerA));
                poll.registry().register(socket, TOKEN, Interest.WRITABLE);
                expectWritable(poll, events);
                for (int round = 0; round < 2; round++) {
                    assertEquals(0, poll.poll(events, Duration.ZERO), "nothing before a send that blocks");
                    assertNotEquals(0, untilBlocked(socket, poll, events));
                    expectWritable(poll, events);
                    // the queue drains meanwhile, which the system tells of each time
                    assertEquals(0, poll.poll(events, Duration.ofMillis(200)), "once only");
                }
                assertEquals(1_000, socket.send(ByteBuffer.allocate(1_000)));
            }
            return null;
        });
    }

    private static void expectWritable(Poll poll, Events events) throws Exception {
        assertEquals(1, poll.poll(events, Lab.PATIENCE));
        assertEquals(TOKEN, events.get(0).token());
        assertTrue(events.get(0).isWritable());
        assertFalse(events.get(0).isReadable());
    }

    private static int untilBlocked(UdpSocket socket, Poll poll, Events events) throws Exception {
        ByteBuffer payload = ByteBuffer.allocate(1_000);
        int sent = 0;
        while (socket.send(payload.clear()) != UdpSocket.WOULD_BLOCK) {
            assertEquals(0, poll.poll(events, Duration.ZERO), "nothing after a send that went well");
            assertTrue(++sent < 10_000, "never blocks");
        }
        assertEquals(0, payload.position());
        return sent;
    }

    // -- paths that refuse

    @ParameterizedTest
    @MethodSource("unfragmented")
    void whatThePathDoesNotTakeIsTooLarge(UdpBackend backend) throws Exception {
        here.set("ip link set a0 mtu 600");
        here.call(() -> {
            try (UdpSocket socket = backend.bind(new InetSocketAddress("10.1.0.1", 0))) {
                socket.setOption(UdpOptions.IP_DONTFRAGMENT, true);
                socket.connect(addressOf(peerA));
                ByteBuffer payload = ByteBuffer.allocate(1_000);
                UdpException e = refused(() -> socket.send(payload));
                assertEquals(ErrorKind.MESSAGE_TOO_LARGE, e.kind());
                assertEquals(0, payload.position());
                if (backend.capabilities().contains(Capability.ERROR_CODE)) {
                    assertEquals(EMSGSIZE, e.code());
                }
                if (backend.capabilities().contains(Capability.PATH_MTU)) {
                    assertEquals(600, socket.getOption(UdpOptions.IP_MTU));
                }
                payload.limit(573); // with 28 of headers
                assertEquals(
                        ErrorKind.MESSAGE_TOO_LARGE,
                        refused(() -> socket.send(payload)).kind());
                payload.limit(572);
                assertEquals(572, socket.send(payload));
                receive(peerA, ByteBuffer.allocate(600));
            }
            return null;
        });
    }

    @ParameterizedTest
    @MethodSource("all")
    void withoutARouteTheNetworkIsUnreachable(UdpBackend backend) throws Exception {
        here.call(() -> {
            try (UdpSocket socket = backend.bind(new InetSocketAddress("0.0.0.0", 0));
                    UdpSocket v6 = backend.bind(new InetSocketAddress("::", 0))) {
                ByteBuffer payload = ByteBuffer.allocate(1);
                UdpException e = refused(() -> socket.sendTo(payload, NOWHERE));
                assertEquals(ErrorKind.NETWORK_UNREACHABLE, e.kind());
                assertEquals(0, payload.position());
                InetSocketAddress nowhere6 = new InetSocketAddress("2001:db8::1", 9);
                assertEquals(
                        ErrorKind.NETWORK_UNREACHABLE,
                        refused(() -> v6.sendTo(payload, nowhere6)).kind());
                assertEquals(
                        ErrorKind.NETWORK_UNREACHABLE,
                        refused(() -> socket.connect(NOWHERE)).kind());
                assertEquals(1, socket.sendTo(payload, addressOf(peerA)), "as if nothing had been");
            }
            return null;
        });
    }

    @ParameterizedTest
    @MethodSource("all")
    void aSocketSurvivesItsInterface(UdpBackend backend) throws Exception {
        UdpSocket socket = here.call(() -> backend.bind(new InetSocketAddress("0.0.0.0", 0)));
        try (socket;
                Poll poll = backend.openPoll()) {
            Events events = poll.newEvents(4);
            poll.registry().register(socket, TOKEN, Interest.READABLE);
            ByteBuffer payload = ByteBuffer.allocate(1);
            assertEquals(1, socket.sendTo(payload, addressOf(peerA)));
            here.set("ip link set a0 down");
            ErrorKind kind = refused(() -> socket.sendTo(payload.clear(), addressOf(peerA)))
                    .kind();
            assertTrue(
                    EnumSet.of(ErrorKind.NETWORK_UNREACHABLE, ErrorKind.NETWORK_DOWN)
                            .contains(kind),
                    kind.name());
            assertEquals(1, socket.sendTo(payload.clear(), addressOf(peerB)), "the other interface is up");
            here.set("ip link set a0 up");
            here.awaitUp("a0");
            there.awaitUp("a1");
            assertEquals(1, socket.sendTo(payload.clear(), addressOf(peerA)));
            ByteBuffer got = ByteBuffer.allocate(4);
            receive(peerA, got);
            receive(peerA, got);
            send(peerA, 5, "10.1.0.1", socket);
            Lab.await(poll, events);
            assertEquals(5, next(socket, new DatagramInfo()));
        }
    }

    // -- two interfaces

    @ParameterizedTest
    @MethodSource("natives")
    void theInterfaceAndTheLocalAddressAreTold(UdpBackend backend) throws Exception {
        here.call(() -> {
            UdpConfig config = UdpConfig.of(new InetSocketAddress("0.0.0.0", 0))
                    .withMetadata(Set.of(Capability.LOCAL_ADDRESS, Capability.LOCAL_INTERFACE));
            try (UdpSocket socket = backend.open(config)) {
                DatagramInfo info = new DatagramInfo();
                for (String host : new String[] {"10.1.0.1", "10.1.0.3", "10.2.0.1"}) {
                    boolean onA = host.startsWith("10.1");
                    send(onA ? peerA : peerB, 1, host, socket);
                    next(socket, info);
                    assertEquals(InetAddress.getByName(host), info.localAddress());
                    assertEquals(index(onA ? "a0" : "b0"), info.interfaceIndex());
                    assertEquals(addressOf(onA ? peerA : peerB), info.sender());
                }
            }
            return null;
        });
    }

    @ParameterizedTest
    @MethodSource("natives")
    void theSourceIsChosenForEachDatagram(UdpBackend backend) throws Exception {
        here.call(() -> {
            try (UdpSocket socket = backend.bind(new InetSocketAddress("0.0.0.0", 0))) {
                SendInfo info = new SendInfo().destination(addressOf(peerA));
                ByteBuffer payload = ByteBuffer.allocate(1);
                ByteBuffer got = ByteBuffer.allocate(4);
                for (String host : new String[] {"10.1.0.3", "10.1.0.1", "10.1.0.3"}) {
                    InetAddress source = InetAddress.getByName(host);
                    assertEquals(1, socket.send(payload.clear(), info.sourceAddress(source)));
                    assertEquals(source, receive(peerA, got).getAddress());
                }
                assertEquals(1, socket.send(payload.clear(), info.sourceAddress(null)));
                InetAddress usual = InetAddress.getByName("10.1.0.1");
                assertEquals(usual, receive(peerA, got).getAddress());
                info.sourceAddress(InetAddress.getByName("10.1.0.99")); // nobody's
                ErrorKind kind =
                        refused(() -> socket.send(payload.clear(), info)).kind();
                assertTrue(
                        EnumSet.of(
                                        ErrorKind.INVALID_INPUT,
                                        ErrorKind.ADDRESS_NOT_AVAILABLE,
                                        ErrorKind.NETWORK_UNREACHABLE)
                                .contains(kind),
                        kind.name());
            }
            return null;
        });
    }

    @ParameterizedTest
    @MethodSource("natives")
    void multicastLeavesByTheInterfaceAskedFor(UdpBackend backend) throws Exception {
        DatagramChannel onA = member("a1");
        DatagramChannel onB = member("b1");
        try (onA;
                onB) {
            here.call(() -> {
                try (UdpSocket socket = backend.bind(new InetSocketAddress("0.0.0.0", 0))) {
                    InetAddress group = InetAddress.getByName(GROUP);
                    ByteBuffer got = ByteBuffer.allocate(4);
                    SendInfo info = new SendInfo();
                    for (int i = 0; i < 4; i++) {
                        DatagramChannel member = i % 2 == 0 ? onA : onB;
                        InetSocketAddress to =
                                new InetSocketAddress(group, addressOf(member).getPort());
                        info.destination(to).interfaceIndex(index(i % 2 == 0 ? "b0" : "a0"));
                        socket.send(ByteBuffer.wrap(new byte[] {-1}), info); // to the interface where it is no member
                        info.interfaceIndex(index(i % 2 == 0 ? "a0" : "b0"));
                        socket.send(ByteBuffer.wrap(new byte[] {(byte) i}), info);
                        receive(member, got);
                        assertEquals(i, got.get(0));
                    }
                }
                return null;
            });
        }
    }

    private DatagramChannel member(String name) throws Exception {
        DatagramChannel channel = peer("0.0.0.0");
        return there.call(() -> {
            channel.join(InetAddress.getByName(GROUP), NetworkInterface.getByName(name));
            return channel;
        });
    }

    @ParameterizedTest
    @MethodSource("all")
    void multicastIsHeardOnTheInterfaceThatJoined(UdpBackend backend) throws Exception {
        UdpSocket socket = here.call(() -> backend.bind(new InetSocketAddress("0.0.0.0", 0)));
        try (socket) {
            here.call(() -> {
                socket.join(InetAddress.getByName(GROUP), NetworkInterface.getByName("a0"));
                return null;
            });
            there.call(() -> {
                peerA.setOption(StandardSocketOptions.IP_MULTICAST_IF, NetworkInterface.getByName("a1"));
                peerB.setOption(StandardSocketOptions.IP_MULTICAST_IF, NetworkInterface.getByName("b1"));
                return null;
            });
            DatagramInfo info = new DatagramInfo();
            send(peerB, 1, GROUP, socket);
            send(peerB, 2, "10.2.0.1", socket);
            assertEquals(2, next(socket, info), "not a member there");
            send(peerA, 3, GROUP, socket);
            assertEquals(3, next(socket, info));
        }
    }

    @ParameterizedTest
    @MethodSource("natives")
    void aDeviceKeepsOutTheOthers(UdpBackend backend) throws Exception {
        here.call(() -> {
            InetSocketAddress any = new InetSocketAddress("0.0.0.0", 0);
            try (UdpSocket bound = backend.open(UdpConfig.of(any).withDevice("a0"));
                    UdpSocket open = backend.bind(any)) {
                DatagramInfo info = new DatagramInfo();
                send(peerB, 1, "10.2.0.1", bound);
                send(peerB, 1, "10.2.0.1", open);
                assertEquals(1, next(open, info), "what came before has arrived, too");
                send(peerA, 2, "10.1.0.1", bound);
                assertEquals(2, next(bound, info));
                ErrorKind kind = refused(() -> backend.open(UdpConfig.of(any).withDevice("a9")))
                        .kind();
                assertEquals(ErrorKind.NO_SUCH_DEVICE, kind);
            }
            return null;
        });
    }

    // -- segments

    @ParameterizedTest
    @MethodSource("all")
    void segmentsArriveOnce(UdpBackend backend) throws Exception {
        here.call(() -> {
            try (UdpSocket socket = backend.bind(new InetSocketAddress("10.1.0.1", 0))) {
                expectSegments(socket, 20_200, 1_000);
                expectSegments(socket, 999, 100);
            }
            return null;
        });
    }

    /** The system refuses segments that it would have to fragment; plain datagrams it fragments. */
    @ParameterizedTest
    @MethodSource("natives")
    void segmentsLargerThanTheDeviceTakesArriveOnce(NativeBackend backend) throws Exception {
        here.set("ip link set a0 mtu 600");
        here.call(() -> {
            try (NativeSocket socket = (NativeSocket) backend.bind(new InetSocketAddress("10.1.0.1", 0))) {
                expectSegments(socket, 10_500, 1_000);
                assertFalse(socket.sending().systemCuts(), "refused once, for ever");
                expectSegments(socket, 2_000, 100);
            }
            return null;
        });
    }

    private void expectSegments(UdpSocket socket, int bytes, int segment) throws Exception {
        ByteBuffer payload = Lab.bytes(bytes);
        ByteBuffer got = ByteBuffer.allocate(2_000);
        long end = System.nanoTime() + Lab.PATIENCE.toNanos();
        while (payload.hasRemaining()) {
            int from = payload.position();
            int sent = socket.sendSegmented(payload, addressOf(peerA), segment);
            assertTrue(System.nanoTime() < end, "blocked for ever");
            assertEquals(from + Math.max(0, sent), payload.position());
        }
        for (int at = 0; at < bytes; at += segment) {
            receive(peerA, got);
            assertEquals(Math.min(segment, bytes - at), got.limit());
            for (int i = 0; i < got.limit(); i++) {
                assertEquals((byte) (at + i), got.get(i), "byte " + (at + i));
            }
        }
        // whatever came twice is before this
        assertEquals(1, socket.sendTo(ByteBuffer.wrap(new byte[] {77}), addressOf(peerA)));
        receive(peerA, got);
        assertEquals(1, got.limit());
        assertEquals(77, got.get(0));
    }
}
