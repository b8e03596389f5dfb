package org.datagram4j.conformance.rules;

import static org.datagram4j.UdpSocket.WOULD_BLOCK;
import static org.datagram4j.conformance.lab.Lab.bytes;
import static org.datagram4j.conformance.lab.Lab.expectThrown;
import static org.datagram4j.conformance.lab.Lab.pattern;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.datagram4j.Capability;
import org.datagram4j.DatagramInfo;
import org.datagram4j.Profile;
import org.datagram4j.TruncationPolicy;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.conformance.lab.Lab;
import org.datagram4j.conformance.lab.Message;
import org.datagram4j.conformance.lab.Peer;
import org.datagram4j.conformance.run.Rule;

/** Area RECV. */
public final class RecvRules {
    private static final int WSAEMSGSIZE = 10040;
    private static final int EMSGSIZE_ON_LINUX = 90;
    private static final int EMSGSIZE_ON_BSD = 40;
    private static final String SYSTEM = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    private static final int ROOM = 8;
    private static final int BEFORE = 5;
    private static final int BEHIND = 7;
    private static final int BURST = 45;
    private static final int MOST_BYTES = 1_000;
    private static final String LONG = "longer than the room";

    /** For JUnit. */
    public RecvRules() {}

    @Rule("UDP-RECV-01")
    void emptyQueueWouldBlock(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        ByteBuffer buffer = ByteBuffer.wrap(bytes("untouched"));
        buffer.position(2);
        DatagramInfo info = new DatagramInfo();
        for (Receives how : Receives.values()) {
            info.fill().sender(lab.loopback(9)).length(3, true, 7);
            assertNull(how.once(socket, buffer, info), how + " of an empty queue");
            assertEquals(2, buffer.position(), "position after " + how);
            assertEquals("untouched", new Message(buffer.array(), null).text(), "content after " + how);
            if (how == Receives.RECEIVE || how == Receives.PEEK_INFO) {
                assertNull(info.sender(), "sender after " + how);
                assertEquals(0, info.length(), "length after " + how);
                assertFalse(info.truncated(), "expected not truncated after " + how + ", actual: truncated");
            }
        }
    }

    @Rule("UDP-RECV-02")
    void emptyDatagram(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        expectEmpty(lab, socket, lab.peer());
    }

    @Rule("UDP-RECV-03")
    void emptyDatagramConnected(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.socket();
        socket.connect(peer.address());
        expectEmpty(lab, socket, peer);
    }

    @Rule("UDP-RECV-04")
    void exactFit(Lab lab) throws Exception {
        Peer peer = lab.peer();
        for (TruncationPolicy policy : TruncationPolicy.values()) {
            UdpSocket socket = lab.open(lab.config().withTruncationPolicy(policy));
            for (Receives how : Receives.values()) {
                String what = how + " under " + policy;
                peer.send(pattern(ROOM), socket.localAddress());
                Receives.Got got = how.next(lab, socket, ByteBuffer.allocate(ROOM));
                assertEquals(ROOM, got.count(), "result of " + what);
                if (got.info() != null) {
                    assertFalse(got.info().truncated(), "expected not truncated by " + what + ", actual: truncated");
                    assertEquals(ROOM, got.info().originalLength(), "original length by " + what);
                }
                takeIfPeeked(lab, how, socket);
            }
        }
    }

    @Rule("UDP-RECV-05")
    void discard(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.open(lab.config().withTruncationPolicy(TruncationPolicy.DISCARD));
        for (Receives how : Receives.TAKING) {
            peer.send(bytes(LONG), socket.localAddress());
            ByteBuffer buffer = ByteBuffer.allocate(ROOM);
            Receives.Got got = how.next(lab, socket, buffer);
            assertEquals(ROOM, got.count(), "result of " + how);
            assertEquals(LONG.substring(0, ROOM), text(buffer), "what " + how + " delivered");
            if (how.namesSender()) {
                assertEquals(peer.address(), got.sender(), "sender by " + how);
            }
            if (got.info() != null) {
                assertTruncated(lab, got.info(), peer);
            }
        }
    }

    @Rule("UDP-RECV-06")
    void restIsGone(Lab lab) throws Exception {
        Peer peer = lab.peer();
        for (TruncationPolicy policy : TruncationPolicy.values()) {
            UdpSocket socket = lab.open(lab.config().withTruncationPolicy(policy));
            for (Receives how : Receives.TAKING) {
                peer.send(bytes(LONG), socket.localAddress());
                peer.send(bytes("next"), socket.localAddress());
                receiveTruncated(lab, how, socket, ByteBuffer.allocate(ROOM), new DatagramInfo());
                assertEquals("next", lab.receive(socket).text(), "datagram after a truncated one by " + how);
            }
        }
    }

    @Rule("UDP-RECV-07")
    void error(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.open(lab.config().withTruncationPolicy(TruncationPolicy.ERROR));
        for (Receives how : Receives.TAKING) {
            peer.send(bytes(LONG), socket.localAddress());
            ByteBuffer buffer = ByteBuffer.allocate(ROOM);
            DatagramInfo info = new DatagramInfo();
            UdpException e = how.nextTruncated(lab, socket, buffer, info);
            assertEquals(ROOM, buffer.position(), "position after " + how);
            assertEquals(LONG.substring(0, ROOM), text(buffer), "what " + how + " delivered");
            assertEquals(peer.address(), e.sender(), "sender of the exception");
            assertEquals(ROOM, e.deliveredBytes(), "delivered bytes of the exception");
            assertEquals(original(lab), e.originalBytes(), "original bytes of the exception");
            expectTruncationCode(lab, how, e);
            if (how == Receives.RECEIVE) {
                assertTruncated(lab, info, peer);
            }
        }
    }

    private static void expectTruncationCode(Lab lab, Receives how, UdpException e) {
        if (lab.profile() == Profile.WINDOWS) {
            assertEquals(WSAEMSGSIZE, e.code(), "code of the exception of " + how + ", which is WSAEMSGSIZE");
        } else if (SYSTEM.startsWith("linux") || SYSTEM.startsWith("mac") || SYSTEM.endsWith("bsd")) {
            int code = SYSTEM.startsWith("linux") ? EMSGSIZE_ON_LINUX : EMSGSIZE_ON_BSD;
            assertEquals(code, e.code(), "code of the exception of " + how + ", which is EMSGSIZE");
        } else {
            assertTrue(
                    e.code() > 0 && e.code() != WSAEMSGSIZE,
                    () -> "expected the system's EMSGSIZE from " + how + ", actual: " + e.code());
        }
    }

    @Rule("UDP-RECV-08")
    void noRoom(Lab lab) throws Exception {
        Peer peer = lab.peer();
        for (TruncationPolicy policy : TruncationPolicy.values()) {
            UdpSocket socket = lab.open(lab.config().withTruncationPolicy(policy));
            InetSocketAddress at = socket.localAddress();
            for (Receives how : Receives.TAKING) {
                peer.send(bytes("no room for this"), at);
                peer.send(new byte[0], at);
                peer.send(bytes("next"), at);
                ByteBuffer full = ByteBuffer.allocate(ROOM).position(ROOM);
                DatagramInfo info = new DatagramInfo();
                receiveTruncated(lab, how, socket, full, info);
                if (how == Receives.RECEIVE) {
                    assertEquals(0, info.length(), "length");
                    assertTrue(info.truncated(), "expected truncated without room, actual: not truncated");
                }
                assertEquals(0, how.next(lab, socket, full, info).count(), "result for an empty datagram by " + how);
                assertFalse(info.truncated(), "expected an empty datagram to fit no room, actual: truncated");
                assertEquals("next", lab.receive(socket).text(), "datagram after those without room, by " + how);
            }
        }
    }

    @Rule("UDP-RECV-09")
    void platform(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket byDefault = lab.socket();
        UdpSocket chosen = lab.open(lab.config().withTruncationPolicy(TruncationPolicy.DISCARD));
        chosen.setTruncationPolicy(TruncationPolicy.PLATFORM);
        TruncationPolicy expected =
                lab.profile() == Profile.WINDOWS ? TruncationPolicy.ERROR : TruncationPolicy.DISCARD;
        assertEquals(expected, TruncationPolicy.PLATFORM.on(lab.profile()), "what PLATFORM stands for");
        for (UdpSocket socket : List.of(byDefault, chosen)) {
            peer.send(bytes(LONG), socket.localAddress());
            expectPolicy(lab, socket, expected);
        }
    }

    @Rule("UDP-RECV-10")
    void policyChanges(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.open(lab.config().withTruncationPolicy(TruncationPolicy.DISCARD));
        List<TruncationPolicy> policies =
                List.of(TruncationPolicy.ERROR, TruncationPolicy.DISCARD, TruncationPolicy.ERROR);
        for (int i = 0; i < policies.size(); i++) {
            peer.send(bytes(LONG), socket.localAddress());
        }
        for (TruncationPolicy policy : policies) {
            socket.setTruncationPolicy(policy);
            expectThrown(NullPointerException.class, () -> socket.setTruncationPolicy(null));
            assertEquals(policy, socket.truncationPolicy(), "policy");
            expectPolicy(lab, socket, policy);
        }
    }

    @Rule("UDP-RECV-11")
    void peekLeaves(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.socket();
        for (Receives take : Receives.TAKING) {
            peer.send(bytes("look twice"), socket.localAddress());
            peer.send(bytes("behind"), socket.localAddress());
            for (int i = 0; i < 2 * Receives.PEEKING.size(); i++) {
                expectDatagram(lab, Receives.PEEKING.get(i % Receives.PEEKING.size()), socket, "look twice", peer);
            }
            expectDatagram(lab, take, socket, "look twice", peer);
            expectDatagram(lab, take, socket, "behind", peer);
            assertEquals(WOULD_BLOCK, socket.recv(ByteBuffer.allocate(ROOM)), "recv after both");
        }
    }

    @Rule("UDP-RECV-12")
    void truncatedPeek(Lab lab) throws Exception {
        Peer peer = lab.peer();
        for (TruncationPolicy policy : TruncationPolicy.values()) {
            UdpSocket socket = lab.open(lab.config().withTruncationPolicy(policy));
            for (Receives how : Receives.PEEKING) {
                peer.send(bytes(LONG), socket.localAddress());
                for (int i = 0; i < 3; i++) {
                    ByteBuffer buffer = ByteBuffer.allocate(ROOM);
                    DatagramInfo info = new DatagramInfo();
                    UdpException thrown = receiveTruncated(lab, how, socket, buffer, info);
                    assertEquals(LONG.substring(0, ROOM), text(buffer), "what " + how + " showed");
                    if (thrown != null) {
                        expectTruncationCode(lab, how, thrown);
                        assertEquals(peer.address(), thrown.sender(), "sender of the exception of " + how);
                        assertEquals(ROOM, thrown.deliveredBytes(), "delivered bytes of the exception of " + how);
                    }
                    if (how == Receives.PEEK_INFO) {
                        assertTruncated(lab, info, peer);
                    }
                }
                assertEquals(LONG, lab.receive(socket).text(), "datagram after truncated peeks by " + how);
            }
        }
    }

    @Rule("UDP-RECV-13")
    void staysInRoom(Lab lab) throws Exception {
        Peer peer = lab.peer();
        for (TruncationPolicy policy : new TruncationPolicy[] {TruncationPolicy.DISCARD, TruncationPolicy.ERROR}) {
            UdpSocket socket = lab.open(lab.config().withTruncationPolicy(policy));
            for (Receives how : Receives.values()) {
                for (int length : new int[] {ROOM - 3, ROOM, ROOM + BEHIND + 3}) {
                    peer.send(pattern(length), socket.localAddress());
                    expectWithin(lab, how, socket, length, ByteBuffer.allocate(BEFORE + ROOM + BEHIND));
                    peer.send(pattern(length), socket.localAddress());
                    expectWithin(lab, how, socket, length, ByteBuffer.allocateDirect(BEFORE + ROOM + BEHIND));
                }
            }
        }
    }

    @Rule("UDP-RECV-14")
    void unusableBuffer(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.socket();
        ByteBuffer readOnly = ByteBuffer.allocate(100).asReadOnlyBuffer();
        peer.send(bytes("still here"), socket.localAddress());
        expectDatagram(lab, Receives.PEEK_FROM, socket, "still here", peer);
        for (Receives how : Receives.values()) {
            expectThrown(IllegalArgumentException.class, () -> how.once(socket, readOnly, new DatagramInfo()));
        }
        expectThrown(NullPointerException.class, () -> socket.recv(null));
        expectThrown(NullPointerException.class, () -> socket.recvFrom(null));
        expectThrown(NullPointerException.class, () -> socket.receive(null, new DatagramInfo()));
        expectThrown(NullPointerException.class, () -> socket.receive(ByteBuffer.allocate(9), null));
        expectThrown(NullPointerException.class, () -> socket.peek(null));
        expectThrown(NullPointerException.class, () -> socket.peekFrom(null));
        expectThrown(NullPointerException.class, () -> socket.peek(null, new DatagramInfo()));
        expectThrown(NullPointerException.class, () -> socket.peek(ByteBuffer.allocate(9), null));
        expectDatagram(lab, Receives.RECEIVE, socket, "still here", peer);
    }

    @Rule("UDP-RECV-15")
    void bufferKinds(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.socket();
        for (Receives how : Receives.TAKING) {
            for (Map.Entry<String, ByteBuffer> kind : Buffers.writable(20).entrySet()) {
                String what = how + " into a " + kind.getKey() + " buffer";
                peer.send(bytes("same for all"), socket.localAddress());
                ByteBuffer buffer = kind.getValue();
                int start = buffer.position();
                assertEquals(12, how.next(lab, socket, buffer).count(), "result of " + what);
                assertEquals(start + 12, buffer.position(), "position after " + what);
                assertEquals("same for all", text(buffer.duplicate(), start), "content after " + what);
            }
        }
    }

    @Rule("UDP-RECV-16")
    void senders(Lab lab) throws Exception {
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            peers.add(lab.peer());
        }
        UdpSocket socket = lab.socket();
        List<Receives> naming = List.of(Receives.RECV_FROM, Receives.PEEK_FROM, Receives.RECEIVE, Receives.PEEK_INFO);
        Random random = lab.random();
        for (int i = 0; i < 3 * BURST; i++) {
            Peer peer = peers.get(random.nextInt(peers.size()));
            Receives how = naming.get(i % naming.size());
            peer.send(bytes("number " + i), socket.localAddress());
            expectDatagram(lab, how, socket, "number " + i, peer);
            takeIfPeeked(lab, how, socket);
        }
    }

    @Rule("UDP-RECV-17")
    void anyMethodAnyState(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket unconnected = lab.socket();
        UdpSocket connected = lab.socket();
        connected.connect(peer.address());
        for (UdpSocket socket : List.of(unconnected, connected)) {
            for (Receives how : Receives.values()) {
                peer.send(bytes("for " + how), socket.localAddress());
                expectDatagram(lab, how, socket, "for " + how, peer);
                takeIfPeeked(lab, how, socket);
            }
        }
    }

    @Rule("UDP-RECV-18")
    void burst(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.roomySocket();
        Random random = lab.random();
        List<byte[]> sent = new ArrayList<>();
        for (int i = 0; i < BURST; i++) {
            byte[] payload = new byte[random.nextInt(MOST_BYTES)];
            random.nextBytes(payload);
            sent.add(payload);
            peer.send(payload, socket.localAddress());
        }
        ByteBuffer reused = ByteBuffer.allocateDirect(MOST_BYTES);
        for (int i = 0; i < BURST; i++) {
            Receives how = Receives.TAKING.get(i % Receives.TAKING.size());
            how.next(lab, socket, reused.clear());
            assertArrayEquals(sent.get(i), contents(reused.flip()), "datagram " + i + " by " + how);
        }
        assertEquals(WOULD_BLOCK, socket.recv(reused.clear()), "recv after the burst");
    }

    @Rule("UDP-RECV-19")
    void largest(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.roomySocket();
        byte[] payload = pattern(lab.v6() ? 65_527 : 65_507);
        for (ByteBuffer buffer : List.of(ByteBuffer.allocate(65_535), ByteBuffer.allocateDirect(65_535))) {
            peer.send(payload, socket.localAddress());
            DatagramInfo info = new DatagramInfo();
            assertEquals(
                    payload.length,
                    Receives.RECEIVE.next(lab, socket, buffer, info).count(),
                    "result");
            assertFalse(info.truncated(), "expected the whole datagram, actual: truncated");
            assertArrayEquals(payload, contents(buffer.flip()), "datagram");
        }
    }

    private static void expectEmpty(Lab lab, UdpSocket socket, Peer peer) throws IOException {
        for (Receives how : Receives.TAKING) {
            peer.send(new byte[0], socket.localAddress());
            ByteBuffer buffer = ByteBuffer.allocate(ROOM).position(1);
            Receives.Got got = how.next(lab, socket, buffer);
            assertEquals(0, got.count(), "result of " + how);
            assertEquals(1, buffer.position(), "position after " + how);
            if (how.namesSender()) {
                assertEquals(peer.address(), got.sender(), "sender by " + how);
            }
            if (got.info() != null) {
                assertEquals(0, got.info().length(), "length");
                assertEquals(0, got.info().originalLength(), "original length");
                assertFalse(got.info().truncated(), "expected not truncated, actual: truncated");
            }
            assertNull(how.once(socket, buffer, new DatagramInfo()), how + " after the empty datagram");
        }
    }

    private static void expectDatagram(Lab lab, Receives how, UdpSocket socket, String text, Peer peer)
            throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(100);
        Receives.Got got = how.next(lab, socket, buffer);
        assertEquals(text, text(buffer), "what " + how + " delivered");
        assertEquals(text.length(), got.count(), "result of " + how);
        if (how.namesSender()) {
            assertEquals(peer.address(), got.sender(), "sender by " + how);
        }
    }

    private static void expectPolicy(Lab lab, UdpSocket socket, TruncationPolicy expected) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(ROOM);
        DatagramInfo info = new DatagramInfo();
        if (expected == TruncationPolicy.ERROR) {
            Receives.RECEIVE.nextTruncated(lab, socket, buffer, info);
        } else {
            assertEquals(ROOM, Receives.RECEIVE.next(lab, socket, buffer, info).count(), "result under " + expected);
        }
        assertTrue(info.truncated(), "expected truncated, actual: not truncated");
    }

    private static void expectWithin(Lab lab, Receives how, UdpSocket socket, int length, ByteBuffer buffer)
            throws IOException {
        for (int i = 0; i < buffer.capacity(); i++) {
            buffer.put(i, (byte) '#');
        }
        buffer.limit(BEFORE + ROOM).position(BEFORE);
        if (length > ROOM) {
            receiveTruncated(lab, how, socket, buffer, new DatagramInfo());
        } else {
            how.next(lab, socket, buffer);
        }
        String what = how + " of " + length + " bytes";
        assertEquals(BEFORE + Math.min(length, ROOM), buffer.position(), "position after " + what);
        assertEquals(BEFORE + ROOM, buffer.limit(), "limit after " + what);
        String all = text(buffer.duplicate().clear().position(buffer.capacity()));
        assertEquals("#".repeat(BEFORE), all.substring(0, BEFORE), "bytes before the position after " + what);
        assertEquals("#".repeat(BEHIND), all.substring(BEFORE + ROOM), "bytes behind the limit after " + what);
        takeIfPeeked(lab, how, socket);
    }

    // As the socket's policy has it: thrown, which is what this returns, or returned, then this is null.
    private static UdpException receiveTruncated(
            Lab lab, Receives how, UdpSocket socket, ByteBuffer buffer, DatagramInfo info) throws IOException {
        int room = buffer.remaining();
        int start = buffer.position();
        TruncationPolicy policy = socket.truncationPolicy().on(lab.profile());
        UdpException thrown = null;
        if (policy == TruncationPolicy.ERROR) {
            thrown = how.nextTruncated(lab, socket, buffer, info);
        } else {
            assertEquals(room, how.next(lab, socket, buffer, info).count(), "result of a truncated " + how);
        }
        assertEquals(start + room, buffer.position(), "position after a truncated " + how);
        return thrown;
    }

    private static void assertTruncated(Lab lab, DatagramInfo info, Peer peer) {
        assertEquals(peer.address(), info.sender(), "sender of the info");
        assertEquals(ROOM, info.length(), "length of the info");
        assertTrue(info.truncated(), "expected the info to say truncated, actual: not truncated");
        assertEquals(original(lab), info.originalLength(), "original length of the info");
    }

    private static int original(Lab lab) {
        return lab.has(Capability.ORIGINAL_LENGTH) ? LONG.length() : DatagramInfo.UNKNOWN;
    }

    private static void takeIfPeeked(Lab lab, Receives how, UdpSocket socket) throws IOException {
        if (how.peeks()) {
            lab.receive(socket);
        }
    }

    private static String text(ByteBuffer received) {
        return text(received.duplicate(), 0);
    }

    private static String text(ByteBuffer received, int start) {
        return new Message(contents(received.flip().position(start)), null).text();
    }

    private static byte[] contents(ByteBuffer flipped) {
        byte[] contents = new byte[flipped.remaining()];
        flipped.get(contents);
        return contents;
    }
}
