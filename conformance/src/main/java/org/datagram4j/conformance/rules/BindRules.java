package org.datagram4j.conformance.rules;

import static java.net.StandardSocketOptions.SO_BROADCAST;
import static java.net.StandardSocketOptions.SO_RCVBUF;
import static java.net.StandardSocketOptions.SO_REUSEADDR;
import static java.net.StandardSocketOptions.SO_SNDBUF;
import static org.datagram4j.UdpSocket.WOULD_BLOCK;
import static org.datagram4j.conformance.lab.Lab.bytes;
import static org.datagram4j.conformance.lab.Lab.expectError;
import static org.datagram4j.conformance.lab.Lab.expectThrown;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.datagram4j.Capability;
import org.datagram4j.ErrorKind;
import org.datagram4j.Interest;
import org.datagram4j.Profile;
import org.datagram4j.Token;
import org.datagram4j.TruncationPolicy;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.conformance.lab.Lab;
import org.datagram4j.conformance.lab.Message;
import org.datagram4j.conformance.lab.Peer;
import org.datagram4j.conformance.run.Rule;

/** Area BIND. */
public final class BindRules {
    private static final int TRIES = 10;
    private static final int HANDLES = 50;
    private static final long NO_HANDLE = 1_000_000_000;
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    /** Four times smaller: a system that counts its own overhead (Linux doubles) may grant twice what was asked for. */
    private static final int SMALLER = 4;

    /** For JUnit. */
    public BindRules() {}

    @Rule("UDP-BIND-01")
    void anyPort(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        InetSocketAddress local = socket.localAddress();
        assertNotEquals(0, local.getPort(), "port of the local address");
        assertEquals(lab.loopback(local.getPort()), local, "local address");
        Peer peer = lab.peer();
        expectTraffic(lab, socket, local, peer);
    }

    @Rule("UDP-BIND-02")
    void portAskedFor(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = null;
        InetSocketAddress wanted = null;
        for (int i = 0; i < TRIES && socket == null; i++) {
            wanted = lab.deadAddress();
            socket = openUnlessTaken(lab, wanted);
        }
        if (socket == null) {
            throw lab.inconclusive("every port that was free a moment ago was taken again");
        }
        assertEquals(wanted, socket.localAddress(), "local address");
        expectTraffic(lab, socket, wanted, peer);
    }

    @Rule("UDP-BIND-03")
    void takenPort(Lab lab) throws Exception {
        Peer holder = lab.peer();
        InetSocketAddress taken = holder.address();
        expectError(ErrorKind.ADDRESS_IN_USE, () -> lab.open(UdpConfig.of(taken)));
        lab.sendTo(lab.socket(), "still yours", taken);
        assertEquals("still yours", holder.receive().text(), "what the first socket received");
        holder.close();
        lab.eventually("the port free after close", () -> openUnlessTaken(lab, taken) != null);
    }

    @Rule("UDP-BIND-04")
    void foreignAddress(Lab lab) throws Exception {
        // of the networks reserved for documentation
        InetSocketAddress foreign = new InetSocketAddress(Lab.ip(lab.v6() ? "2001:db8::1" : "192.0.2.1"), 0);
        try (DatagramChannel channel = DatagramChannel.open(lab.family())) {
            channel.bind(foreign);
            throw lab.lacks("the system lets anybody bind " + foreign);
        } catch (java.net.SocketException refused) {
            expectError(ErrorKind.ADDRESS_NOT_AVAILABLE, () -> lab.open(UdpConfig.of(foreign)));
        }
    }

    @Rule("UDP-BIND-05")
    void family(Lab lab) throws Exception {
        Class<? extends InetAddress> type = lab.v6() ? Inet6Address.class : Inet4Address.class;
        for (InetSocketAddress local : new InetSocketAddress[] {lab.loopback(0), lab.wildcard(0)}) {
            UdpSocket socket = lab.open(UdpConfig.of(local));
            assertEquals(lab.family(), socket.family(), "family of a socket on " + local);
            assertEquals(type, socket.localAddress().getAddress().getClass(), "type of the local address");
            socket.close();
            assertEquals(lab.family(), socket.family(), "family when closed");
        }
    }

    @Rule("UDP-BIND-06")
    void arguments(Lab lab) {
        expectThrown(NullPointerException.class, () -> lab.backend().open(null));
        expectThrown(NullPointerException.class, () -> lab.backend().bind(null));
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("nowhere.invalid", 0);
        expectThrown(IllegalArgumentException.class, () -> lab.backend().bind(unresolved));
    }

    @Rule("UDP-BIND-07")
    void bufferSizes(Lab lab) throws Exception {
        UdpSocket plain = lab.socket();
        int receive = plain.getOption(SO_RCVBUF);
        int send = plain.getOption(SO_SNDBUF);
        UdpSocket sized =
                lab.open(lab.config().withReceiveBufferBytes(receive / SMALLER).withSendBufferBytes(send / SMALLER));
        assertGranted(plain, sized, SO_RCVBUF, receive);
        assertGranted(plain, sized, SO_SNDBUF, send);
    }

    @Rule("UDP-BIND-08")
    void reuseAddress(Lab lab) throws Exception {
        UdpConfig reusing = lab.config().withReuseAddress(true);
        UdpSocket first = lab.open(reusing);
        if (first.supportedOptions().contains(SO_REUSEADDR)) {
            assertEquals(true, first.getOption(SO_REUSEADDR), "SO_REUSEADDR that was asked for");
            assertEquals(false, lab.socket().getOption(SO_REUSEADDR), "SO_REUSEADDR that was not");
        }
        InetSocketAddress shared = first.localAddress();
        if (systemShares(lab)) {
            UdpSocket second = lab.open(UdpConfig.of(shared).withReuseAddress(true));
            assertEquals(shared, second.localAddress(), "local address of the second socket");
        }
    }

    @Rule("UDP-BIND-09")
    void twoAddresses(Lab lab) throws Exception {
        UdpSocket one = lab.socket();
        InetSocketAddress atOne = one.localAddress();
        InetSocketAddress atTwo = new InetSocketAddress(Lab.ip("127.0.0.2"), atOne.getPort());
        try (DatagramChannel channel = DatagramChannel.open(lab.family())) {
            channel.bind(atTwo);
        } catch (java.net.SocketException taken) {
            throw lab.inconclusive("somebody else has " + atTwo);
        }
        UdpSocket two = lab.open(UdpConfig.of(atTwo));
        Peer peer = lab.peer(lab.wildcard(0));
        for (int i = 0; i < TRIES; i++) {
            peer.send(bytes("two " + i), atTwo);
            peer.send(bytes("one " + i), atOne);
            assertEquals("one " + i, lab.receive(one).text(), "at " + atOne);
            assertEquals("two " + i, lab.receive(two).text(), "at " + atTwo);
        }
    }

    @Rule("UDP-BIND-21")
    void nowhereElse(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        InetSocketAddress here = socket.localAddress();
        InetSocketAddress elsewhere = new InetSocketAddress(Lab.ip("127.0.0.2"), here.getPort());
        Peer peer = lab.peer(lab.wildcard(0));
        for (int i = 0; i < TRIES; i++) {
            peer.send(bytes("not for you"), elsewhere);
            peer.send(bytes("for you"), here);
            assertEquals("for you", lab.receive(socket).text(), "first datagram at " + here);
        }
        assertEquals(0, Lab.drain(socket), "datagrams left");
    }

    @Rule("UDP-BIND-22")
    void sharesWithNobodyUnasked(Lab lab) throws Exception {
        UdpSocket holder = lab.socket();
        InetSocketAddress taken = holder.localAddress();
        UdpConfig reusing = UdpConfig.of(taken).withReuseAddress(true);
        // Winsock says WSAEACCES to who wants to share what was bound exclusively.
        if (lab.profile() == Profile.WINDOWS) {
            UdpException refusal = expectThrown(UdpException.class, () -> lab.open(reusing));
            assertTrue(
                    refusal.kind() == ErrorKind.ADDRESS_IN_USE || refusal.kind() == ErrorKind.PERMISSION_DENIED,
                    () -> "expected ADDRESS_IN_USE or PERMISSION_DENIED, actual: " + refusal);
        } else {
            expectError(ErrorKind.ADDRESS_IN_USE, () -> lab.open(reusing));
        }
        lab.peer().send(bytes("still yours"), taken);
        assertEquals("still yours", lab.receive(holder).text(), "what the holder of the address received");
    }

    @Rule("UDP-BIND-23")
    void nothingFromOtherAddresses(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        InetSocketAddress here = socket.localAddress();
        Peer insider = lab.peer();
        Peer outsider = lab.peer(new InetSocketAddress(Lab.ip("127.0.0.1"), 0));
        InetSocketAddress elsewhere = new InetSocketAddress(Lab.ip("127.0.0.1"), here.getPort());
        for (int i = 0; i < TRIES; i++) {
            outsider.send(bytes("not for you"), elsewhere);
            insider.send(bytes("for you"), here);
            assertEquals("for you", lab.receive(socket).text(), "first datagram at " + here);
        }
        assertEquals(0, Lab.drain(socket), "datagrams left");
    }

    @Rule("UDP-BIND-24")
    void opensNothingElse(Lab lab) throws Exception {
        lab.poll().registry().register(lab.socket(), new Token(1), Interest.READABLE); // what is made once, is now
        Set<Sockets.Bound> before = Sockets.ofThisProcess(lab);
        Set<Integer> ports = new TreeSet<>();
        for (int i = 0; i < TRIES; i++) {
            UdpSocket socket = lab.socket();
            lab.poll().registry().register(socket, new Token(i), Interest.READABLE_WRITABLE);
            lab.sendTo(socket, bytes("to itself"), socket.localAddress());
            assertEquals("to itself", lab.receive(socket).text(), "what the socket sent to itself");
            ports.add(socket.localAddress().getPort());
        }
        // Another may be there for a moment, and other parts of the process may come and go.
        List<Set<Sockets.Bound>> seen = new ArrayList<>();
        try {
            lab.eventually("no other socket", () -> {
                Set<Sockets.Bound> now = Sockets.ofThisProcess(lab);
                now.removeAll(before);
                seen.add(now);
                return now.size() == TRIES && now.stream().allMatch(bound -> ports.contains(bound.port()));
            });
        } catch (AssertionError e) {
            throw new AssertionError(
                    "expected " + TRIES + " sockets more, at the ports " + ports + ", actual: "
                            + seen.get(seen.size() - 1),
                    e);
        }
    }

    @Rule("UDP-BIND-10")
    void wildcard(Lab lab) throws Exception {
        UdpSocket socket = lab.open(UdpConfig.of(lab.wildcard(0)));
        int port = socket.localAddress().getPort();
        assertEquals(lab.wildcard(port), socket.localAddress(), "local address");
        assertNotEquals(0, port, "port");
        expectTraffic(lab, socket, lab.loopback(port), lab.peer());
    }

    @Rule("UDP-BIND-11")
    void fresh(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        assertTrue(socket.isOpen(), "expected an open socket, actual: closed");
        expectError(ErrorKind.NOT_CONNECTED, socket::peerAddress);
        assertNull(socket.takeError(), "pending error");
        assertFalse(socket.broadcast(), "expected broadcast off, actual: on");
        assertEquals(TruncationPolicy.PLATFORM, socket.truncationPolicy(), "policy by default");
        for (TruncationPolicy policy : TruncationPolicy.values()) {
            UdpSocket chosen = lab.open(lab.config().withTruncationPolicy(policy));
            assertEquals(policy, chosen.truncationPolicy(), "policy of the configuration");
        }
    }

    @Rule("UDP-BIND-12")
    void naming(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        String port = Integer.toString(socket.localAddress().getPort());
        String backend = lab.backend().name();
        assertEquals(backend, socket.backend().name(), "name of the backend");
        assertNames(socket, backend, port);
        socket.close();
        assertNames(socket, backend, port);
    }

    @Rule("UDP-BIND-13")
    void adoptKeeps(Lab lab) throws Exception {
        Peer peer = lab.peer();
        DatagramChannel channel = channel(lab).setOption(SO_BROADCAST, true);
        channel.connect(peer.address());
        InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
        peer.send(bytes("queued before"), local);
        UdpSocket socket = lab.track(lab.backend().adopt(channel));
        assertEquals(local, socket.localAddress(), "local address");
        assertEquals(lab.family(), socket.family(), "family");
        assertEquals(peer.address(), socket.peerAddress(), "peer");
        assertTrue(socket.broadcast(), "expected broadcast still on, actual: off");
        Message first = lab.receive(socket);
        assertEquals("queued before", first.text(), "what was queued");
        assertEquals(peer.address(), first.sender(), "its sender");
        lab.send(socket, "from the adopted");
        Message answer = peer.receive();
        assertEquals("from the adopted", answer.text(), "what the peer received");
        assertEquals(local, answer.sender(), "its sender");
    }

    @Rule("UDP-BIND-14")
    void adoptUnblocks(Lab lab) throws Exception {
        DatagramChannel channel = channel(lab);
        assertTrue(channel.isBlocking(), "expected a blocking channel to begin with, actual: non-blocking");
        UdpSocket socket = lab.track(lab.backend().adopt(channel));
        assertEquals(WOULD_BLOCK, socket.recv(ByteBuffer.allocate(9)), "recv of an empty queue");
    }

    @Rule("UDP-BIND-15")
    void adoptRefuses(Lab lab) throws Exception {
        expectThrown(NullPointerException.class, () -> lab.backend().adopt(null));
        DatagramChannel unbound = lab.track(DatagramChannel.open(lab.family()));
        expectThrown(IllegalArgumentException.class, () -> lab.backend().adopt(unbound));
        assertTrue(unbound.isOpen() && unbound.isBlocking(), "expected the unbound channel as it was, actual: changed");
        assertNull(unbound.getLocalAddress(), "local address of the unbound channel");

        DatagramChannel registered = channel(lab);
        registered.configureBlocking(false);
        SelectionKey key = registered.register(lab.track(Selector.open()), SelectionKey.OP_READ);
        expectThrown(IllegalArgumentException.class, () -> lab.backend().adopt(registered));
        assertTrue(registered.isOpen(), "expected the registered channel open, actual: closed");
        assertTrue(key.isValid(), "expected its key valid, actual: cancelled");

        DatagramChannel closed = channel(lab);
        closed.close();
        expectError(ErrorKind.CLOSED, () -> lab.backend().adopt(closed));
    }

    @Rule("UDP-BIND-16")
    void release(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.socket();
        InetSocketAddress local = socket.localAddress();
        peer.send(bytes("queued before"), local);
        DatagramChannel channel = lab.track(socket.releaseChannel());
        assertFalse(socket.isOpen(), "expected the socket closed, actual: open");
        expectError(ErrorKind.CLOSED, socket::localAddress);
        assertTrue(channel.isOpen(), "expected the channel open, actual: closed");
        assertFalse(channel.isBlocking(), "expected a non-blocking channel, actual: blocking");
        assertFalse(channel.isRegistered(), "expected no registration, actual: registered");
        assertEquals(local, channel.getLocalAddress(), "local address of the channel");
        ByteBuffer buffer = ByteBuffer.allocate(100);
        Object[] sender = new Object[1];
        lab.eventually("what was queued", () -> (sender[0] = channel.receive(buffer)) != null);
        assertEquals("queued before", text(buffer), "what was queued");
        assertEquals(peer.address(), sender[0], "its sender");
    }

    @Rule("UDP-BIND-17")
    void rawHandles(Lab lab) throws Exception {
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < HANDLES; i++) {
            UdpSocket socket = lab.socket();
            long handle = socket.rawHandle();
            assertTrue(handle >= 0, () -> "expected a handle that is not negative, actual: " + handle);
            assertTrue(seen.add(handle), () -> "expected a handle of its own for each socket, actual: " + handle);
            assertEquals(handle, socket.rawHandle(), "the handle when asked again");
        }
        UdpSocket closed = lab.socket();
        closed.close();
        expectError(ErrorKind.CLOSED, closed::rawHandle);
    }

    @Rule("UDP-BIND-18")
    void adoptHandleKeeps(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket released = lab.socket();
        released.setOption(SO_BROADCAST, true);
        released.connect(peer.address());
        InetSocketAddress local = released.localAddress();
        peer.send(bytes("queued before"), local);
        UdpSocket socket = lab.track(lab.backend().adopt(released.releaseHandle()));
        assertEquals(local, socket.localAddress(), "local address");
        assertEquals(lab.family(), socket.family(), "family");
        assertEquals(peer.address(), socket.peerAddress(), "peer");
        assertTrue(socket.broadcast(), "expected broadcast still on, actual: off");
        Message first = lab.receive(socket);
        assertEquals("queued before", first.text(), "what was queued");
        assertEquals(peer.address(), first.sender(), "its sender");
        assertEquals(WOULD_BLOCK, socket.recv(ByteBuffer.allocate(9)), "recv of an empty queue");
        lab.send(socket, "from the adopted");
        Message answer = peer.receive();
        assertEquals("from the adopted", answer.text(), "what the peer received");
        assertEquals(local, answer.sender(), "its sender");
        released.close();
        peer.send(bytes("later"), local);
        assertEquals("later", lab.receive(socket).text(), "datagram after the close of what was released");
    }

    @Rule("UDP-BIND-19")
    void noHandle(Lab lab) throws Exception {
        for (long negative : new long[] {-1, Integer.MIN_VALUE, Long.MIN_VALUE}) {
            expectThrown(IllegalArgumentException.class, () -> lab.backend().adopt(negative));
        }
        UdpSocket socket = lab.socket();
        long inUse = lab.has(Capability.RAW_HANDLE) ? socket.rawHandle() : 0;
        for (long none : new long[] {NO_HANDLE, Long.MAX_VALUE, (1L << 32) + inUse}) {
            expectError(ErrorKind.CLOSED, () -> lab.backend().adopt(none));
        }
        Peer peer = lab.peer();
        peer.send(bytes("unharmed"), socket.localAddress());
        assertEquals("unharmed", lab.receive(socket).text(), "datagram at a socket whose handle looks alike");
    }

    @Rule("UDP-BIND-20")
    void notUdp(Lab lab) throws Exception {
        lab.track(ServerSocketChannel.open()).bind(lab.loopback(0)); // loads what opens descriptors of its own
        Path file = Files.createTempFile("datagram4j", ".txt");
        lab.track(() -> Files.delete(file));
        Map<String, AutoCloseable> strangers = new LinkedHashMap<>();
        long[] handles = new long[3];
        Map<Long, String> before = descriptors();
        strangers.put("a file", lab.track(FileChannel.open(file, StandardOpenOption.READ)));
        handles[0] = added(lab, before, file.toRealPath().toString());
        before = descriptors();
        strangers.put("a TCP socket", lab.track(ServerSocketChannel.open()).bind(lab.loopback(0)));
        handles[1] = added(lab, before, "socket:");
        before = descriptors();
        strangers.put("a UDP socket without a port", lab.track(DatagramChannel.open(lab.family())));
        handles[2] = added(lab, before, "socket:");
        int index = 0;
        for (Map.Entry<String, AutoCloseable> stranger : strangers.entrySet()) {
            long handle = handles[index++];
            String flags = flags(handle);
            UdpException refused = expectThrown(
                    UdpException.class, () -> lab.track(lab.backend().adopt(handle)));
            assertEquals(ErrorKind.INVALID_INPUT, refused.kind(), "kind of the refusal of " + stranger.getKey());
            assertEquals(flags, flags(handle), "flags of " + stranger.getKey() + " after the refusal");
        }
    }

    /** Every open descriptor and what it is. That of the listing itself is closed when it is looked at. */
    private static Map<Long, String> descriptors() throws IOException {
        Map<Long, String> open = new LinkedHashMap<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(DESCRIPTORS)) {
            all.forEach(path -> open.put(Long.valueOf(path.getFileName().toString()), ""));
        }
        open.replaceAll((descriptor, target) -> target(descriptor));
        return open;
    }

    // The descriptor that was opened since, and is what it has to be.
    private static long added(Lab lab, Map<Long, String> before, String target) throws IOException {
        Map<Long, String> found = descriptors();
        found.entrySet().removeAll(before.entrySet());
        found.values().removeIf(it -> !it.startsWith(target));
        if (found.size() != 1) {
            throw lab.inconclusive("others opened descriptors meanwhile: " + found);
        }
        return found.keySet().iterator().next();
    }

    private static String target(long descriptor) {
        try {
            return Files.readSymbolicLink(DESCRIPTORS.resolve(Long.toString(descriptor)))
                    .toString();
        } catch (IOException e) {
            return ""; // closed since
        }
    }

    // O_NONBLOCK among them.
    private static String flags(long descriptor) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/fdinfo", Long.toString(descriptor))).stream()
                .filter(line -> line.startsWith("flags:"))
                .findFirst()
                .orElseThrow();
    }

    private static void expectTraffic(Lab lab, UdpSocket socket, InetSocketAddress at, Peer peer) throws IOException {
        peer.send(bytes("to the socket"), at);
        Message received = lab.receive(socket);
        assertEquals("to the socket", received.text(), "what the socket received");
        assertEquals(peer.address(), received.sender(), "its sender");
        lab.sendTo(socket, "from the socket", peer.address());
        Message answer = peer.receive();
        assertEquals("from the socket", answer.text(), "what the peer received");
        assertEquals(at, answer.sender(), "its sender");
    }

    private static UdpSocket openUnlessTaken(Lab lab, InetSocketAddress local) throws UdpException {
        try {
            return lab.open(UdpConfig.of(local));
        } catch (UdpException e) {
            if (e.kind() == ErrorKind.ADDRESS_IN_USE) {
                return null;
            }
            throw e;
        }
    }

    private static void assertGranted(UdpSocket plain, UdpSocket sized, SocketOption<Integer> option, int normal)
            throws UdpException {
        plain.setOption(option, normal / SMALLER);
        assertNotEquals(normal, sized.getOption(option), option + " of the configuration, not the default");
        assertEquals(plain.getOption(option), sized.getOption(option), option + " by configuration, and by setOption");
    }

    private static boolean systemShares(Lab lab) throws IOException {
        try (DatagramChannel one = DatagramChannel.open(lab.family());
                DatagramChannel two = DatagramChannel.open(lab.family())) {
            one.setOption(SO_REUSEADDR, true).bind(lab.loopback(0));
            two.setOption(SO_REUSEADDR, true).bind(one.getLocalAddress());
            return true;
        } catch (java.net.SocketException refused) {
            return false;
        }
    }

    private static void assertNames(UdpSocket socket, String backend, String port) {
        String text = socket.toString();
        assertTrue(
                text.contains(backend) && text.contains(port),
                () -> "expected toString to name " + backend + " and " + port + ", actual: " + text);
    }

    private static DatagramChannel channel(Lab lab) throws IOException {
        return lab.track(DatagramChannel.open(lab.family())).bind(lab.loopback(0));
    }

    private static String text(ByteBuffer received) {
        byte[] payload = new byte[received.flip().remaining()];
        received.get(payload);
        return new Message(payload, null).text();
    }
}
