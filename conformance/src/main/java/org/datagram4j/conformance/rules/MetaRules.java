package org.datagram4j.conformance.rules;

import static org.datagram4j.DatagramInfo.UNKNOWN;
import static org.datagram4j.UdpSocket.WOULD_BLOCK;
import static org.datagram4j.conformance.lab.Lab.bytes;
import static org.datagram4j.conformance.lab.Lab.expectError;
import static org.datagram4j.conformance.lab.Lab.expectThrown;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.datagram4j.DatagramInfo;
import org.datagram4j.ErrorKind;
import org.datagram4j.SendInfo;
import org.datagram4j.TruncationPolicy;
import org.datagram4j.UdpSocket;
import org.datagram4j.conformance.lab.Lab;
import org.datagram4j.conformance.lab.Peer;
import org.datagram4j.conformance.run.Rule;

/** Area META. */
public final class MetaRules {
    private static final int ROOM = 50;
    private static final int ROUNDS = 30;
    private static final int ADDRESS_BYTES = 16;

    /** For JUnit. */
    public MetaRules() {}

    @Rule("UDP-META-01")
    void cleared(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.socket();
        DatagramInfo info = new DatagramInfo();
        ByteBuffer buffer = ByteBuffer.allocate(ROOM);
        peer.send(bytes("something"), socket.localAddress());
        lab.receive(socket, buffer.clear(), info);
        assertEquals(peer.address(), info.sender(), "sender of what was received");
        assertEquals(WOULD_BLOCK, socket.receive(buffer.clear(), info), "receive of an empty queue");
        assertNothing(info, "a receive that would block");
        pollute(info, lab);
        assertEquals(WOULD_BLOCK, socket.peek(buffer.clear(), info), "peek of an empty queue");
        assertNothing(info, "a peek that would block");
        socket.close();
        pollute(info, lab);
        expectError(ErrorKind.CLOSED, () -> socket.receive(buffer.clear(), info));
        assertNothing(info, "a receive from a closed socket");
        pollute(info, lab);
        expectError(ErrorKind.CLOSED, () -> socket.peek(buffer.clear(), info));
        assertNothing(info, "a peek at a closed socket");
    }

    @Rule("UDP-META-02")
    void oneDatagram(Lab lab) throws Exception {
        List<Peer> peers = List.of(lab.peer(), lab.peer());
        UdpSocket socket = lab.open(lab.config().withTruncationPolicy(TruncationPolicy.DISCARD));
        DatagramInfo info = new DatagramInfo();
        Random random = lab.random();
        for (int round = 0; round < ROUNDS; round++) {
            Peer peer = peers.get(random.nextInt(peers.size()));
            int length = random.nextInt(2 * ROOM);
            peer.send(Lab.pattern(length), socket.localAddress());
            lab.receive(socket, ByteBuffer.allocate(ROOM), info);
            String what = "a datagram of " + length + " bytes";
            assertEquals(peer.address(), info.sender(), "sender of " + what);
            assertEquals(Math.min(length, ROOM), info.length(), "length of " + what);
            assertEquals(length > ROOM, info.truncated(), "whether truncated, of " + what);
            if (length <= ROOM) {
                assertEquals(length, info.originalLength(), "original length of " + what);
            }
        }
    }

    @Rule("UDP-META-03")
    void unasked(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.socket();
        for (Receives how : List.of(Receives.PEEK_INFO, Receives.RECEIVE)) {
            DatagramInfo info = new DatagramInfo();
            pollute(info, lab);
            peer.send(bytes("plain"), socket.localAddress());
            how.next(lab, socket, ByteBuffer.allocate(ROOM), info);
            assertEquals(5, info.length(), "length by " + how);
            assertNull(info.localAddress(), "local address by " + how);
            assertEquals(UNKNOWN, info.interfaceIndex(), "interface by " + how);
            assertEquals(UNKNOWN, info.trafficClass(), "traffic class by " + how);
            assertEquals(UNKNOWN, info.ecn(), "ECN by " + how);
            assertEquals(UNKNOWN, info.hopLimit(), "hop limit by " + how);
            assertEquals(UNKNOWN, info.timestampNanos(), "timestamp by " + how);
            assertEquals(UNKNOWN, info.dropCount(), "drop count by " + how);
            assertEquals(0, info.segmentSize(), "segment size by " + how);
        }
    }

    @Rule("UDP-META-04")
    void rawSender(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        for (int i = 0; i < 5; i++) {
            Peer peer = lab.peer();
            peer.send(bytes("who?"), socket.localAddress());
            DatagramInfo info = new DatagramInfo();
            socketReceive(lab, socket, info);
            assertRaw(info, peer.address());
            assertEquals(peer.address(), info.sender(), "sender");
            assertRaw(info, peer.address());
        }
    }

    @Rule("UDP-META-05")
    void independent(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        List<Peer> peers = new ArrayList<>();
        List<DatagramInfo> infos = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Peer peer = lab.peer();
            peer.send(new byte[i], socket.localAddress());
            DatagramInfo info = new DatagramInfo();
            socketReceive(lab, socket, info);
            peers.add(peer);
            infos.add(info);
            lab.peer().send(bytes("another"), socket.localAddress());
            Receives.RECV_FROM.next(lab, socket, ByteBuffer.allocate(ROOM));
        }
        for (int i = 0; i < peers.size(); i++) {
            assertEquals(i, infos.get(i).length(), "length in info " + i);
            assertRaw(infos.get(i), peers.get(i).address());
            assertEquals(peers.get(i).address(), infos.get(i).sender(), "sender in info " + i);
        }
    }

    @Rule("UDP-META-06")
    void undeclaredControl(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.socket();
        ByteBuffer payload = ByteBuffer.wrap(bytes("must stay"));
        Controls.undeclared(lab).forEach((control, capability) -> {
            SendInfo info = control.apply(new SendInfo().destination(peer.address()));
            String message = expectThrown(UnsupportedOperationException.class, () -> socket.send(payload, info))
                    .getMessage();
            assertTrue(
                    message != null && message.contains(capability.name()),
                    () -> "expected a message that names " + capability + ", actual: " + message);
            assertEquals(0, payload.position(), "position after " + capability + " was refused");
        });
        SendInfo plain = new SendInfo().destination(peer.address());
        lab.eventually("a send without control", () -> socket.send(payload, plain) != WOULD_BLOCK);
        lab.sendTo(socket, "sentinel", peer.address());
        assertEquals("must stay", peer.receive().text(), "first datagram after the refused ones");
        assertEquals("sentinel", peer.receive().text(), "second datagram after the refused ones");
    }

    @Rule("UDP-META-07")
    void peekAndReceive(Lab lab) throws Exception {
        List<Peer> peers = List.of(lab.peer(), lab.peer());
        UdpSocket socket = lab.open(lab.config().withTruncationPolicy(TruncationPolicy.DISCARD));
        DatagramInfo peeked = new DatagramInfo();
        DatagramInfo received = new DatagramInfo();
        for (int length : new int[] {0, 1, ROOM, ROOM + 1, 3 * ROOM}) {
            for (Peer peer : peers) {
                peer.send(new byte[length], socket.localAddress());
                Receives.PEEK_INFO.next(lab, socket, ByteBuffer.allocate(ROOM), peeked);
                lab.receive(socket, ByteBuffer.allocate(ROOM), received);
                String what = " of a datagram of " + length + " bytes";
                assertEquals(peer.address(), received.sender(), "sender" + what);
                assertEquals(received.sender(), peeked.sender(), "sender by the peek" + what);
                assertEquals(received.senderPort(), peeked.senderPort(), "port by the peek" + what);
                assertEquals(received.length(), peeked.length(), "length by the peek" + what);
                assertEquals(received.truncated(), peeked.truncated(), "whether truncated, by the peek" + what);
                assertEquals(received.originalLength(), peeked.originalLength(), "original length by the peek" + what);
            }
        }
    }

    // Without a look at sender(), which rules want to be the first to make.
    private static void socketReceive(Lab lab, UdpSocket socket, DatagramInfo info) throws java.io.IOException {
        ByteBuffer buffer = ByteBuffer.allocate(ROOM);
        lab.eventually("a datagram", () -> socket.receive(buffer, info) != WOULD_BLOCK);
    }

    private static void assertRaw(DatagramInfo info, InetSocketAddress sender) {
        assertEquals(sender.getPort(), info.senderPort(), "port");
        byte[] target = new byte[ADDRESS_BYTES];
        int length = info.senderAddress(target);
        assertArrayEquals(sender.getAddress().getAddress(), Arrays.copyOf(target, length), "bytes of the address");
    }

    private static void assertNothing(DatagramInfo info, String after) {
        assertNull(info.sender(), "sender after " + after);
        assertEquals(UNKNOWN, info.senderPort(), "port after " + after);
        assertEquals(0, info.senderAddress(new byte[ADDRESS_BYTES]), "address bytes after " + after);
        assertEquals(0, info.length(), "length after " + after);
        assertFalse(info.truncated(), () -> "expected not truncated after " + after + ", actual: truncated");
        assertNull(info.localAddress(), "local address after " + after);
    }

    private static void pollute(DatagramInfo info, Lab lab) {
        info.fill()
                .sender(lab.loopback(9))
                .length(3, true, 7)
                .localAddress(lab.loopback(9).getAddress())
                .interfaceIndex(1)
                .trafficClass(1)
                .hopLimit(1)
                .timestampNanos(1)
                .segmentSize(1)
                .dropCount(1);
    }
}
