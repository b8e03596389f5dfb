package org.datagram4j.conformance.rules;

import static org.datagram4j.conformance.lab.Lab.bytes;
import static org.datagram4j.conformance.lab.Lab.expectThrown;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.datagram4j.ErrorKind;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpException;
import org.datagram4j.UdpOptions;
import org.datagram4j.UdpSocket;
import org.datagram4j.conformance.lab.Lab;
import org.datagram4j.conformance.lab.Peer;
import org.datagram4j.conformance.run.Rule;

/** Area OPT. */
public final class OptRules {
    private static final SocketOption<Integer> NO_SUCH = new SocketOption<>() {
        @Override
        public String name() {
            return "NO_SUCH_OPTION";
        }

        @Override
        public Class<Integer> type() {
            return Integer.class;
        }
    };

    /** For JUnit. */
    public OptRules() {}

    @Rule("UDP-OPT-01")
    void broadcastReadsBack(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        assertEquals(false, socket.broadcast(), "broadcast at first");
        for (boolean on : new boolean[] {true, false, true}) {
            socket.setBroadcast(on);
            assertEquals(on, socket.broadcast(), "broadcast as set");
            assertEquals(on, socket.getOption(StandardSocketOptions.SO_BROADCAST), "SO_BROADCAST as set");
        }
        socket.setOption(StandardSocketOptions.SO_BROADCAST, false);
        assertEquals(false, socket.broadcast(), "broadcast as set by option");
    }

    @Rule("UDP-OPT-02")
    void receiveBufferGrows(Lab lab) throws Exception {
        expectGrowth(lab.socket(), StandardSocketOptions.SO_RCVBUF);
    }

    @Rule("UDP-OPT-03")
    void sendBufferGrows(Lab lab) throws Exception {
        expectGrowth(lab.socket(), StandardSocketOptions.SO_SNDBUF);
    }

    // Systems grant less, more, or refuse; but none has a reason to shrink a buffer that should grow.
    private static void expectGrowth(UdpSocket socket, SocketOption<Integer> option) throws IOException {
        int before = socket.getOption(option);
        assertTrue(before > 0, () -> "expected " + option + " above 0 at first, actual: " + before);
        socket.setOption(option, 8_192);
        int granted = socket.getOption(option);
        for (int asked : new int[] {16_384, 32_768, 65_536, 1 << 28}) {
            int floor = granted;
            try {
                socket.setOption(option, asked);
            } catch (UdpException e) {
                assertEquals(granted, socket.getOption(option), option + " after the system refused " + asked);
                continue;
            }
            int now = socket.getOption(option);
            assertTrue(
                    now >= floor,
                    () -> "expected " + option + " of at least " + floor + " after asking for " + asked + ", actual: "
                            + now);
            granted = now;
        }
        int most = granted;
        assertTrue(most > 8_192, () -> "expected " + option + " to grow beyond 8192, actual: " + most);
    }

    @Rule("UDP-OPT-04")
    void multicastLoopReadsBack(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        assertEquals(true, loop(lab, socket), "multicast loop at first");
        for (boolean on : new boolean[] {false, true, false}) {
            if (lab.v6()) {
                socket.setMulticastLoopV6(on);
            } else {
                socket.setMulticastLoopV4(on);
            }
            assertEquals(on, loop(lab, socket), "multicast loop as set");
            assertEquals(on, socket.getOption(StandardSocketOptions.IP_MULTICAST_LOOP), "IP_MULTICAST_LOOP as set");
        }
        socket.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
        assertEquals(true, loop(lab, socket), "multicast loop as set by option");
    }

    private static boolean loop(Lab lab, UdpSocket socket) throws IOException {
        return lab.v6() ? socket.multicastLoopV6() : socket.multicastLoopV4();
    }

    @Rule("UDP-OPT-05")
    void multicastTtlReadsBack(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        assertEquals(1, ttl(lab, socket), "multicast TTL at first");
        for (int ttl : new int[] {0, 10, 255, 127, 128, 1}) {
            setTtl(lab, socket, ttl);
            assertEquals(ttl, ttl(lab, socket), "multicast TTL as set");
            assertEquals(ttl, socket.getOption(StandardSocketOptions.IP_MULTICAST_TTL), "IP_MULTICAST_TTL as set");
        }
    }

    private static int ttl(Lab lab, UdpSocket socket) throws IOException {
        return lab.v6() ? socket.multicastHopsV6() : socket.multicastTtlV4();
    }

    private static void setTtl(Lab lab, UdpSocket socket, int ttl) throws IOException {
        if (lab.v6()) {
            socket.setMulticastHopsV6(ttl);
        } else {
            socket.setMulticastTtlV4(ttl);
        }
    }

    @Rule("UDP-OPT-06")
    void outOfRangeIsRefused(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        setTtl(lab, socket, 7);
        for (int ttl : new int[] {-1, 256, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            expectThrown(IllegalArgumentException.class, () -> setTtl(lab, socket, ttl));
            expectThrown(
                    IllegalArgumentException.class,
                    () -> socket.setOption(StandardSocketOptions.IP_MULTICAST_TTL, ttl));
            assertEquals(7, ttl(lab, socket), "multicast TTL after a refused " + ttl);
        }
        for (SocketOption<Integer> size : List.of(StandardSocketOptions.SO_RCVBUF, StandardSocketOptions.SO_SNDBUF)) {
            int before = socket.getOption(size);
            expectThrown(IllegalArgumentException.class, () -> socket.setOption(size, -1));
            assertEquals(before, socket.getOption(size), size + " after a refused -1");
        }
    }

    @Rule("UDP-OPT-07")
    void otherFamilysMethodsAreRefused(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        for (Lab.Action action : lab.v6() ? methodsV4(socket) : methodsV6(socket)) {
            expectThrown(UnsupportedOperationException.class, action);
        }
        assertEquals(true, loop(lab, socket), "multicast loop after refusals");
        assertEquals(1, ttl(lab, socket), "multicast TTL after refusals");
    }

    private static List<Lab.Action> methodsV4(UdpSocket socket) {
        return List.of(
                () -> socket.setMulticastLoopV4(false),
                socket::multicastLoopV4,
                () -> socket.setMulticastTtlV4(9),
                socket::multicastTtlV4);
    }

    private static List<Lab.Action> methodsV6(UdpSocket socket) {
        return List.of(
                () -> socket.setMulticastLoopV6(false),
                socket::multicastLoopV6,
                () -> socket.setMulticastHopsV6(9),
                socket::multicastHopsV6,
                () -> socket.setUnicastHopsV6(9),
                socket::unicastHopsV6);
    }

    @Rule("UDP-OPT-08")
    void supportedOptionsAreReadable(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        Set<SocketOption<?>> supported = socket.supportedOptions();
        for (SocketOption<?> needed : List.of(
                StandardSocketOptions.SO_BROADCAST,
                StandardSocketOptions.SO_RCVBUF,
                StandardSocketOptions.SO_SNDBUF,
                StandardSocketOptions.IP_MULTICAST_LOOP,
                StandardSocketOptions.IP_MULTICAST_TTL)) {
            assertTrue(
                    supported.contains(needed),
                    () -> "expected " + needed + " among the options, actual: " + supported);
        }
        expectThrown(UnsupportedOperationException.class, supported::clear);
        socket.connect(lab.peer().address()); // what some options are about
        for (SocketOption<?> option : supported) {
            Object value = socket.getOption(option);
            assertTrue(
                    value == null || option.type().isInstance(value),
                    () -> "expected a value of " + option.type() + " for " + option + ", actual: " + value);
        }
        assertEquals(supported, socket.supportedOptions(), "supportedOptions when asked again");
    }

    @Rule("UDP-OPT-09")
    void otherOptionsAreRefused(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        Set<SocketOption<?>> supported = socket.supportedOptions();
        for (SocketOption<Integer> option :
                List.of(NO_SUCH, UdpOptions.IP_TTL, UdpOptions.IPV6_UNICAST_HOPS, UdpOptions.SO_BUSY_POLL)) {
            if (!supported.contains(option)) {
                expectThrown(UnsupportedOperationException.class, () -> socket.getOption(option));
                expectThrown(UnsupportedOperationException.class, () -> socket.setOption(option, 10));
            }
        }
        for (SocketOption<Boolean> option : List.of(UdpOptions.IP_DONTFRAGMENT, StandardSocketOptions.TCP_NODELAY)) {
            if (!supported.contains(option)) {
                expectThrown(UnsupportedOperationException.class, () -> socket.getOption(option));
                expectThrown(UnsupportedOperationException.class, () -> socket.setOption(option, true));
            }
        }
    }

    @Rule("UDP-OPT-10")
    void nullIsRefused(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        expectThrown(NullPointerException.class, () -> socket.getOption(null));
        expectThrown(NullPointerException.class, () -> socket.setOption(null, true));
        expectThrown(
                NullPointerException.class, () -> socket.setOption(StandardSocketOptions.SO_BROADCAST, (Boolean) null));
        expectThrown(
                NullPointerException.class, () -> socket.setOption(StandardSocketOptions.SO_RCVBUF, (Integer) null));
        expectThrown(
                NullPointerException.class,
                () -> socket.setOption(StandardSocketOptions.IP_MULTICAST_TTL, (Integer) null));
        assertEquals(false, socket.broadcast(), "broadcast after refusals");
    }

    @Rule("UDP-OPT-11")
    void typeOfServiceReadsBack(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        requireSupported(lab, socket, StandardSocketOptions.IP_TOS);
        for (int tos : new int[] {0x10, 0x08, 0}) {
            socket.setOption(StandardSocketOptions.IP_TOS, tos);
            assertEquals(tos, socket.getOption(StandardSocketOptions.IP_TOS), "IP_TOS as set");
        }
    }

    @Rule("UDP-OPT-12")
    void reuseAddressAsConfigured(Lab lab) throws Exception {
        UdpSocket plain = lab.socket();
        requireSupported(lab, plain, StandardSocketOptions.SO_REUSEADDR);
        assertEquals(false, plain.getOption(StandardSocketOptions.SO_REUSEADDR), "SO_REUSEADDR at first");
        UdpSocket reusing = lab.open(UdpConfig.of(lab.loopback(0)).withReuseAddress(true));
        assertEquals(true, reusing.getOption(StandardSocketOptions.SO_REUSEADDR), "SO_REUSEADDR as configured");
    }

    @Rule("UDP-OPT-13")
    void multicastInterfaceReadsBack(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        requireSupported(lab, socket, StandardSocketOptions.IP_MULTICAST_IF);
        NetworkInterface wanted = lab.multicastInterface();
        if (wanted == null) {
            throw lab.lacks("no interface brings multicast back");
        }
        socket.setOption(StandardSocketOptions.IP_MULTICAST_IF, wanted);
        assertEquals(wanted, socket.getOption(StandardSocketOptions.IP_MULTICAST_IF), "IP_MULTICAST_IF as set");
    }

    @Rule("UDP-OPT-14")
    void ttlReadsBack(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        int first = socket.ttl();
        assertTrue(first >= 1 && first <= 255, () -> "expected a TTL of 1 to 255 at first, actual: " + first);
        for (int ttl : new int[] {10, 1, 255, 128}) {
            socket.setTtl(ttl);
            assertEquals(ttl, socket.ttl(), "TTL as set");
            assertEquals(ttl, socket.getOption(UdpOptions.IP_TTL), "IP_TTL as set");
        }
        for (int ttl : new int[] {0, 256, -1}) {
            expectThrown(IllegalArgumentException.class, () -> socket.setTtl(ttl));
            expectThrown(IllegalArgumentException.class, () -> socket.setOption(UdpOptions.IP_TTL, ttl));
            assertEquals(128, socket.ttl(), "TTL after a refused " + ttl);
        }
        assertEquals(1, socket.multicastTtlV4(), "multicast TTL, which is another option");
    }

    @Rule("UDP-OPT-15")
    void unicastHopsReadBack(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        int first = socket.unicastHopsV6();
        assertTrue(first >= 1 && first <= 255, () -> "expected a hop limit of 1 to 255 at first, actual: " + first);
        for (int hops : new int[] {10, 1, 255, 128}) {
            socket.setUnicastHopsV6(hops);
            assertEquals(hops, socket.unicastHopsV6(), "hop limit as set");
        }
        for (int hops : new int[] {0, 256, -1}) {
            expectThrown(IllegalArgumentException.class, () -> socket.setUnicastHopsV6(hops));
            expectThrown(IllegalArgumentException.class, () -> socket.setOption(UdpOptions.IPV6_UNICAST_HOPS, hops));
            assertEquals(128, socket.unicastHopsV6(), "hop limit after a refused " + hops);
        }
        assertEquals(1, socket.multicastHopsV6(), "multicast hop limit, which is another option");
    }

    @Rule("UDP-OPT-16")
    void reusePortSharesPort(Lab lab) throws Exception {
        UdpSocket first = lab.open(UdpConfig.of(lab.loopback(0)).withReusePort(true));
        InetSocketAddress shared = lab.address(first);
        UdpSocket second = lab.open(UdpConfig.of(shared).withReusePort(true));
        assertEquals(shared, lab.address(second), "local address of the second socket");
        Lab.expectError(
                ErrorKind.ADDRESS_IN_USE, () -> lab.backend().bind(shared).close());
        Peer peer = lab.peer();
        peer.send(bytes("to one of them"), shared);
        ByteBuffer buffer = ByteBuffer.allocate(16);
        lab.eventually(
                "a datagram at one of two sockets that share a port",
                () -> first.recvFrom(buffer.clear()) != null || second.recvFrom(buffer.clear()) != null);
    }

    @Rule("UDP-OPT-17")
    void dontFragmentReadsBack(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        for (boolean on : new boolean[] {true, false, true}) {
            socket.setOption(UdpOptions.IP_DONTFRAGMENT, on);
            assertEquals(on, socket.getOption(UdpOptions.IP_DONTFRAGMENT), "IP_DONTFRAGMENT as set");
        }
    }

    @Rule("UDP-OPT-18")
    void pathMtuIsKnown(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        socket.connect(lab.peer().address());
        int mtu = socket.getOption(UdpOptions.IP_MTU);
        int least = lab.family() == StandardProtocolFamily.INET ? 68 : 1_280;
        assertTrue(mtu >= least, () -> "expected a path MTU of at least " + least + ", actual: " + mtu);
        expectThrown(UnsupportedOperationException.class, () -> socket.setOption(UdpOptions.IP_MTU, 1_500));
    }

    @Rule("UDP-OPT-19")
    void optionsAreTheSocketsOwn(Lab lab) throws Exception {
        UdpSocket before = lab.socket();
        UdpSocket changed = lab.socket();
        changed.setBroadcast(true);
        setTtl(lab, changed, 33);
        changed.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, false);
        for (UdpSocket other : List.of(before, lab.socket())) {
            assertEquals(false, other.broadcast(), "broadcast of another socket");
            assertEquals(1, ttl(lab, other), "multicast TTL of another socket");
            assertEquals(true, loop(lab, other), "multicast loop of another socket");
        }
    }

    @Rule("UDP-OPT-20")
    void broadcastHasToBeAllowed(Lab lab) throws Exception {
        UdpSocket socket = lab.open(UdpConfig.of(lab.wildcard(0)));
        ByteBuffer payload = ByteBuffer.allocate(4);
        UdpException refused = expectThrown(
                UdpException.class, () -> socket.sendTo(payload, new InetSocketAddress(Lab.ip("255.255.255.255"), 9)));
        // A machine without a network has no way for it in the first place.
        Set<ErrorKind> allowed =
                Set.of(ErrorKind.PERMISSION_DENIED, ErrorKind.NETWORK_UNREACHABLE, ErrorKind.HOST_UNREACHABLE);
        assertTrue(
                allowed.contains(refused.kind()),
                () -> "expected PERMISSION_DENIED of a broadcast, or no route to it, actual: " + refused.kind());
        assertEquals(0, payload.position(), "position after the refused broadcast");
    }

    @Rule("UDP-OPT-21")
    void bufferSizesAsConfigured(Lab lab) throws Exception {
        UdpConfig config = UdpConfig.of(lab.loopback(0));
        UdpSocket small = lab.open(config.withReceiveBufferBytes(16_384).withSendBufferBytes(16_384));
        UdpSocket large = lab.open(config.withReceiveBufferBytes(65_536).withSendBufferBytes(65_536));
        UdpSocket set = lab.socket();
        for (SocketOption<Integer> size : List.of(StandardSocketOptions.SO_RCVBUF, StandardSocketOptions.SO_SNDBUF)) {
            set.setOption(size, 65_536);
            int less = small.getOption(size);
            int more = large.getOption(size);
            assertTrue(
                    less < more,
                    () -> "expected " + size + " configured with 16384 below that with 65536, actual: " + less + " and "
                            + more);
            assertEquals(set.getOption(size), more, size + " configured, as against set afterwards");
        }
    }

    @Rule("UDP-OPT-22")
    void busyPollReadsBack(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        int first = socket.getOption(UdpOptions.SO_BUSY_POLL);
        assertTrue(first >= 0, () -> "expected SO_BUSY_POLL of at least 0 at first, actual: " + first);
        int expected = first;
        try {
            socket.setOption(UdpOptions.SO_BUSY_POLL, first + 50);
            expected = first + 50;
        } catch (UdpException e) {
            assertEquals(ErrorKind.PERMISSION_DENIED, e.kind(), "kind of the refusal to raise SO_BUSY_POLL");
        }
        assertEquals(expected, socket.getOption(UdpOptions.SO_BUSY_POLL), "SO_BUSY_POLL as granted");
        expectThrown(IllegalArgumentException.class, () -> socket.setOption(UdpOptions.SO_BUSY_POLL, -1));
    }

    @Rule("UDP-OPT-23")
    void device(Lab lab) throws Exception {
        NetworkInterface loopback =
                NetworkInterface.getByInetAddress(lab.loopback(0).getAddress());
        for (String unknown : List.of("no-such-device", "x".repeat(15), "x".repeat(200), "\u00e4", " ")) {
            Lab.expectError(ErrorKind.NO_SUCH_DEVICE, () -> openOn(lab, unknown));
        }
        for (String alike : List.of(loopback.getName() + "\0", loopback.getName() + "\0x", "\0")) {
            Lab.expectError(ErrorKind.NO_SUCH_DEVICE, () -> openOn(lab, alike));
        }
        Peer peer = lab.peer();
        UdpSocket socket = openOn(lab, loopback.getName());
        InetSocketAddress to = lab.loopback(socket.localAddress().getPort());
        peer.send(Lab.bytes("by loopback"), to);
        assertEquals("by loopback", lab.receive(socket).text(), "datagram by the device");
        lab.sendTo(socket, "back", peer.address());
        assertEquals("back", peer.receive().text(), "datagram sent by the device");
    }

    private static UdpSocket openOn(Lab lab, String device) throws UdpException {
        try {
            return lab.open(UdpConfig.of(lab.wildcard(0)).withDevice(device));
        } catch (UdpException e) {
            if (e.kind() == ErrorKind.PERMISSION_DENIED) {
                throw lab.lacks("the system does not let this user bind to a device");
            }
            throw e;
        }
    }

    private static void requireSupported(Lab lab, UdpSocket socket, SocketOption<?> option) {
        if (!socket.supportedOptions().contains(option)) {
            throw lab.notApplicable("the socket does not have the option " + option);
        }
    }
}
