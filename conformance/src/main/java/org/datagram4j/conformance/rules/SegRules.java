package org.datagram4j.conformance.rules;

import static org.datagram4j.conformance.lab.Lab.bytes;
import static org.datagram4j.conformance.lab.Lab.expectError;
import static org.datagram4j.conformance.lab.Lab.expectThrown;
import static org.datagram4j.conformance.lab.Lab.pattern;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.datagram4j.Capability;
import org.datagram4j.DatagramBatch;
import org.datagram4j.DatagramInfo;
import org.datagram4j.ErrorKind;
import org.datagram4j.Limit;
import org.datagram4j.SendInfo;
import org.datagram4j.TruncationPolicy;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.conformance.lab.Lab;
import org.datagram4j.conformance.lab.Peer;
import org.datagram4j.conformance.run.Rule;

/** Area SEG. */
public final class SegRules {
    private static final int LEAST_LIMIT = 64;
    private static final int SENDABLE_LIMIT = 128;
    private static final int ETHERNET_BYTES = 1_400;
    private static final int ROUNDS = 40;
    private static final int LARGEST = 65_507;
    private static final int ROOM = 65_535;
    private static final int SLOT_BYTES = 2_000;
    /** Payloads and the length of their datagrams: equal ones, and a shorter last one. */
    private static final int[][] COALESCED = {{16 * 512, 512}, {2_623, 500}, {1_999, 1_000}, {1_001, 1_000}};

    /** For JUnit. */
    public SegRules() {}

    /** One way of sending segments. */
    private interface Way {
        int send(ByteBuffer payload) throws UdpException;
    }

    @Rule("UDP-SEG-01")
    void splits(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.roomySocket();
        int[][] cases = {{250, 100}, {300, 100}, {101, 100}, {7, 1}, {3_000, 1_000}};
        for (int[] lengths : cases) {
            for (Map.Entry<String, ByteBuffer> kind :
                    Buffers.holding(pattern(lengths[0])).entrySet()) {
                ByteBuffer payload = kind.getValue();
                int limit = payload.limit();
                sendAll(lab, payload, lengths[1], it -> socket.sendSegmented(it, peer.address(), lengths[1]));
                assertEquals(limit, payload.limit(), "limit of a " + kind.getKey() + " buffer");
                expectSegments(peer, pattern(lengths[0]), lengths[1]);
            }
        }
        expectNoMore(lab, socket, peer);
    }

    @Rule("UDP-SEG-02")
    void oneSegment(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.roomySocket();
        for (int segmentBytes : new int[] {500, 501, 65_527}) {
            sendAll(
                    lab,
                    ByteBuffer.wrap(pattern(500)),
                    segmentBytes,
                    it -> socket.sendSegmented(it, peer.address(), segmentBytes));
            assertArrayEquals(pattern(500), peer.receive().payload(), "datagram for segments of " + segmentBytes);
        }
        expectNoMore(lab, socket, peer);
    }

    @Rule("UDP-SEG-03")
    void impossible(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.roomySocket();
        ByteBuffer payload = ByteBuffer.wrap(pattern(10));
        for (int segmentBytes : new int[] {0, -1, Integer.MIN_VALUE, 65_528, Integer.MAX_VALUE}) {
            expectThrown(
                    IllegalArgumentException.class, () -> socket.sendSegmented(payload, peer.address(), segmentBytes));
        }
        ByteBuffer empty = ByteBuffer.allocate(0);
        expectThrown(IllegalArgumentException.class, () -> socket.sendSegmented(empty, peer.address(), 100));
        expectThrown(NullPointerException.class, () -> socket.sendSegmented(null, peer.address(), 100));
        assertEquals(0, payload.position(), "position after refused calls");
        expectNoMore(lab, socket, peer);
    }

    @Rule("UDP-SEG-04")
    void limit(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.roomySocket();
        long limit = lab.backend().limit(Limit.SEGMENTS);
        assertTrue(limit >= LEAST_LIMIT, () -> "expected a limit of at least 64 segments, actual: " + limit);
        if (limit < 1 << 20) {
            ByteBuffer tooMany = ByteBuffer.allocate((int) limit + 1);
            expectThrown(IllegalArgumentException.class, () -> socket.sendSegmented(tooMany, peer.address(), 1));
            assertEquals(0, tooMany.position(), "position after a segment too many");
        }
        // more would not fit the peer's receive buffer
        byte[] payload = pattern((int) Math.min(limit, SENDABLE_LIMIT));
        sendAll(lab, ByteBuffer.wrap(payload), 1, it -> socket.sendSegmented(it, peer.address(), 1));
        expectSegments(peer, payload, 1);
        expectNoMore(lab, socket, peer);
    }

    @Rule("UDP-SEG-05")
    void longPayload(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.roomySocket();
        byte[] payload = pattern(LEAST_LIMIT * ETHERNET_BYTES);
        sendAll(
                lab,
                ByteBuffer.wrap(payload),
                ETHERNET_BYTES,
                it -> socket.sendSegmented(it, peer.address(), ETHERNET_BYTES));
        expectSegments(peer, payload, ETHERNET_BYTES);
        expectNoMore(lab, socket, peer);
    }

    @Rule("UDP-SEG-06")
    void destinations(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket connected = lab.roomySocket();
        connected.connect(peer.address());
        sendAll(lab, ByteBuffer.wrap(pattern(25)), 10, it -> connected.sendSegmented(it, null, 10));
        expectSegments(peer, pattern(25), 10);

        UdpSocket socket = lab.roomySocket();
        ByteBuffer payload = ByteBuffer.wrap(pattern(25));
        expectError(ErrorKind.NOT_CONNECTED, () -> socket.sendSegmented(payload, null, 10));
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("nowhere.invalid", 9);
        for (InetSocketAddress wrong : List.of(unresolved, lab.loopback(0))) {
            expectThrown(IllegalArgumentException.class, () -> socket.sendSegmented(payload, wrong, 10));
        }
        if (!lab.v6()) {
            InetSocketAddress v6 = new InetSocketAddress(Lab.ip("::1"), 9);
            expectError(ErrorKind.WRONG_FAMILY, () -> socket.sendSegmented(payload, v6, 10));
        }
        assertEquals(0, payload.position(), "position after refused calls");
        expectNoMore(lab, socket, peer);
    }

    @Rule("UDP-SEG-07")
    void byInfo(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.roomySocket();
        SendInfo info = new SendInfo().destination(peer.address());
        for (int segmentBytes : new int[] {100, 125, 249, 250, 1_000}) {
            info.segmentBytes(segmentBytes);
            sendAll(lab, ByteBuffer.wrap(pattern(250)), segmentBytes, it -> socket.send(it, info));
            expectSegments(peer, pattern(250), segmentBytes);
        }
        expectThrown(IllegalArgumentException.class, () -> socket.send(ByteBuffer.allocate(0), info));
        assertEquals(1_000, info.segmentBytes(), "segment size of the info after the sends");
        info.segmentBytes(SendInfo.UNSET);
        sendAll(lab, ByteBuffer.wrap(pattern(250)), 250, it -> socket.send(it, info));
        assertArrayEquals(pattern(250), peer.receive().payload(), "datagram of the info without segments");
        expectNoMore(lab, socket, peer);
    }

    @Rule("UDP-SEG-08")
    void inBatch(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.roomySocket();
        DatagramBatch batch = lab.backend().newBatch(3, 500);
        Batches.put(batch, 0, pattern(150), peer.address());
        Batches.put(batch, 1, pattern(250), peer.address());
        batch.sendInfo(1).segmentBytes(100);
        Batches.put(batch, 2, pattern(350), peer.address());
        Batches.sendAll(lab, socket, batch, 0, 3);
        assertArrayEquals(pattern(150), peer.receive().payload(), "datagram of slot 0");
        expectSegments(peer, pattern(250), 100);
        assertArrayEquals(pattern(350), peer.receive().payload(), "datagram of slot 2");
        expectNoMore(lab, socket, peer);
    }

    @Rule("UDP-SEG-09")
    void tooLarge(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.roomySocket();
        for (int length : new int[] {65_515, 65_520, 2 * 65_520}) {
            ByteBuffer payload = ByteBuffer.allocate(length);
            expectError(ErrorKind.MESSAGE_TOO_LARGE, () -> socket.sendSegmented(payload, peer.address(), 65_520));
            assertEquals(0, payload.position(), "position after a segment that is too large");
        }
        expectNoMore(lab, socket, peer);
    }

    @Rule("UDP-SEG-10")
    void alternating(Lab lab) throws Exception {
        List<Peer> peers = List.of(lab.peer(), lab.peer());
        UdpSocket socket = lab.roomySocket();
        Random random = lab.random();
        for (int round = 0; round < ROUNDS; round++) {
            Peer peer = peers.get(random.nextInt(peers.size()));
            byte[] payload = pattern(1 + random.nextInt(1_000));
            int segmentBytes = round % 3 == 0 ? payload.length : 50 + random.nextInt(payload.length);
            Way way = round % 3 == 0
                    ? it -> socket.sendTo(it, peer.address())
                    : it -> socket.sendSegmented(it, peer.address(), segmentBytes);
            sendAll(lab, ByteBuffer.wrap(payload), segmentBytes, way);
            expectSegments(peer, payload, segmentBytes);
        }
        for (Peer peer : peers) {
            expectNoMore(lab, socket, peer);
        }
    }

    @Rule("UDP-SEG-19")
    void tooManyInSlot(Lab lab) throws Exception {
        long limit = lab.backend().limit(Limit.SEGMENTS);
        if (limit >= SLOT_BYTES) {
            throw lab.notApplicable("more segments fit a slot than it has bytes");
        }
        Peer peer = lab.peer();
        UdpSocket socket = lab.roomySocket();
        DatagramBatch batch = lab.backend().newBatch(2, SLOT_BYTES);
        for (int length : new int[] {(int) limit + 1, 0}) {
            Batches.put(batch, 0, pattern(length), peer.address());
            batch.sendInfo(0).segmentBytes(1);
            Batches.put(batch, 1, "behind", peer.address());
            int[][] before = Batches.places(batch);
            expectThrown(IllegalArgumentException.class, () -> socket.sendBatch(batch, 0, 2));
            Batches.assertSent(batch, before, 0, 0);
        }
        expectNoMore(lab, socket, peer);
    }

    @Rule("UDP-SEG-12")
    void wholeCall(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.roomySocket();
        int[][] cases = {{64 * 1_023, 1_023}, {LARGEST, 1_200}, {LARGEST, 32_768}, {64 * 7 - 6, 7}, {2, 1}};
        for (int[] lengths : cases) {
            byte[] payload = pattern(lengths[0]);
            sendAll(
                    lab,
                    ByteBuffer.wrap(payload),
                    lengths[1],
                    it -> socket.sendSegmented(it, peer.address(), lengths[1]));
            expectSegments(peer, payload, lengths[1]);
        }
        expectNoMore(lab, socket, peer);
    }

    @Rule("UDP-SEG-13")
    void manySlots(Lab lab) throws Exception {
        List<Peer> peers = List.of(lab.peer(), lab.peer(), lab.peer());
        UdpSocket socket = lab.roomySocket();
        DatagramBatch batch = lab.backend().newBatch(6, LARGEST);
        int[][] cases = {{LARGEST, 1_200}, {3_000, 1_000}, {500, 0}, {2_501, 500}, {64, 1}, {700, 0}};
        for (int slot = 0; slot < cases.length; slot++) {
            Batches.put(
                    batch, slot, pattern(cases[slot][0]), peers.get(slot % 3).address());
            batch.sendInfo(slot).segmentBytes(cases[slot][1] == 0 ? SendInfo.UNSET : cases[slot][1]);
        }
        Batches.sendAll(lab, socket, batch, 0, cases.length);
        for (int slot = 0; slot < cases.length; slot++) {
            int length = cases[slot][1] == 0 ? cases[slot][0] : cases[slot][1];
            expectSegments(peers.get(slot % 3), pattern(cases[slot][0]), length);
        }
        for (Peer peer : peers) {
            expectNoMore(lab, socket, peer);
        }
    }

    @Rule("UDP-SEG-14")
    void coalesced(Lab lab) throws Exception {
        UdpSocket sender = lab.roomySocket();
        UdpSocket receiver = coalescing(lab);
        ByteBuffer buffer = ByteBuffer.allocateDirect(ROOM);
        for (int[] lengths : COALESCED) {
            byte[] payload = pattern(lengths[0]);
            int sentBytes = 0;
            ByteBuffer source = ByteBuffer.wrap(payload);
            sendAll(lab, source, lengths[1], it -> sender.sendSegmented(it, receiver.localAddress(), lengths[1]));
            while (sentBytes < payload.length) {
                DatagramInfo peeked = new DatagramInfo();
                DatagramInfo info = new DatagramInfo();
                Receives.PEEK_INFO.next(lab, receiver, buffer.clear(), peeked);
                byte[] got = lab.receive(receiver, buffer.clear(), info).payload();
                assertEquals(info.segmentSize(), peeked.segmentSize(), "segment size by the peek, and by the receive");
                expectPart(payload, sentBytes, lengths[1], got, info, sender);
                sentBytes += got.length;
            }
        }
    }

    @Rule("UDP-SEG-15")
    void coalescedInBatch(Lab lab) throws Exception {
        List<UdpSocket> senders = List.of(lab.roomySocket(), lab.roomySocket());
        UdpSocket receiver = coalescing(lab);
        DatagramBatch batch = lab.backend().newBatch(8, ROOM);
        for (int[] lengths : COALESCED) {
            byte[] payload = pattern(lengths[0]);
            for (UdpSocket sender : senders) {
                ByteBuffer source = ByteBuffer.wrap(payload);
                sendAll(lab, source, lengths[1], it -> sender.sendSegmented(it, receiver.localAddress(), lengths[1]));
            }
            for (UdpSocket sender : senders) {
                for (int done = 0; done < payload.length; ) {
                    Batches.receive(lab, receiver, batch, 0, 1, 1);
                    byte[] got = Batches.message(batch, 0).payload();
                    expectPart(payload, done, lengths[1], got, batch.info(0), sender);
                    done += got.length;
                }
            }
        }
    }

    @Rule("UDP-SEG-16")
    void single(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket receiver = coalescing(lab);
        DatagramBatch batch = lab.backend().newBatch(1, ROOM);
        DatagramInfo info = new DatagramInfo();
        for (int length : new int[] {0, 1, 512, 512, 1_400, 9_000}) {
            info.fill().segmentSize(7);
            peer.send(pattern(length), receiver.localAddress());
            byte[] got = lab.receive(receiver, ByteBuffer.allocate(ROOM), info).payload();
            assertArrayEquals(pattern(length), got, "single datagram");
            assertEquals(0, info.segmentSize(), "segment size of a single datagram by receive");
            batch.info(0).fill().segmentSize(7);
            peer.send(pattern(length), receiver.localAddress());
            Batches.receive(lab, receiver, batch, 0, 1, 1);
            assertArrayEquals(pattern(length), Batches.message(batch, 0).payload(), "single datagram in a batch");
            assertEquals(0, batch.info(0).segmentSize(), "segment size of a single datagram by recvBatch");
        }
    }

    @Rule("UDP-SEG-20")
    void coalescedTruncated(Lab lab) throws Exception {
        UdpSocket sender = lab.roomySocket();
        UdpSocket receiver = lab.open(lab.config()
                .withReceiveBufferBytes(1 << 18)
                .withTruncationPolicy(TruncationPolicy.DISCARD)
                .withCoalescing(true));
        byte[] payload = pattern(16 * 512);
        InetSocketAddress to = receiver.localAddress();
        sendAll(lab, ByteBuffer.wrap(payload), 512, it -> sender.sendSegmented(it, to, 512));
        lab.sendTo(sender, "sentinel", to);
        int room = 1_000;
        int start = 0;
        DatagramInfo info = new DatagramInfo();
        byte[] got = lab.receive(receiver, ByteBuffer.allocate(room), info).payload();
        while (start < payload.length) {
            byte[] part = Arrays.copyOfRange(payload, start, start + got.length);
            assertArrayEquals(part, got, "bytes received at " + start);
            boolean full = got.length == room; // no whole number of datagrams
            assertEquals(full, info.truncated(), "whether truncated, of " + got.length + " bytes received");
            assertEquals(got.length > 512 ? 512 : 0, info.segmentSize(), "segment size of " + got.length + " bytes");
            if (full && !lab.has(Capability.ORIGINAL_LENGTH)) {
                throw lab.inconclusive("how much was cut off is known with ORIGINAL_LENGTH only");
            }
            start += info.originalLength();
            got = lab.receive(receiver, ByteBuffer.allocate(room), info).payload();
        }
        assertEquals(payload.length, start, "bytes received and cut off");
        assertArrayEquals(bytes("sentinel"), got, "datagram behind the coalesced ones");
        assertEquals(0, info.segmentSize(), "segment size of the datagram behind");
    }

    @Rule("UDP-SEG-17")
    void notCoalesced(Lab lab) throws Exception {
        UdpSocket sender = lab.roomySocket();
        UdpSocket receiver = lab.roomySocket();
        DatagramBatch batch = lab.backend().newBatch(16, 1_000);
        DatagramInfo info = new DatagramInfo();
        byte[] payload = pattern(16 * 512);
        InetSocketAddress to = receiver.localAddress();
        sendAll(lab, ByteBuffer.wrap(payload), 512, it -> sender.sendSegmented(it, to, 512));
        for (int i = 0; i < 16; i++) {
            byte[] got = lab.receive(receiver, ByteBuffer.allocate(1_000), info).payload();
            assertArrayEquals(Arrays.copyOfRange(payload, i * 512, i * 512 + 512), got, "datagram " + i);
            assertEquals(0, info.segmentSize(), "segment size of datagram " + i);
        }
        sendAll(lab, ByteBuffer.wrap(payload), 512, it -> sender.sendSegmented(it, to, 512));
        Batches.receive(lab, receiver, batch, 0, 16, 16);
        for (int i = 0; i < 16; i++) {
            byte[] got = Batches.message(batch, i).payload();
            assertArrayEquals(Arrays.copyOfRange(payload, i * 512, i * 512 + 512), got, "datagram in slot " + i);
            assertEquals(0, batch.info(i).segmentSize(), "segment size of slot " + i);
        }
    }

    @Rule("UDP-SEG-18")
    void segmentsWithControl(Lab lab) throws Exception {
        UdpSocket receiver = lab.open(
                lab.config().withReceiveBufferBytes(1 << 18).withMetadata(Set.of(Capability.RECV_TRAFFIC_CLASS)));
        UdpSocket socket = lab.roomySocket();
        SendInfo info = new SendInfo()
                .destination(receiver.localAddress())
                .segmentBytes(100)
                .trafficClass(0xB9);
        sendAll(lab, ByteBuffer.wrap(pattern(950)), 100, it -> socket.send(it, info));
        DatagramInfo told = new DatagramInfo();
        for (int start = 0; start < 950; start += 100) {
            byte[] got = lab.receive(receiver, ByteBuffer.allocate(1_000), told).payload();
            byte[] segment = Arrays.copyOfRange(pattern(950), start, Math.min(950, start + 100));
            assertArrayEquals(segment, got, "segment at " + start);
            assertEquals(0xB9, told.trafficClass(), "traffic class of the segment at " + start);
        }
    }

    private static UdpSocket coalescing(Lab lab) throws UdpException {
        return lab.open(lab.config().withReceiveBufferBytes(1 << 18).withCoalescing(true));
    }

    // What one receive of a coalescing socket must be: some whole datagrams of the payload, told apart by their length.
    private static void expectPart(
            byte[] payload, int start, int segmentBytes, byte[] got, DatagramInfo info, UdpSocket sender)
            throws UdpException {
        int end = Math.min(payload.length, start + got.length);
        assertArrayEquals(Arrays.copyOfRange(payload, start, end), got, "bytes received at " + start);
        assertEquals(sender.localAddress(), info.sender(), "sender of the bytes at " + start);
        assertEquals(got.length, info.length(), "length by the info");
        int one = Math.min(segmentBytes, payload.length - start);
        assertEquals(
                got.length <= one ? 0 : segmentBytes,
                info.segmentSize(),
                "segment size of " + got.length + " bytes, of datagrams of " + segmentBytes);
        assertTrue(
                got.length % segmentBytes == 0 || end == payload.length,
                () -> "expected whole datagrams of " + segmentBytes + ", actual: " + got.length + " bytes");
    }

    // Sends until nothing remains, checking that each call moves over whole segments.
    private static void sendAll(Lab lab, ByteBuffer payload, int segmentBytes, Way way) throws IOException {
        int end = payload.limit();
        while (payload.hasRemaining()) {
            int start = payload.position();
            int[] count = new int[1];
            lab.eventually("a segmented send", () -> (count[0] = way.send(payload)) != UdpSocket.WOULD_BLOCK);
            int moved = payload.position() - start;
            assertEquals(count[0], moved, "how far the position moved, and the result");
            assertTrue(
                    moved > 0 && (moved % segmentBytes == 0 || payload.position() == end),
                    () -> "expected whole segments of " + segmentBytes + " sent, actual: " + moved + " bytes");
        }
    }

    private static void expectSegments(Peer peer, byte[] payload, int segmentBytes) throws IOException {
        for (int start = 0; start < payload.length; start += segmentBytes) {
            byte[] segment = Arrays.copyOfRange(payload, start, Math.min(payload.length, start + segmentBytes));
            String what = "segment at " + start + " of " + payload.length + " bytes by " + segmentBytes;
            assertArrayEquals(segment, peer.receive().payload(), what);
        }
    }

    private static void expectNoMore(Lab lab, UdpSocket socket, Peer peer) throws IOException {
        lab.sendTo(socket, bytes("sentinel"), peer.address());
        assertEquals("sentinel", peer.receive().text(), "first datagram after those that were to be sent");
    }
}
