package org.datagram4j.conformance.rules;

import static org.datagram4j.UdpSocket.WOULD_BLOCK;
import static org.datagram4j.conformance.lab.Lab.bytes;
import static org.datagram4j.conformance.lab.Lab.expectError;
import static org.datagram4j.conformance.lab.Lab.expectThrown;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import org.datagram4j.Capability;
import org.datagram4j.DatagramBatch;
import org.datagram4j.DatagramInfo;
import org.datagram4j.ErrorKind;
import org.datagram4j.Interest;
import org.datagram4j.SendInfo;
import org.datagram4j.TruncationPolicy;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.conformance.lab.Environment;
import org.datagram4j.conformance.lab.Lab;
import org.datagram4j.conformance.lab.Message;
import org.datagram4j.conformance.lab.Peer;
import org.datagram4j.conformance.lab.Watch;
import org.datagram4j.conformance.run.Rule;

/** Area CONN. */
public final class ConnRules {
    private static final long TOKEN = 7;

    /** For JUnit. */
    public ConnRules() {}

    @Rule("UDP-CONN-01")
    void sendGoesToThePeer(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.socket();
        InetSocketAddress local = lab.address(socket);
        socket.connect(peer.address());
        assertEquals(peer.address(), socket.peerAddress(), "peerAddress after connect");
        lab.send(socket, "to the peer");
        expect("to the peer", local, peer.receive(), "what the peer received");
    }

    @Rule("UDP-CONN-02")
    void onlyThePeerIsHeard(Lab lab) throws Exception {
        Peer peer = lab.peer();
        Peer outsider = lab.peer();
        UdpSocket socket = lab.socket();
        outsider.send(bytes("before"), lab.address(socket));
        expect("before", outsider.address(), lab.receive(socket), "received before connect");
        socket.connect(peer.address());
        for (String text : new String[] {"first", "second"}) {
            outsider.send(bytes("from the outsider"), lab.address(socket));
            peer.send(bytes(text), lab.address(socket));
            expect(text, peer.address(), lab.receive(socket), "received while connected");
        }
    }

    @Rule("UDP-CONN-03")
    void connectedAddressIsConcrete(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.open(lab.wildcardConfig());
        int port = lab.address(socket).getPort();
        assertTrue(lab.address(socket).getAddress().isAnyLocalAddress(), "wildcard address before connect");
        socket.connect(peer.address());
        assertEquals(lab.loopback(port), lab.address(socket), "local address while connected over loopback");
        lab.send(socket, "hello");
        expect("hello", lab.loopback(port), peer.receive(), "what the peer received");
    }

    @Rule("UDP-CONN-04")
    void reconnectSends(Lab lab) throws Exception {
        Peer first = lab.peer();
        Peer second = lab.peer();
        UdpSocket socket = lab.socket();
        InetSocketAddress local = lab.address(socket);
        int round = 0;
        for (Peer peer : new Peer[] {first, second, second, first}) {
            String text = "round " + round++;
            socket.connect(peer.address());
            assertEquals(peer.address(), socket.peerAddress(), "peerAddress in " + text);
            assertEquals(local, lab.address(socket), "local address in " + text);
            lab.send(socket, text);
            expect(text, local, peer.receive(), "what the peer of this round received");
        }
    }

    @Rule("UDP-CONN-05")
    void reconnectReceives(Lab lab) throws Exception {
        Peer first = lab.peer();
        Peer second = lab.peer();
        UdpSocket socket = lab.socket();
        InetSocketAddress local = lab.address(socket);
        Peer old = second;
        int round = 0;
        for (Peer peer : new Peer[] {first, second, first}) {
            String text = "round " + round++;
            socket.connect(peer.address());
            old.send(bytes("from the old peer"), local);
            peer.send(bytes(text), local);
            expect(text, peer.address(), lab.receive(socket), "received in " + text);
            old = peer;
        }
    }

    @Rule("UDP-CONN-06")
    void connectKeepsQueue(Lab lab) throws Exception {
        for (boolean known : new boolean[] {true, false}) {
            Peer peer = lab.peer();
            Peer early = known ? peer : lab.peer();
            UdpSocket socket = lab.socket();
            queue(lab, socket, early);
            socket.connect(peer.address());
            expectQueueKept(lab, socket, early, peer);
        }
    }

    @Rule("UDP-CONN-07")
    void disconnectKeepsQueue(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.socket();
        socket.connect(peer.address());
        queue(lab, socket, peer);
        socket.disconnect();
        expectQueueKept(lab, socket, peer, lab.peer());
    }

    private static void queue(Lab lab, UdpSocket socket, Peer sender) throws IOException {
        sender.send(bytes("queued"), lab.address(socket));
        ByteBuffer copy = ByteBuffer.allocate(16);
        lab.eventually("a datagram in the queue of " + socket, () -> socket.peek(copy.clear()) != WOULD_BLOCK);
    }

    // What was queued comes first, or is lost where that is allowed, but never comes twice or changed.
    private static void expectQueueKept(Lab lab, UdpSocket socket, Peer early, Peer late) throws IOException {
        late.send(bytes("sent after"), lab.address(socket));
        Message next = lab.receive(socket);
        if (lab.has(Capability.CONNECT_KEEPS_QUEUE) || next.text().equals("queued")) {
            expect("queued", early.address(), next, "the first datagram received afterwards");
            next = lab.receive(socket);
        }
        expect("sent after", late.address(), next, "the next datagram received afterwards");
        assertEquals(WOULD_BLOCK, socket.recv(ByteBuffer.allocate(16)), "a receive when both have been received");
    }

    @Rule("UDP-CONN-08")
    void disconnectOpensToAll(Lab lab) throws Exception {
        Peer peer = lab.peer();
        Peer other = lab.peer();
        UdpSocket socket = lab.socket();
        InetSocketAddress local = lab.address(socket);
        socket.connect(peer.address());
        socket.disconnect();
        assertEquals(local, lab.address(socket), "local address after disconnect");
        for (Peer anybody : new Peer[] {other, peer}) {
            anybody.send(bytes("to the free"), local);
            expect("to the free", anybody.address(), lab.receive(socket), "received after disconnect");
            lab.sendTo(socket, "from the free", anybody.address());
            expect("from the free", local, anybody.receive(), "what was received from it after disconnect");
        }
    }

    @Rule("UDP-CONN-09")
    void withoutPeerNotConnected(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        expectNoPeer(socket);
        socket.connect(lab.peer().address());
        socket.peerAddress();
        socket.disconnect();
        expectNoPeer(socket);
    }

    private static void expectNoPeer(UdpSocket socket) {
        expectError(ErrorKind.NOT_CONNECTED, socket::peerAddress);
        ByteBuffer payload = ByteBuffer.wrap(bytes("nowhere"));
        expectError(ErrorKind.NOT_CONNECTED, () -> socket.send(payload));
        assertEquals(0, payload.position(), "position after the refused send");
    }

    @Rule("UDP-CONN-10")
    void disconnectWithoutPeerDoesNothing(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.socket();
        InetSocketAddress local = lab.address(socket);
        queue(lab, socket, peer);
        socket.disconnect();
        expect("queued", peer.address(), lab.receive(socket), "received after a disconnect without a peer");
        socket.connect(peer.address());
        socket.disconnect();
        queue(lab, socket, peer);
        socket.disconnect();
        expect("queued", peer.address(), lab.receive(socket), "received after the second disconnect");
        assertEquals(local, lab.address(socket), "local address after the second disconnect");
    }

    @Rule("UDP-CONN-11")
    void disconnectRestoresWildcard(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.open(lab.wildcardConfig());
        int port = lab.address(socket).getPort();
        socket.connect(peer.address());
        socket.disconnect();
        assertEquals(port, lab.address(socket).getPort(), "local port after disconnect");
        peer.send(bytes("here"), new InetSocketAddress(Lab.ip("127.0.0.2"), port));
        assertEquals("here", lab.receive(socket).text(), "received at another local address after disconnect");
    }

    @Rule("UDP-CONN-12")
    void badPeerIsRefused(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.socket();
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("peer.invalid", 9);
        expectBadPeers(lab, socket, unresolved);
        expectError(ErrorKind.NOT_CONNECTED, socket::peerAddress);
        socket.connect(peer.address());
        expectBadPeers(lab, socket, unresolved);
        assertEquals(peer.address(), socket.peerAddress(), "peerAddress after refused connects");
        expectTalk(lab, socket, peer);
    }

    private static void expectBadPeers(Lab lab, UdpSocket socket, InetSocketAddress unresolved) {
        expectThrown(IllegalArgumentException.class, () -> socket.connect(lab.loopback(0)));
        expectThrown(IllegalArgumentException.class, () -> socket.connect(unresolved));
        expectThrown(NullPointerException.class, () -> socket.connect(null));
    }

    @Rule("UDP-CONN-13")
    void wrongFamilyIsRefused(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.socket();
        InetSocketAddress wrong =
                new InetSocketAddress(Lab.ip("::1"), peer.address().getPort());
        expectError(ErrorKind.WRONG_FAMILY, () -> socket.connect(wrong));
        expectStateAsTold(lab, socket, peer);
        socket.connect(peer.address());
        expectError(ErrorKind.WRONG_FAMILY, () -> socket.connect(wrong));
        expectStateAsTold(lab, socket, peer);
    }

    @Rule("UDP-CONN-14")
    void refusedConnectLeavesToldState(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.socket();
        socket.connect(peer.address());
        try {
            socket.connect(new InetSocketAddress(Lab.ip("255.255.255.255"), 9));
        } catch (UdpException e) {
            expectStateAsTold(lab, socket, peer);
            socket.connect(peer.address());
            expectTalk(lab, socket, peer);
            return;
        }
        throw lab.notApplicable("the system lets a socket connect to a broadcast address without SO_BROADCAST");
    }

    // Connected to its old peer or to nobody, as peerAddress says, and working.
    private static void expectStateAsTold(Lab lab, UdpSocket socket, Peer peer) throws IOException {
        InetSocketAddress told = null;
        try {
            told = socket.peerAddress();
        } catch (UdpException e) {
            assertEquals(ErrorKind.NOT_CONNECTED, e.kind(), "kind of what peerAddress throws after a failed connect");
        }
        if (told != null) {
            assertEquals(peer.address(), told, "peerAddress after a failed connect");
            expectTalk(lab, socket, peer);
            return;
        }
        Peer anybody = lab.peer();
        anybody.send(bytes("to the free"), lab.address(socket));
        expect("to the free", anybody.address(), lab.receive(socket), "received after a failed connect");
        lab.sendTo(socket, "from the free", anybody.address());
        assertEquals("from the free", anybody.receive().text(), "what was received from it after a failed connect");
        expectError(ErrorKind.NOT_CONNECTED, () -> socket.send(ByteBuffer.allocate(1)));
    }

    @Rule("UDP-CONN-15")
    void registrationSurvives(Lab lab) throws Exception {
        Peer first = lab.peer();
        Peer second = lab.peer();
        UdpSocket socket = lab.socket();
        Watch watch = lab.watch();
        watch.register(socket, TOKEN, Interest.READABLE);
        expectEvent(lab, watch, socket, first, "before connect");
        socket.connect(first.address());
        expectEvent(lab, watch, socket, first, "after connect");
        socket.connect(second.address());
        expectEvent(lab, watch, socket, second, "after another connect");
        socket.disconnect();
        expectEvent(lab, watch, socket, first, "after disconnect");
        watch.expectNothing();
    }

    private static void expectEvent(Lab lab, Watch watch, UdpSocket socket, Peer peer, String when) throws IOException {
        peer.send(bytes(when), lab.address(socket));
        watch.expectReadable(TOKEN);
        expect(when, peer.address(), lab.receive(socket), "received " + when);
        assertEquals(WOULD_BLOCK, socket.recv(ByteBuffer.allocate(16)), "the next receive " + when);
    }

    @Rule("UDP-CONN-16")
    void sendToThePeer(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.socket();
        socket.connect(peer.address());
        lab.sendTo(socket, "sendTo", peer.address());
        expect("sendTo", lab.address(socket), peer.receive(), "what the peer received");
        SendInfo info = new SendInfo().destination(peer.address());
        ByteBuffer payload = ByteBuffer.wrap(bytes("send with info"));
        lab.eventually("a send with info", () -> socket.send(payload, info) != WOULD_BLOCK);
        expect("send with info", lab.address(socket), peer.receive(), "what the peer received");
        expectTalk(lab, socket, peer);
    }

    @Rule("UDP-CONN-17")
    void sendToAnother(Lab lab) throws Exception {
        Peer peer = lab.peer();
        Peer other = lab.peer();
        UdpSocket socket = lab.socket();
        socket.connect(peer.address());
        lab.sendTo(socket, "to another", other.address());
        expect("to another", lab.address(socket), other.receive(), "what the other received");
        assertEquals(peer.address(), socket.peerAddress(), "peerAddress after a send to another");
        other.send(bytes("from another"), lab.address(socket));
        expectTalk(lab, socket, peer);
    }

    @Rule("UDP-CONN-18")
    void sendToAnotherIsRefused(Lab lab) throws Exception {
        if (lab.has(Capability.SEND_TO_WHEN_CONNECTED)) {
            throw lab.notApplicable("the backend declares SEND_TO_WHEN_CONNECTED");
        }
        Peer peer = lab.peer();
        Peer other = lab.peer();
        UdpSocket socket = lab.socket();
        socket.connect(peer.address());
        ByteBuffer payload = ByteBuffer.wrap(bytes("refused"));
        SendInfo info = new SendInfo().destination(other.address());
        expectUnsupported(() -> socket.sendTo(payload, other.address()));
        expectUnsupported(() -> socket.send(payload, info));
        expectUnsupported(() -> socket.sendSegmented(payload, other.address(), 4));
        assertEquals(0, payload.position(), "position after refused sends");
        DatagramBatch batch = lab.backend().newBatch(2, 16);
        Batches.put(batch, 0, "refused", peer.address());
        Batches.put(batch, 1, "refused", other.address());
        expectUnsupported(() -> socket.sendBatch(batch, 0, 2));
        expectTalk(lab, socket, peer);
        socket.disconnect();
        lab.sendTo(socket, "sentinel", other.address());
        assertEquals("sentinel", other.receive().text(), "the first datagram that the other received");
    }

    private static void expectUnsupported(Lab.Action action) {
        String message = String.valueOf(
                expectThrown(UnsupportedOperationException.class, action).getMessage());
        assertTrue(
                message.contains(Capability.SEND_TO_WHEN_CONNECTED.name()),
                () -> "expected a message with SEND_TO_WHEN_CONNECTED, actual: " + message);
    }

    @Rule("UDP-CONN-19")
    void bothConnected(Lab lab) throws Exception {
        UdpSocket left = lab.socket();
        UdpSocket right = lab.socket();
        left.connect(lab.address(right));
        right.connect(lab.address(left));
        Watch watch = lab.watch();
        watch.register(left, 1, Interest.READABLE_WRITABLE);
        watch.register(right, 2, Interest.READABLE_WRITABLE);
        watch.expectWritable(1);
        watch.reregister(right, 2, Interest.READABLE_WRITABLE);
        watch.expectWritable(2);
        expectEmpty(left);
        expectEmpty(right);
        lab.send(left, "to the right");
        lab.send(right, "to the left");
        expectPeekAndReceive(lab, left, "to the left", lab.address(right));
        expectPeekAndReceive(lab, right, "to the right", lab.address(left));
        assertNull(left.takeError(), "takeError at the left");
        assertNull(right.takeError(), "takeError at the right");
    }

    private static void expectEmpty(UdpSocket socket) throws IOException {
        assertEquals(WOULD_BLOCK, socket.peek(ByteBuffer.allocate(4)), "peek before anything was sent");
        assertEquals(WOULD_BLOCK, socket.recv(ByteBuffer.allocate(4)), "recv before anything was sent");
    }

    private static void expectPeekAndReceive(Lab lab, UdpSocket socket, String text, InetSocketAddress sender)
            throws IOException {
        ByteBuffer copy = ByteBuffer.allocate(32);
        lab.eventually("a datagram to peek at", () -> socket.peek(copy.clear()) != WOULD_BLOCK);
        assertEquals(text, text(copy), "what peek delivered");
        expect(text, sender, lab.receive(socket), "received after the peek");
        expectEmpty(socket);
    }

    @Rule("UDP-CONN-20")
    void senderIsNamedWhenConnected(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.socket();
        socket.connect(peer.address());
        queue(lab, socket, peer);
        ByteBuffer buffer = ByteBuffer.allocate(16);
        DatagramInfo info = new DatagramInfo();
        assertEquals(peer.address(), socket.peekFrom(buffer.clear()), "peekFrom when connected");
        assertEquals(6, socket.peek(buffer.clear(), info), "peek when connected");
        assertEquals(peer.address(), info.sender(), "sender of the peek");
        assertEquals(peer.address(), socket.recvFrom(buffer.clear()), "recvFrom when connected");
        queue(lab, socket, peer);
        assertEquals(6, socket.receive(buffer.clear(), info), "receive when connected");
        assertEquals(peer.address(), info.sender(), "sender of the receive");
    }

    @Rule("UDP-CONN-21")
    void connectedToItself(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        InetSocketAddress local = lab.address(socket);
        socket.connect(local);
        lab.send(socket, "to myself");
        expect("to myself", local, lab.receive(socket), "received from itself");
    }

    @Rule("UDP-CONN-22")
    void wildcardPeerIsThisMachine(Lab lab) throws Exception {
        Peer peer = lab.peer(lab.wildcard(0));
        int port = peer.address().getPort();
        UdpSocket socket = lab.open(lab.wildcardConfig());
        socket.connect(lab.wildcard(port));
        assertEquals(port, socket.peerAddress().getPort(), "port of peerAddress");
        assertFalse(
                socket.peerAddress().getAddress().isAnyLocalAddress(),
                () -> "expected a concrete peer, actual: the wildcard address");
        lab.send(socket, "to this machine");
        Message message = peer.receive();
        assertEquals("to this machine", message.text(), "what the peer received");
        assertEquals(lab.address(socket), message.sender(), "whom the peer received from");
    }

    @Rule("UDP-CONN-23")
    void optionsSurvive(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        socket.setBroadcast(true);
        socket.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 7);
        socket.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, false);
        socket.setTruncationPolicy(TruncationPolicy.ERROR);
        int room = socket.getOption(StandardSocketOptions.SO_RCVBUF);
        socket.connect(lab.peer().address());
        expectOptions(socket, room, "after connect");
        socket.connect(lab.peer().address());
        expectOptions(socket, room, "after another connect");
        socket.disconnect();
        expectOptions(socket, room, "after disconnect");
    }

    private static void expectOptions(UdpSocket socket, int room, String when) throws IOException {
        assertEquals(true, socket.broadcast(), "SO_BROADCAST " + when);
        assertEquals(7, socket.getOption(StandardSocketOptions.IP_MULTICAST_TTL), "IP_MULTICAST_TTL " + when);
        assertEquals(false, socket.getOption(StandardSocketOptions.IP_MULTICAST_LOOP), "IP_MULTICAST_LOOP " + when);
        assertEquals(room, socket.getOption(StandardSocketOptions.SO_RCVBUF), "SO_RCVBUF " + when);
        assertEquals(TruncationPolicy.ERROR, socket.truncationPolicy(), "truncation policy " + when);
    }

    @Rule("UDP-CONN-24")
    void disconnectOpensToOtherHosts(Lab lab) throws Exception {
        Peer other = lab.peer(new InetSocketAddress(Lab.ip("127.0.0.2"), 0));
        UdpSocket socket = lab.open(lab.wildcardConfig());
        InetSocketAddress to = lab.loopback(lab.address(socket).getPort());
        for (int i = 0; i < 2; i++) {
            socket.connect(lab.peer().address());
            socket.disconnect();
            other.send(bytes("hello"), to);
            expect("hello", other.address(), lab.receive(socket), "received from another host's address");
            lab.sendTo(socket, "answer", other.address());
            assertEquals("answer", other.receive().text(), "what was received from it at another host's address");
        }
    }

    @Rule("UDP-CONN-25")
    void disconnectOpensToOtherHostsV6(Lab lab) throws Exception {
        UdpSocket socket = lab.open(lab.wildcardConfig());
        int port = lab.address(socket).getPort();
        socket.connect(lab.peer().address());
        socket.disconnect();
        Peer neighbour = lab.peer();
        neighbour.send(bytes("same host"), lab.loopback(port));
        expect("same host", neighbour.address(), lab.receive(socket), "received from the former peer's host");
        if (lab.has(Capability.DISCONNECT_HEARS_ALL_V6)) {
            lab.need(Environment.DISCONNECT_V6);
            InetAddress elsewhere = globalV6(lab);
            Peer other = lab.peer(new InetSocketAddress(elsewhere, 0));
            other.send(bytes("other host"), new InetSocketAddress(elsewhere, port));
            expect("other host", other.address(), lab.receive(socket), "received from another host's address");
        }
    }

    private static InetAddress globalV6(Lab lab) throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet6Address
                        && !address.isLoopbackAddress()
                        && !address.isLinkLocalAddress())
                .findFirst()
                .orElseThrow(() -> lab.lacks("no IPv6 address beyond loopback and link-local ones"));
    }

    private static void expectTalk(Lab lab, UdpSocket socket, Peer peer) throws IOException {
        lab.send(socket, "ping");
        expect("ping", lab.address(socket), peer.receive(), "what the peer received");
        peer.send(bytes("pong"), lab.address(socket));
        expect("pong", peer.address(), lab.receive(socket), "received from the peer");
    }

    private static void expect(String text, InetSocketAddress sender, Message actual, String what) {
        assertEquals(text, actual.text(), what);
        assertEquals(sender, actual.sender(), "sender of what was " + text);
    }

    private static String text(ByteBuffer buffer) {
        return new String(buffer.array(), 0, buffer.position(), java.nio.charset.StandardCharsets.ISO_8859_1);
    }
}
