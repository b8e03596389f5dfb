package org.datagram4j.conformance.rules;

import static org.datagram4j.UdpSocket.WOULD_BLOCK;
import static org.datagram4j.conformance.lab.Lab.bytes;
import static org.datagram4j.conformance.lab.Lab.expectError;
import static org.datagram4j.conformance.lab.Lab.expectThrown;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Predicate;
import org.datagram4j.Capability;
import org.datagram4j.DatagramInfo;
import org.datagram4j.ErrorKind;
import org.datagram4j.SendInfo;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.conformance.lab.Lab;
import org.datagram4j.conformance.lab.Message;
import org.datagram4j.conformance.lab.Peer;
import org.datagram4j.conformance.run.Rule;

/** Area V6. */
public final class V6Rules {
    /** For JUnit. */
    public V6Rules() {}

    @Rule("UDP-V6-01")
    void loopbackHasNoScope(Lab lab) throws Exception {
        UdpSocket socket = lab.open(UdpConfig.of(lab.wildcard(0)));
        Peer peer = lab.peer();
        expectScopeKept(lab, socket, peer, lab.loopback(lab.address(socket).getPort()), 0);
        UdpSocket bound = lab.socket();
        assertEquals(0, v6(lab.address(bound)).getScopeId(), "scope id of the local address ::1");
    }

    @Rule("UDP-V6-02")
    void linkLocalKeepsScope(Lab lab) throws Exception {
        Inet6Address local = address(lab, "link-local", Inet6Address::isLinkLocalAddress);
        Peer peer = lab.peer(new InetSocketAddress(local, 0));
        UdpSocket socket = lab.open(UdpConfig.of(lab.wildcard(0)));
        InetSocketAddress to = new InetSocketAddress(local, lab.address(socket).getPort());
        expectScopeKept(lab, socket, peer, to, local.getScopeId());
    }

    @Rule("UDP-V6-03")
    void widerAddressHasNoScope(Lab lab) throws Exception {
        Inet6Address local = address(
                lab,
                "wider than link-local",
                candidate -> !candidate.isLinkLocalAddress()
                        && !candidate.isSiteLocalAddress()
                        && !candidate.isLoopbackAddress());
        InetAddress plain = InetAddress.getByAddress(local.getAddress());
        Peer peer = lab.peer(new InetSocketAddress(plain, 0));
        UdpSocket socket = lab.open(UdpConfig.of(lab.wildcard(0)));
        InetSocketAddress to = new InetSocketAddress(plain, lab.address(socket).getPort());
        expectScopeKept(lab, socket, peer, to, 0);
    }

    private static void expectScopeKept(Lab lab, UdpSocket socket, Peer peer, InetSocketAddress to, int scope)
            throws IOException {
        peer.send(bytes("hello"), to);
        Message hello = lab.receive(socket);
        assertEquals(peer.address(), hello.sender(), "sender");
        assertEquals(scope, v6(hello.sender()).getScopeId(), "scope id of the sender");
        lab.sendTo(socket, "answer", hello.sender());
        Message answer = peer.receive();
        assertEquals("answer", answer.text(), "what the sender got as an answer");
        assertEquals(to.getPort(), answer.sender().getPort(), "port that the answer came from");
    }

    private static Inet6Address v6(InetSocketAddress address) {
        return assertInstanceOf(Inet6Address.class, address.getAddress(), "type of " + address);
    }

    private static Inet6Address address(Lab lab, String sort, Predicate<Inet6Address> wanted) throws IOException {
        return NetworkInterface.networkInterfaces()
                .filter(V6Rules::isUp)
                .flatMap(NetworkInterface::inetAddresses)
                .filter(Inet6Address.class::isInstance)
                .map(Inet6Address.class::cast)
                .filter(wanted)
                .filter(V6Rules::answersItself)
                .findFirst()
                .orElseThrow(() -> lab.lacks("no interface has an IPv6 address that is " + sort));
    }

    // Tunnels and radio interfaces have addresses that nothing can be sent to.
    private static boolean answersItself(Inet6Address candidate) {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(candidate, 0))) {
            socket.setSoTimeout(400);
            socket.send(new DatagramPacket(new byte[1], 1, socket.getLocalSocketAddress()));
            socket.receive(new DatagramPacket(new byte[1], 1));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isUp(NetworkInterface candidate) {
        try {
            return candidate.isUp();
        } catch (SocketException e) {
            return false;
        }
    }

    @Rule("UDP-V6-04")
    void mappedSenderIsV4(Lab lab) throws Exception {
        Peer peer = lab.peer(new InetSocketAddress(Lab.ip("127.0.0.1"), 0));
        UdpSocket socket = lab.open(UdpConfig.of(lab.wildcard(0)));
        InetSocketAddress to =
                new InetSocketAddress(Lab.ip("127.0.0.1"), lab.address(socket).getPort());
        peer.send(bytes("hello"), to);
        DatagramInfo info = new DatagramInfo();
        Message hello = lab.receive(socket, ByteBuffer.allocate(16), info);
        assertInstanceOf(Inet4Address.class, hello.sender().getAddress(), "type of the sender's address");
        assertEquals(peer.address(), hello.sender(), "sender");
        byte[] raw = new byte[16];
        assertEquals(4, info.senderAddress(raw), "length of the sender's raw address");
        assertEquals("[127, 0, 0, 1]", Arrays.toString(Arrays.copyOf(raw, 4)), "raw address of the sender");
        lab.sendTo(socket, "answer", hello.sender());
        Message answer = peer.receive();
        assertEquals("answer", answer.text(), "what the sender got as an answer");
        assertEquals(to, answer.sender(), "whom the answer came from");
    }

    @Rule("UDP-V6-05")
    void sendersOfBothVersionsAreExact(Lab lab) throws Exception {
        Peer four = lab.peer(new InetSocketAddress(Lab.ip("127.0.0.1"), 0));
        Peer six = lab.peer();
        UdpSocket socket = lab.open(UdpConfig.of(lab.wildcard(0)));
        int port = lab.address(socket).getPort();
        DatagramInfo info = new DatagramInfo();
        ByteBuffer buffer = ByteBuffer.allocate(16);
        for (int i = 0; i < 4; i++) {
            four.send(bytes("four " + i), new InetSocketAddress(Lab.ip("127.0.0.1"), port));
            Message message = lab.receive(socket, buffer.clear(), info);
            assertEquals("four " + i, message.text(), "received from IPv4");
            assertEquals(four.address(), message.sender(), "sender of what came from IPv4");
            six.send(bytes("six " + i), lab.loopback(port));
            message = lab.receive(socket, buffer.clear(), info);
            assertEquals("six " + i, message.text(), "received from IPv6");
            assertEquals(six.address(), message.sender(), "sender of what came from IPv6");
        }
    }

    @Rule("UDP-V6-06")
    void dualStackConnectsToV4(Lab lab) throws Exception {
        Peer peer = lab.peer(new InetSocketAddress(Lab.ip("127.0.0.1"), 0));
        UdpSocket socket = lab.open(UdpConfig.of(lab.wildcard(0)));
        int port = lab.address(socket).getPort();
        socket.connect(peer.address());
        assertEquals(peer.address(), socket.peerAddress(), "peerAddress");
        lab.send(socket, "ping");
        Message ping = peer.receive();
        assertEquals("ping", ping.text(), "what the peer received");
        assertEquals(port, ping.sender().getPort(), "port that it came from");
        peer.send(bytes("pong"), ping.sender());
        Message pong = lab.receive(socket);
        assertEquals("pong", pong.text(), "received from the peer");
        assertEquals(peer.address(), pong.sender(), "its sender");
    }

    @Rule("UDP-V6-07")
    void v6DestinationOfV4Socket(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.socket();
        InetSocketAddress wrong =
                new InetSocketAddress(Lab.ip("::1"), peer.address().getPort());
        ByteBuffer payload = ByteBuffer.wrap(bytes("nowhere"));
        expectError(ErrorKind.WRONG_FAMILY, () -> socket.sendTo(payload, wrong));
        expectError(ErrorKind.WRONG_FAMILY, () -> socket.send(payload, new SendInfo().destination(wrong)));
        expectError(ErrorKind.WRONG_FAMILY, () -> socket.sendSegmented(payload, wrong, 3));
        assertEquals(0, payload.position(), "position after refused sends");
        lab.sendTo(socket, "somewhere", peer.address());
        assertEquals("somewhere", peer.receive().text(), "what the peer received after refused sends");
    }

    @Rule("UDP-V6-08")
    void v6OnlyIsRefusedUndeclared(Lab lab) throws Exception {
        if (lab.has(Capability.V6_ONLY)) {
            throw lab.notApplicable("the backend declares V6_ONLY");
        }
        UdpConfig config = UdpConfig.of(lab.wildcard(0)).withV6Only(true);
        String message = String.valueOf(expectThrown(
                        UnsupportedOperationException.class,
                        () -> lab.backend().open(config).close())
                .getMessage());
        assertTrue(
                message.contains(Capability.V6_ONLY.name()),
                () -> "expected a message with V6_ONLY, actual: " + message);
        expectThrown(UnsupportedOperationException.class, () -> lab.socket().onlyV6());
    }

    @Rule("UDP-V6-09")
    void v6OnlyKeepsV4Out(Lab lab) throws Exception {
        UdpSocket dual = lab.open(UdpConfig.of(lab.wildcard(0)));
        assertEquals(false, dual.onlyV6(), "onlyV6 of a wildcard socket at first");
        UdpSocket socket = lab.open(UdpConfig.of(lab.wildcard(0)).withV6Only(true));
        assertEquals(true, socket.onlyV6(), "onlyV6 as configured");
        int port = lab.address(socket).getPort();
        Peer four = lab.peer(new InetSocketAddress(Lab.ip("127.0.0.1"), 0));
        Peer six = lab.peer();
        for (String text : new String[] {"first", "second"}) {
            four.send(bytes("from IPv4"), new InetSocketAddress(Lab.ip("127.0.0.1"), port));
            six.send(bytes(text), lab.loopback(port));
            Message message = lab.receive(socket);
            assertEquals(text, message.text(), "received by a socket for IPv6 only");
            assertEquals(six.address(), message.sender(), "its sender");
        }
        assertEquals(WOULD_BLOCK, socket.recv(ByteBuffer.allocate(16)), "the next receive");
    }

    @Rule("UDP-V6-10")
    void v6OnlyMeansNothingToV4(Lab lab) throws Exception {
        UdpSocket socket = lab.open(UdpConfig.of(lab.loopback(0)).withV6Only(true));
        Peer peer = lab.peer();
        peer.send(bytes("hello"), lab.address(socket));
        assertEquals("hello", lab.receive(socket).text(), "received by an IPv4 socket");
        expectThrown(UnsupportedOperationException.class, socket::onlyV6);
    }

    @Rule("UDP-V6-11")
    void v4GroupOfV6Socket(Lab lab) throws Exception {
        NetworkInterface netIf = lab.environment().multicastV4();
        UdpSocket socket = lab.open(UdpConfig.of(lab.wildcard(0)));
        Inet4Address group = (Inet4Address) Lab.ip("239.255.66.6");
        try {
            socket.join(group, netIf);
        } catch (UdpException e) {
            assertEquals(ErrorKind.WRONG_FAMILY, e.kind(), "kind of the refusal to join an IPv4 group");
            return;
        }
        try (MulticastSocket sender = new MulticastSocket(0)) {
            sender.setNetworkInterface(netIf);
            sender.send(new DatagramPacket(
                    bytes("to the group"),
                    12,
                    new InetSocketAddress(group, lab.address(socket).getPort())));
            Message message = lab.receive(socket);
            assertEquals("to the group", message.text(), "received by the group");
            assertInstanceOf(Inet4Address.class, message.sender().getAddress(), "type of the sender's address");
        }
        socket.leave(group, netIf);
    }

    @Rule("UDP-V6-12")
    void dualStackSendsToBoth(Lab lab) throws Exception {
        Peer four = lab.peer(new InetSocketAddress(Lab.ip("127.0.0.1"), 0));
        Peer six = lab.peer();
        UdpSocket socket = lab.open(UdpConfig.of(lab.wildcard(0)));
        int port = lab.address(socket).getPort();
        for (Peer peer : new Peer[] {four, six, four}) {
            lab.sendTo(socket, "hello", peer.address());
            Message message = peer.receive();
            assertEquals("hello", message.text(), "what the peer " + peer.address() + " received");
            assertEquals(
                    new InetSocketAddress(peer.address().getAddress(), port), message.sender(), "whom it came from");
        }
    }

    @Rule("UDP-V6-13")
    void linkLocalPeer(Lab lab) throws Exception {
        Inet6Address local = address(lab, "link-local", Inet6Address::isLinkLocalAddress);
        Peer peer = lab.peer(new InetSocketAddress(local, 0));
        UdpSocket socket = lab.open(UdpConfig.of(new InetSocketAddress(local, 0)));
        assertEquals(local.getScopeId(), v6(lab.address(socket)).getScopeId(), "scope id of the local address");
        socket.connect(peer.address());
        assertEquals(peer.address(), socket.peerAddress(), "peerAddress");
        assertEquals(local.getScopeId(), v6(socket.peerAddress()).getScopeId(), "scope id of peerAddress");
        lab.send(socket, "ping");
        Message ping = peer.receive();
        assertEquals("ping", ping.text(), "what the peer received");
        peer.send(bytes("pong"), ping.sender());
        Message pong = lab.receive(socket);
        assertEquals("pong", pong.text(), "received from the peer");
        assertEquals(local.getScopeId(), v6(pong.sender()).getScopeId(), "scope id of the sender");

        InetAddress unscoped = Inet6Address.getByAddress(null, local.getAddress(), 0);
        expectError(
                ErrorKind.INVALID_INPUT,
                () -> lab.open(UdpConfig.of(new InetSocketAddress(unscoped, 0))).close());
    }
}
