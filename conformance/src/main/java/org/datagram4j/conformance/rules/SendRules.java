package org.datagram4j.conformance.rules;

import static org.datagram4j.conformance.lab.Lab.bytes;
import static org.datagram4j.conformance.lab.Lab.expectError;
import static org.datagram4j.conformance.lab.Lab.expectThrown;
import static org.datagram4j.conformance.lab.Lab.pattern;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.datagram4j.ErrorKind;
import org.datagram4j.Limit;
import org.datagram4j.SendInfo;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.conformance.lab.Lab;
import org.datagram4j.conformance.lab.Message;
import org.datagram4j.conformance.lab.Peer;
import org.datagram4j.conformance.run.Rule;

/** Area SEND. */
public final class SendRules {
    private static final int BURST = 60;
    private static final int MOST_BYTES = 1_200;

    /** For JUnit. */
    public SendRules() {}

    /** One way of sending a datagram. */
    private interface Way {
        int send(ByteBuffer payload) throws UdpException;
    }

    @Rule("UDP-SEND-01")
    void positionToLimit(Lab lab) throws Exception {
        Peer peer = lab.peer();
        for (Map.Entry<String, Way> way : ways(lab, peer).entrySet()) {
            ByteBuffer payload = ByteBuffer.wrap(bytes("before|middle|behind"));
            payload.position(7).limit(13);
            send(lab, way.getValue(), payload);
            assertEquals("middle", peer.receive().text(), "datagram of " + way.getKey());
        }
    }

    @Rule("UDP-SEND-02")
    void movesPosition(Lab lab) throws Exception {
        Peer peer = lab.peer();
        for (Map.Entry<String, Way> way : ways(lab, peer).entrySet()) {
            byte[] content = bytes("before|middle|behind");
            ByteBuffer payload = ByteBuffer.wrap(content);
            payload.position(7).limit(13);
            assertEquals(6, send(lab, way.getValue(), payload), "result of " + way.getKey());
            assertEquals(13, payload.position(), "position after " + way.getKey());
            assertEquals(13, payload.limit(), "limit after " + way.getKey());
            assertArrayEquals(bytes("before|middle|behind"), content, "content after " + way.getKey());
            peer.receive();
        }
        SendInfo info = new SendInfo().destination(peer.address());
        UdpSocket socket = lab.socket();
        send(lab, payload -> socket.send(payload, info), ByteBuffer.allocate(1));
        assertEquals(peer.address(), info.destination(), "destination of the info after a send");
        assertNull(info.sourceAddress(), "source address of the info after a send");
        assertEquals(SendInfo.UNSET, info.segmentBytes(), "segment size of the info after a send");
    }

    @Rule("UDP-SEND-03")
    void bufferKinds(Lab lab) throws Exception {
        Peer peer = lab.peer();
        for (Map.Entry<String, Way> way : ways(lab, peer).entrySet()) {
            for (Map.Entry<String, ByteBuffer> kind :
                    Buffers.holding(bytes("same for all")).entrySet()) {
                String what = way.getKey() + " of a " + kind.getKey() + " buffer";
                assertEquals(12, send(lab, way.getValue(), kind.getValue()), "result of " + what);
                assertEquals(0, kind.getValue().remaining(), "bytes remaining after " + what);
                assertEquals("same for all", peer.receive().text(), "datagram of " + what);
            }
        }
    }

    @Rule("UDP-SEND-04")
    void emptyDatagram(Lab lab) throws Exception {
        Peer peer = lab.peer();
        for (Map.Entry<String, Way> way : ways(lab, peer).entrySet()) {
            send(lab, way.getValue(), ByteBuffer.wrap(bytes("one")));
            assertEquals(0, send(lab, way.getValue(), ByteBuffer.allocate(0)), "result of an empty " + way.getKey());
            send(lab, way.getValue(), ByteBuffer.wrap(bytes("two")));
            Message before = peer.receive();
            assertEquals("one", before.text(), "datagram before the empty one, by " + way.getKey());
            Message empty = peer.receive();
            assertEquals("", empty.text(), "empty datagram, by " + way.getKey());
            assertEquals(before.sender(), empty.sender(), "sender of the empty datagram, by " + way.getKey());
            assertEquals("two", peer.receive().text(), "datagram after the empty one, by " + way.getKey());
        }
    }

    @Rule("UDP-SEND-05")
    void largest(Lab lab) throws Exception {
        int most = largestPayload(lab);
        Limit limit = lab.v6() ? Limit.PAYLOAD_V6_BYTES : Limit.PAYLOAD_V4_BYTES;
        assertEquals(most, lab.backend().limit(limit), "limit " + limit);
        Peer peer = lab.peer();
        UdpSocket socket = lab.roomySocket();
        for (int length : new int[] {most - 1, most}) {
            ByteBuffer payload = ByteBuffer.wrap(pattern(length));
            assertEquals(length, send(lab, toPeer(socket, peer), payload), "result of a send of " + length + " bytes");
            assertArrayEquals(pattern(length), peer.receive().payload(), "datagram of " + length + " bytes");
        }
    }

    @Rule("UDP-SEND-06")
    void tooLarge(Lab lab) throws Exception {
        Peer peer = lab.peer();
        ByteBuffer payload = ByteBuffer.allocate(largestPayload(lab) + 1);
        for (Map.Entry<String, Way> way : ways(lab, peer).entrySet()) {
            expectError(ErrorKind.MESSAGE_TOO_LARGE, () -> way.getValue().send(payload));
            assertEquals(0, payload.position(), "position after " + way.getKey() + " of a byte too many");
            expectNext(lab, way, peer);
        }
    }

    @Rule("UDP-SEND-07")
    void portZero(Lab lab) throws Exception {
        Peer peer = lab.peer();
        for (UdpSocket socket : both(lab, peer)) {
            expectRefused(lab, IllegalArgumentException.class, socket, peer, lab.loopback(0));
        }
    }

    @Rule("UDP-SEND-08")
    void nullAndUnresolved(Lab lab) throws Exception {
        Peer peer = lab.peer();
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("nowhere.invalid", 9);
        for (UdpSocket socket : both(lab, peer)) {
            expectRefused(lab, IllegalArgumentException.class, socket, peer, unresolved);
            ByteBuffer payload = ByteBuffer.wrap(bytes("to nobody"));
            expectThrown(NullPointerException.class, () -> socket.sendTo(payload, null));
            expectThrown(NullPointerException.class, () -> socket.send(payload, null));
            expectThrown(NullPointerException.class, () -> socket.sendTo(null, peer.address()));
            expectThrown(NullPointerException.class, () -> socket.send(null));
            expectThrown(
                    NullPointerException.class, () -> socket.send(null, new SendInfo().destination(peer.address())));
            assertEquals(0, payload.position(), "position after a send to null");
            expectNext(lab, Map.entry("sendTo", toPeer(socket, peer)), peer);
        }
    }

    @Rule("UDP-SEND-09")
    void wrongFamily(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        InetSocketAddress v6 = new InetSocketAddress(Lab.ip("::1"), 9);
        ByteBuffer payload = ByteBuffer.wrap(bytes("to the other version"));
        expectError(ErrorKind.WRONG_FAMILY, () -> socket.sendTo(payload, v6));
        expectError(ErrorKind.WRONG_FAMILY, () -> socket.send(payload, new SendInfo().destination(v6)));
        assertEquals(0, payload.position(), "position after a send to the wrong version");
        Peer peer = lab.peer();
        expectNext(lab, Map.entry("sendTo", toPeer(socket, peer)), peer);
    }

    @Rule("UDP-SEND-10")
    void unconnected(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        ByteBuffer payload = ByteBuffer.wrap(bytes("to whom?"));
        expectError(ErrorKind.NOT_CONNECTED, () -> socket.send(payload));
        expectError(ErrorKind.NOT_CONNECTED, () -> socket.send(payload, new SendInfo()));
        assertEquals(0, payload.position(), "position after a send to nobody");
        Peer peer = lab.peer();
        expectNext(lab, Map.entry("sendTo", toPeer(socket, peer)), peer);
    }

    @Rule("UDP-SEND-11")
    void broadcast(Lab lab) throws Exception {
        InetSocketAddress broadcast = refusedBroadcast(lab);
        UdpSocket socket = lab.open(lab.wildcardConfig());
        ByteBuffer payload = ByteBuffer.wrap(bytes("to all"));
        expectError(ErrorKind.PERMISSION_DENIED, () -> socket.sendTo(payload, broadcast));
        expectError(ErrorKind.PERMISSION_DENIED, () -> socket.send(payload, new SendInfo().destination(broadcast)));
        assertEquals(0, payload.position(), "position after a broadcast that was refused");
    }

    @Rule("UDP-SEND-12")
    void order(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.socket();
        List<byte[]> sent = new ArrayList<>();
        Random random = lab.random();
        ByteBuffer reused = ByteBuffer.allocateDirect(MOST_BYTES);
        for (int i = 0; i < BURST; i++) {
            byte[] payload = new byte[random.nextInt(MOST_BYTES)];
            random.nextBytes(payload);
            sent.add(payload);
            send(lab, toPeer(socket, peer), reused.clear().put(payload).flip());
        }
        for (int i = 0; i < BURST; i++) {
            assertArrayEquals(sent.get(i), peer.receive().payload(), "datagram " + i);
        }
    }

    @Rule("UDP-SEND-13")
    void manyDestinations(Lab lab) throws Exception {
        List<Peer> peers = List.of(lab.peer(), lab.peer(), lab.peer(), lab.peer(), lab.peer());
        UdpSocket socket = lab.socket();
        Random random = lab.random();
        SendInfo info = new SendInfo();
        for (int i = 0; i < BURST; i++) {
            Peer peer = peers.get(random.nextInt(peers.size()));
            String text = "number " + i;
            Way way = i % 2 == 0
                    ? toPeer(socket, peer)
                    : payload -> socket.send(payload, info.destination(peer.address()));
            send(lab, way, ByteBuffer.wrap(bytes(text)));
            assertEquals(text, peer.receive().text(), "datagram at its destination " + peer.address());
        }
    }

    @Rule("UDP-SEND-14")
    void source(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.socket();
        for (boolean connected : new boolean[] {false, true}) {
            if (connected) {
                socket.connect(peer.address());
                assertSource(lab, socket, peer, socket::send);
                assertSource(lab, socket, peer, payload -> socket.send(payload, new SendInfo()));
            }
            assertSource(lab, socket, peer, toPeer(socket, peer));
            SendInfo info = new SendInfo().destination(peer.address());
            assertSource(lab, socket, peer, payload -> socket.send(payload, info));
        }
    }

    @Rule("UDP-SEND-15")
    void allowedBroadcast(Lab lab) throws Exception {
        Peer listener = lab.peer(lab.wildcard(0));
        InetSocketAddress all = heardBroadcast(lab, listener);
        UdpSocket unconnected = lab.socket();
        unconnected.setBroadcast(true);
        UdpSocket connected = lab.socket();
        connected.setBroadcast(true);
        connected.connect(all);
        for (Map.Entry<String, Way> way : ways(all, unconnected, connected).entrySet()) {
            for (String text : new String[] {"to all", "", "and again"}) {
                send(lab, way.getValue(), ByteBuffer.wrap(bytes(text)));
                assertEquals(text, listener.receive().text(), "broadcast heard, by " + way.getKey());
            }
        }
    }

    private static void assertSource(Lab lab, UdpSocket socket, Peer peer, Way way) throws IOException {
        send(lab, way, ByteBuffer.wrap(bytes("from where?")));
        Message message = peer.receive();
        assertEquals("from where?", message.text(), "datagram");
        assertEquals(lab.address(socket), message.sender(), "its sender");
    }

    private static Way toPeer(UdpSocket socket, Peer peer) {
        return payload -> socket.sendTo(payload, peer.address());
    }

    private static Map<String, Way> ways(Lab lab, Peer peer) throws IOException {
        UdpSocket unconnected = lab.roomySocket();
        UdpSocket connected = lab.roomySocket();
        connected.connect(peer.address());
        return ways(peer.address(), unconnected, connected);
    }

    private static Map<String, Way> ways(InetSocketAddress to, UdpSocket unconnected, UdpSocket connected) {
        SendInfo info = new SendInfo().destination(to);
        Map<String, Way> ways = new LinkedHashMap<>();
        ways.put("sendTo", payload -> unconnected.sendTo(payload, to));
        ways.put("send", connected::send);
        ways.put("send with info", payload -> unconnected.send(payload, info));
        ways.put("send with info to the peer", payload -> connected.send(payload, new SendInfo()));
        return ways;
    }

    private static UdpSocket[] both(Lab lab, Peer peer) throws IOException {
        UdpSocket connected = lab.socket();
        connected.connect(peer.address());
        return new UdpSocket[] {lab.socket(), connected};
    }

    private static int send(Lab lab, Way way, ByteBuffer payload) throws IOException {
        int[] count = new int[1];
        lab.eventually(
                "a send of " + payload.remaining() + " bytes",
                () -> (count[0] = way.send(payload)) != UdpSocket.WOULD_BLOCK);
        return count[0];
    }

    private static void expectRefused(
            Lab lab, Class<? extends Throwable> type, UdpSocket socket, Peer peer, InetSocketAddress to)
            throws IOException {
        ByteBuffer payload = ByteBuffer.wrap(bytes("to nobody"));
        expectThrown(type, () -> socket.sendTo(payload, to));
        assertEquals(0, payload.position(), "position after sendTo " + to);
        expectThrown(type, () -> socket.send(payload, new SendInfo().destination(to)));
        assertEquals(0, payload.position(), "position after send with info to " + to);
        expectNext(lab, Map.entry("sendTo", toPeer(socket, peer)), peer);
    }

    // A datagram sent now is the next to arrive: the socket works, and nothing was sent before.
    private static void expectNext(Lab lab, Map.Entry<String, Way> way, Peer peer) throws IOException {
        send(lab, way.getValue(), ByteBuffer.wrap(bytes("sentinel")));
        assertEquals("sentinel", peer.receive().text(), "first datagram after the refused ones, by " + way.getKey());
    }

    private static int largestPayload(Lab lab) {
        return lab.v6() ? 65_527 : 65_507;
    }

    // Looked for with a plain channel: which broadcast address a system refuses depends on its routes.
    private static InetSocketAddress refusedBroadcast(Lab lab) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open(lab.family())) {
            channel.bind(lab.wildcard(0));
            for (String address : new String[] {"127.255.255.255", "255.255.255.255"}) {
                InetSocketAddress broadcast = new InetSocketAddress(Lab.ip(address), 9);
                try {
                    channel.send(ByteBuffer.allocate(1), broadcast);
                } catch (SocketException refused) {
                    if (String.valueOf(refused.getMessage()).contains("ermission")) {
                        return broadcast;
                    }
                }
            }
        }
        throw lab.lacks("no broadcast address is refused to a plain channel");
    }

    // Tried with a plain socket, which may broadcast from the start.
    private static InetSocketAddress heardBroadcast(Lab lab, Peer listener) {
        InetSocketAddress all = new InetSocketAddress(
                Lab.ip("127.255.255.255"), listener.address().getPort());
        try (DatagramSocket plain = new DatagramSocket(lab.loopback(0))) {
            plain.send(new DatagramPacket(new byte[1], 1, all));
            listener.receive();
            return all;
        } catch (IOException | AssertionError notHeard) {
            throw lab.lacks("loopback carries no broadcasts: a plain socket's is not heard (" + notHeard + ")");
        }
    }
}
