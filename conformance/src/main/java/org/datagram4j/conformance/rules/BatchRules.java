package org.datagram4j.conformance.rules;

import static org.datagram4j.UdpSocket.WOULD_BLOCK;
import static org.datagram4j.conformance.lab.Lab.bytes;
import static org.datagram4j.conformance.lab.Lab.expectError;
import static org.datagram4j.conformance.lab.Lab.expectThrown;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.datagram4j.Capability;
import org.datagram4j.DatagramBatch;
import org.datagram4j.DatagramInfo;
import org.datagram4j.ErrorKind;
import org.datagram4j.Limit;
import org.datagram4j.SendInfo;
import org.datagram4j.TruncationPolicy;
import org.datagram4j.UdpSocket;
import org.datagram4j.conformance.lab.Lab;
import org.datagram4j.conformance.lab.Message;
import org.datagram4j.conformance.lab.Peer;
import org.datagram4j.conformance.lab.Worker;
import org.datagram4j.conformance.run.Rule;

/** Area BATCH. */
public final class BatchRules {
    private static final int SLOT_BYTES = 100;
    private static final int SHORT_SLOT = 8;
    private static final int ROUNDS = 12;
    private static final int RACES = 300;
    private static final String LONG = "longer than the slot";

    /** For JUnit. */
    public BatchRules() {}

    @Rule("UDP-BATCH-01")
    void shape(Lab lab) {
        int[][] sizes = {{1, 0}, {1, 65_535}, {1_024, 1}, {3, 100}};
        for (int[] size : sizes) {
            DatagramBatch batch = lab.backend().newBatch(size[0], size[1]);
            assertEquals(size[0], batch.slots(), "slots");
            assertEquals(size[1], batch.slotBytes(), "bytes of a slot");
            for (int slot : new int[] {0, size[0] - 1}) {
                assertSlot(batch, slot);
            }
            for (int slot : new int[] {-1, size[0]}) {
                expectThrown(IndexOutOfBoundsException.class, () -> batch.buffer(slot));
                expectThrown(IndexOutOfBoundsException.class, () -> batch.info(slot));
                expectThrown(IndexOutOfBoundsException.class, () -> batch.sendInfo(slot));
            }
        }
        int[][] wrong = {{0, 100}, {-1, 100}, {1_025, 100}, {1, -1}, {1, 65_536}};
        for (int[] size : wrong) {
            expectThrown(IllegalArgumentException.class, () -> lab.backend().newBatch(size[0], size[1]));
        }
    }

    @Rule("UDP-BATCH-02")
    void ownDestinations(Lab lab) throws Exception {
        List<Peer> peers = List.of(lab.peer(), lab.peer(), lab.peer(), lab.peer());
        UdpSocket socket = lab.socket();
        int slots = 2 * peers.size();
        DatagramBatch batch = lab.backend().newBatch(slots, SLOT_BYTES);
        for (int round = 0; round < 3; round++) {
            for (int slot = 0; slot < slots; slot++) {
                Batches.put(
                        batch, slot, round + "/" + slot, at(peers, slot + round).address());
            }
            Batches.sendAll(lab, socket, batch, 0, slots);
            for (int slot = 0; slot < slots; slot++) {
                Peer peer = at(peers, slot + round);
                Message message = peer.receive();
                assertEquals(round + "/" + slot, message.text(), "datagram at the destination of slot " + slot);
                assertEquals(socket.localAddress(), message.sender(), "its sender");
            }
        }
    }

    @Rule("UDP-BATCH-03")
    void sendOrder(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.socket();
        int slots = 10;
        DatagramBatch batch = lab.backend().newBatch(slots, SLOT_BYTES);
        for (int slot = 0; slot < slots; slot++) {
            Batches.put(batch, slot, "before|" + "x".repeat(slot) + slot + "|behind", peer.address());
            batch.buffer(slot).position(7).limit(7 + slot + 1);
        }
        Batches.sendAll(lab, socket, batch, 0, slots);
        for (int slot = 0; slot < slots; slot++) {
            assertEquals("x".repeat(slot) + slot, peer.receive().text(), "datagram " + slot);
            assertEquals(peer.address(), batch.sendInfo(slot).destination(), "destination of slot " + slot);
        }
        expectNoMore(lab, socket, peer);
    }

    @Rule("UDP-BATCH-04")
    void emptySlots(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.socket();
        List<List<String>> batches = List.of(
                List.of("", "A", "B"), List.of("A", "", "B"), List.of("A", "B", ""), List.of("", "", ""), List.of(""));
        for (List<String> texts : batches) {
            DatagramBatch batch = lab.backend().newBatch(texts.size(), SLOT_BYTES);
            for (int slot = 0; slot < texts.size(); slot++) {
                Batches.put(batch, slot, texts.get(slot), peer.address());
            }
            Batches.sendAll(lab, socket, batch, 0, texts.size());
            for (String text : texts) {
                assertEquals(text, peer.receive().text(), "next datagram of the batch " + texts);
            }
            expectNoMore(lab, socket, peer);
        }
    }

    @Rule("UDP-BATCH-05")
    void partOfABatch(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.socket();
        DatagramBatch batch = lab.backend().newBatch(6, SLOT_BYTES);
        for (int slot = 0; slot < 6; slot++) {
            Batches.put(batch, slot, "slot " + slot, peer.address());
        }
        Batches.sendAll(lab, socket, batch, 2, 3);
        for (int slot = 2; slot < 5; slot++) {
            assertEquals("slot " + slot, peer.receive().text(), "datagram");
        }
        expectNoMore(lab, socket, peer);
    }

    @Rule("UDP-BATCH-06")
    void receiveOrder(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.socket();
        int slots = 8;
        DatagramBatch batch = lab.backend().newBatch(slots, SLOT_BYTES);
        for (int slot = 0; slot < slots; slot++) {
            mark(batch, slot, lab.loopback(9));
        }
        List<String> texts = List.of("first", "", "the third", "4");
        for (String text : texts) {
            peer.send(bytes(text), socket.localAddress());
        }
        // room for two more than come
        Batches.receive(lab, socket, batch, 1, texts.size() + 2, texts.size());
        for (int i = 0; i < texts.size(); i++) {
            Message message = Batches.message(batch, 1 + i);
            assertEquals(texts.get(i), message.text(), "datagram in slot " + (1 + i));
            assertEquals(peer.address(), message.sender(), "sender in slot " + (1 + i));
            assertFalse(batch.info(1 + i).truncated(), "expected slot " + (1 + i) + " whole, actual: truncated");
        }
        for (int slot : new int[] {0, 5, 6, 7}) {
            assertMarked(batch, slot, lab.loopback(9));
        }
    }

    @Rule("UDP-BATCH-07")
    void emptyQueue(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        DatagramBatch batch = lab.backend().newBatch(3, SLOT_BYTES);
        for (int slot = 0; slot < 3; slot++) {
            mark(batch, slot, lab.loopback(9));
        }
        assertEquals(WOULD_BLOCK, socket.recvBatch(batch, 0, 3), "recvBatch of an empty queue");
        for (int slot = 0; slot < 3; slot++) {
            assertMarked(batch, slot, lab.loopback(9));
        }
    }

    @Rule("UDP-BATCH-08")
    void truncation(Lab lab) throws Exception {
        Peer peer = lab.peer();
        for (TruncationPolicy policy : TruncationPolicy.values()) {
            UdpSocket socket = lab.open(lab.config().withTruncationPolicy(policy));
            for (String text : List.of("short 1", LONG, "short 2")) {
                peer.send(bytes(text), socket.localAddress());
            }
            DatagramBatch batch = lab.backend().newBatch(3, SHORT_SLOT);
            Batches.receive(lab, socket, batch, 0, 3, 3);
            assertTruncated(lab, batch, 0, "short 1", false, 7);
            assertTruncated(lab, batch, 1, LONG.substring(0, SHORT_SLOT), true, LONG.length());
            assertTruncated(lab, batch, 2, "short 2", false, 7);

            peer.send(bytes(LONG), socket.localAddress());
            peer.send(new byte[0], socket.localAddress());
            DatagramBatch noRoom = lab.backend().newBatch(2, 0);
            Batches.receive(lab, socket, noRoom, 0, 2, 2);
            assertTruncated(lab, noRoom, 0, "", true, LONG.length());
            assertTruncated(lab, noRoom, 1, "", false, 0);
        }
    }

    @Rule("UDP-BATCH-09")
    void tooLargeSlot(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.roomySocket();
        DatagramBatch batch = lab.backend().newBatch(4, 65_535);
        for (int slot = 0; slot < 4; slot++) {
            Batches.put(batch, slot, "slot " + slot, peer.address());
        }
        batch.buffer(2).clear();
        int sent = 0;
        while (sent < 2) {
            sent += Batches.send(lab, socket, batch, sent, 4 - sent);
        }
        assertEquals(2, sent, "slots sent before the one that is too large");
        for (int i = 0; i < 2; i++) {
            int[][] before = Batches.places(batch);
            assertEquals(
                    2,
                    expectError(ErrorKind.MESSAGE_TOO_LARGE, () -> socket.sendBatch(batch, 2, 2))
                            .slot(),
                    "slot of the exception");
            Batches.assertSent(batch, before, 2, 0);
        }
        Batches.put(batch, 2, "slot 2", peer.address());
        Batches.sendAll(lab, socket, batch, 2, 2);
        for (int slot = 0; slot < 4; slot++) {
            assertEquals("slot " + slot, peer.receive().text(), "datagram");
        }
        expectNoMore(lab, socket, peer);
    }

    @Rule("UDP-BATCH-10")
    void invalidSlot(Lab lab) throws Exception {
        Peer peer = lab.peer();
        List<InetSocketAddress> wrong =
                List.of(InetSocketAddress.createUnresolved("nowhere.invalid", 9), lab.loopback(0));
        for (InetSocketAddress address : wrong) {
            UdpSocket socket = lab.socket();
            DatagramBatch batch = lab.backend().newBatch(4, SLOT_BYTES);
            for (int slot = 0; slot < 4; slot++) {
                Batches.put(batch, slot, "slot " + slot, peer.address());
            }
            batch.sendInfo(2).destination(address);
            int sent = sendUntilRefused(lab, socket, batch);
            Batches.sendAll(lab, socket, batch, sent, 2 - sent);
            int[][] before = Batches.places(batch);
            expectThrown(IllegalArgumentException.class, () -> socket.sendBatch(batch, 2, 2));
            Batches.assertSent(batch, before, 2, 0);
            batch.sendInfo(2).destination(peer.address());
            Batches.sendAll(lab, socket, batch, 2, 2);
            for (int slot = 0; slot < 4; slot++) {
                assertEquals("slot " + slot, peer.receive().text(), "datagram");
            }
            expectNoMore(lab, socket, peer);
        }
    }

    @Rule("UDP-BATCH-11")
    void noDestination(Lab lab) throws Exception {
        Peer peer = lab.peer();
        DatagramBatch batch = lab.backend().newBatch(3, SLOT_BYTES);
        UdpSocket connected = lab.socket();
        connected.connect(peer.address());
        for (int slot = 0; slot < 3; slot++) {
            Batches.put(batch, slot, "slot " + slot, slot == 1 ? peer.address() : null);
        }
        Batches.sendAll(lab, connected, batch, 0, 3);
        for (int slot = 0; slot < 3; slot++) {
            assertEquals("slot " + slot, peer.receive().text(), "datagram at the peer");
        }

        UdpSocket unconnected = lab.socket();
        for (int slot = 0; slot < 3; slot++) {
            Batches.put(batch, slot, "slot " + slot, slot == 1 ? null : peer.address());
        }
        assertEquals(1, Batches.send(lab, unconnected, batch, 0, 3), "slots sent before the one without destination");
        int slot = expectError(ErrorKind.NOT_CONNECTED, () -> unconnected.sendBatch(batch, 1, 2))
                .slot();
        assertEquals(1, slot, "slot of the exception");
        Batches.sendAll(lab, unconnected, batch, 2, 1);
        assertEquals("slot 0", peer.receive().text(), "datagram before the slot without destination");
        assertEquals("slot 2", peer.receive().text(), "datagram behind the slot without destination");
    }

    @Rule("UDP-BATCH-12")
    void ranges(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.socket();
        DatagramBatch batch = lab.backend().newBatch(3, SLOT_BYTES);
        for (int slot = 0; slot < 3; slot++) {
            Batches.put(batch, slot, "must stay", peer.address());
        }
        peer.send(bytes("must stay queued"), socket.localAddress());
        int[][] before = Batches.places(batch);
        int[][] wrong = {{0, 0}, {3, 0}, {-1, 2}, {0, 4}, {2, 2}, {3, 1}, {1, -1}, {1, Integer.MAX_VALUE}};
        for (int[] range : wrong) {
            Class<IndexOutOfBoundsException> expected = IndexOutOfBoundsException.class;
            expectThrown(expected, () -> socket.sendBatch(batch, range[0], range[1]));
            expectThrown(expected, () -> socket.recvBatch(batch, range[0], range[1]));
        }
        expectThrown(NullPointerException.class, () -> socket.sendBatch(null, 0, 1));
        expectThrown(NullPointerException.class, () -> socket.recvBatch(null, 0, 1));
        Batches.assertSent(batch, before, 0, 0);
        expectNoMore(lab, socket, peer);
        assertEquals("must stay queued", lab.receive(socket).text(), "datagram after receives that were refused");
    }

    @Rule("UDP-BATCH-13")
    void foreignBatch(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.socket();
        DatagramBatch foreign = Batches.foreign();
        Batches.put(foreign, 0, "must stay", peer.address());
        expectThrown(IllegalArgumentException.class, () -> socket.sendBatch(foreign, 0, 1));
        assertEquals(0, foreign.buffer(0).position(), "position of the foreign slot");
        expectNoMore(lab, socket, peer);
        peer.send(bytes("must stay queued"), socket.localAddress());
        lab.eventually("a datagram queued", () -> socket.peek(ByteBuffer.allocate(SLOT_BYTES)) != WOULD_BLOCK);
        expectThrown(IllegalArgumentException.class, () -> socket.recvBatch(foreign, 0, 1));
        assertEquals("must stay queued", lab.receive(socket).text(), "datagram after a receive that was refused");
    }

    @Rule("UDP-BATCH-14")
    void ownInfos(Lab lab) throws Exception {
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            peers.add(lab.peer());
        }
        UdpSocket socket = lab.socket();
        int slots = 12;
        DatagramBatch batch = lab.backend().newBatch(slots, SLOT_BYTES);
        Random random = lab.random();
        for (int round = 0; round < ROUNDS; round++) {
            List<Peer> senders = new ArrayList<>();
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < slots; i++) {
                senders.add(at(peers, random.nextInt(peers.size())));
                texts.add(round + "x".repeat(random.nextInt(SLOT_BYTES / 2)) + i);
                senders.get(i).send(bytes(texts.get(i)), socket.localAddress());
            }
            Batches.receive(lab, socket, batch, 0, slots, slots);
            for (int i = 0; i < slots; i++) {
                Message message = Batches.message(batch, i);
                assertEquals(texts.get(i), message.text(), "datagram in slot " + i);
                assertEquals(senders.get(i).address(), message.sender(), "sender in slot " + i);
                assertEquals(senders.get(i).address().getPort(), batch.info(i).senderPort(), "port in slot " + i);
            }
        }
    }

    @Rule("UDP-BATCH-15")
    void undeclaredControl(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.socket();
        DatagramBatch batch = lab.backend().newBatch(3, SLOT_BYTES);
        Controls.undeclared(lab).forEach((control, capability) -> {
            for (int slot = 0; slot < 3; slot++) {
                Batches.put(batch, slot, "must stay", peer.address());
            }
            control.apply(batch.sendInfo(2));
            int[][] before = Batches.places(batch);
            String message = expectThrown(UnsupportedOperationException.class, () -> socket.sendBatch(batch, 0, 3))
                    .getMessage();
            assertTrue(
                    message != null && message.contains(capability.name()),
                    () -> "expected a message that names " + capability + ", actual: " + message);
            Batches.assertSent(batch, before, 0, 0);
        });
        expectNoMore(lab, socket, peer);
    }

    @Rule("UDP-BATCH-16")
    void manyBatches(Lab lab) throws Exception {
        UdpSocket sender = lab.roomySocket();
        UdpSocket receiver = lab.roomySocket();
        int slots = Math.max(
                rangeBeyond(lab.backend().limit(Limit.SEND_BATCH_SLOTS)),
                rangeBeyond(lab.backend().limit(Limit.RECV_BATCH_SLOTS)));
        DatagramBatch out = lab.backend().newBatch(slots, SLOT_BYTES);
        DatagramBatch in = lab.backend().newBatch(slots, SLOT_BYTES);
        Random random = lab.random();
        for (int round = 0; round < ROUNDS; round++) {
            int count = round == 0 ? slots : 1 + random.nextInt(slots);
            int first = random.nextInt(slots - count + 1);
            for (int i = 0; i < count; i++) {
                Batches.put(out, first + i, round + "/" + i, receiver.localAddress());
            }
            Batches.sendAll(lab, sender, out, first, count);
            Batches.receive(lab, receiver, in, first, count, count);
            for (int i = 0; i < count; i++) {
                assertEquals(round + "/" + i, Batches.message(in, first + i).text(), "datagram");
            }
            assertEquals(WOULD_BLOCK, receiver.recvBatch(in, 0, slots), "recvBatch after round " + round);
        }
    }

    @Rule("UDP-BATCH-17")
    void usedTwice(Lab lab) throws Exception {
        int races = lab.tries(RACES);
        DatagramBatch batch = lab.backend().newBatch(4, SLOT_BYTES);
        Worker[] workers = new Worker[2];
        for (int i = 0; i < workers.length; i++) {
            UdpSocket socket = lab.socket();
            workers[i] = lab.start("batch " + i, () -> {
                for (int race = 0; race < races; race++) {
                    lab.sendTo(socket, "race " + race, socket.localAddress());
                    receiveOrFindInUse(socket, batch);
                }
            });
        }
        for (Worker worker : workers) {
            worker.join();
        }
        UdpSocket socket = lab.socket();
        lab.sendTo(socket, "afterwards", socket.localAddress());
        Batches.receive(lab, socket, batch, 0, 4, 1);
        assertEquals("afterwards", Batches.message(batch, 0).text(), "datagram");
    }

    @Rule("UDP-BATCH-18")
    void oneQueue(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.socket();
        DatagramBatch batch = lab.backend().newBatch(2, SLOT_BYTES);
        for (int i = 0; i < 5 * ROUNDS; i += 5) {
            for (int k = i; k < i + 5; k++) {
                peer.send(bytes("number " + k), socket.localAddress());
            }
            expectDatagram(lab, Receives.PEEK_FROM, socket, "number " + i);
            Batches.receive(lab, socket, batch, 0, 2, 2);
            assertEquals("number " + i, Batches.message(batch, 0).text(), "datagram that was peeked at");
            assertEquals(peer.address(), Batches.message(batch, 0).sender(), "its sender");
            assertEquals("number " + (i + 1), Batches.message(batch, 1).text(), "datagram behind it");
            expectDatagram(lab, Receives.RECV_FROM, socket, "number " + (i + 2));
            expectDatagram(lab, Receives.PEEK, socket, "number " + (i + 3));
            Batches.receive(lab, socket, batch, 0, 1, 1);
            assertEquals("number " + (i + 3), Batches.message(batch, 0).text(), "datagram that was peeked at");
            expectDatagram(lab, Receives.RECEIVE, socket, "number " + (i + 4));
            assertEquals(WOULD_BLOCK, socket.recvBatch(batch, 0, 2), "recvBatch after all");
        }
    }

    @Rule("UDP-BATCH-19")
    void outlivesSockets(Lab lab) throws Exception {
        UdpSocket other = lab.socket();
        DatagramBatch batch = lab.backend().newBatch(3, SLOT_BYTES);
        UdpSocket socket = lab.socket();
        for (int slot = 0; slot < 3; slot++) {
            lab.sendTo(other, "slot " + slot, socket.localAddress());
        }
        Batches.receive(lab, socket, batch, 0, 3, 3);
        socket.close();
        for (int slot = 0; slot < 3; slot++) {
            assertEquals("slot " + slot, Batches.message(batch, slot).text(), "datagram after close");
            assertEquals(other.localAddress(), Batches.message(batch, slot).sender(), "sender after close");
            batch.sendInfo(slot).destination(other.localAddress());
        }
        Batches.sendAll(lab, other, batch, 0, 3);
        for (int slot = 0; slot < 3; slot++) {
            assertEquals("slot " + slot, lab.receive(other).text(), "datagram sent by another socket");
        }
    }

    @Rule("UDP-BATCH-21")
    void originalLengths(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket =
                lab.open(lab.config().withReceiveBufferBytes(1 << 18).withTruncationPolicy(TruncationPolicy.DISCARD));
        int[] lengths = {0, 1, SLOT_BYTES - 1, SLOT_BYTES, SLOT_BYTES + 1, 3 * SLOT_BYTES, 9_000, 5};
        DatagramBatch batch = lab.backend().newBatch(lengths.length, SLOT_BYTES);
        for (int length : lengths) {
            peer.send(Lab.pattern(length), socket.localAddress());
        }
        Batches.receive(lab, socket, batch, 0, lengths.length, lengths.length);
        for (int slot = 0; slot < lengths.length; slot++) {
            assertEquals(lengths[slot], batch.info(slot).originalLength(), "original length in slot " + slot);
            assertEquals(lengths[slot] > SLOT_BYTES, batch.info(slot).truncated(), "whether truncated, slot " + slot);
        }
        DatagramInfo info = new DatagramInfo();
        for (int length : lengths) {
            peer.send(Lab.pattern(length), socket.localAddress());
            for (Receives how : List.of(Receives.PEEK_INFO, Receives.RECEIVE)) {
                how.next(lab, socket, ByteBuffer.allocate(SLOT_BYTES), info);
                assertEquals(length, info.originalLength(), "original length by " + how);
            }
        }
    }

    @Rule("UDP-BATCH-22")
    void partialCounts(Lab lab) throws Exception {
        List<Peer> peers = List.of(lab.peer(), lab.peer());
        UdpSocket socket = lab.open(lab.config().withReceiveBufferBytes(1 << 18));
        UdpSocket sender = lab.roomySocket();
        int slots = 40;
        DatagramBatch in = lab.backend().newBatch(slots, SLOT_BYTES);
        DatagramBatch out = lab.backend().newBatch(slots, SLOT_BYTES);
        for (int want : new int[] {1, 2, 7, slots - 1, slots}) {
            for (int i = 0; i < want; i++) {
                Batches.put(out, i, "datagram " + i + " of " + want, socket.localAddress());
            }
            Batches.sendAll(lab, sender, out, 0, want);
            for (int slot = 0; slot < slots; slot++) {
                in.info(slot).fill().sender(peers.get(0).address()).length(3, false, 3);
                in.buffer(slot).clear().limit(3);
            }
            Batches.receive(lab, socket, in, 0, slots, want);
            assertEquals(
                    WOULD_BLOCK, socket.recvBatch(in, 0, slots), "recvBatch after " + want + " datagrams were taken");
            for (int slot = 0; slot < slots; slot++) {
                boolean filled = slot < want;
                InetSocketAddress from =
                        filled ? sender.localAddress() : peers.get(0).address();
                assertEquals(from, in.info(slot).sender(), "sender in slot " + slot + " of " + want + " filled");
                if (filled) {
                    String text = Batches.message(in, slot).text();
                    assertEquals("datagram " + slot + " of " + want, text, "datagram in slot " + slot);
                } else {
                    assertEquals(3, in.buffer(slot).limit(), "limit of slot " + slot + ", which was not filled");
                }
            }
        }
    }

    private static void expectDatagram(Lab lab, Receives how, UdpSocket socket, String text) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(SLOT_BYTES);
        byte[] payload = new byte[how.next(lab, socket, buffer).count()];
        buffer.flip().get(payload);
        assertEquals(text, new Message(payload, null).text(), "datagram by " + how);
    }

    private static void receiveOrFindInUse(UdpSocket socket, DatagramBatch batch) throws IOException {
        try {
            socket.recvBatch(batch, 0, 4);
        } catch (IllegalStateException inUse) {
            Thread.yield();
        }
    }

    // Returns how many slots were sent before the call that threw.
    private static int sendUntilRefused(Lab lab, UdpSocket socket, DatagramBatch batch) throws IOException {
        int sent = 0;
        try {
            while (sent < 2) {
                sent += Batches.send(lab, socket, batch, sent, 4 - sent);
            }
        } catch (IllegalArgumentException refused) {
            while (!batch.buffer(sent).hasRemaining()) {
                sent++;
            }
        }
        int actual = sent;
        assertTrue(actual <= 2, () -> "expected at most slots 0 and 1 sent, actual: " + actual + " slots");
        return sent;
    }

    // A datagram sent now is the next to arrive: nothing else was sent.
    private static void expectNoMore(Lab lab, UdpSocket socket, Peer peer) throws IOException {
        lab.sendTo(socket, "sentinel", peer.address());
        assertEquals("sentinel", peer.receive().text(), "first datagram after those that were to be sent");
    }

    private static void assertSlot(DatagramBatch batch, int slot) {
        assertEquals(batch.slotBytes(), batch.buffer(slot).capacity(), "capacity of slot " + slot);
        assertSame(batch.buffer(slot), batch.buffer(slot), "buffer of slot " + slot);
        assertFalse(batch.buffer(slot).isReadOnly(), "expected a writable buffer, actual: read-only");
        assertSame(batch.info(slot), batch.info(slot), "info of slot " + slot);
        assertNull(batch.info(slot).sender(), "sender of a slot never filled");
        assertSame(batch.sendInfo(slot), batch.sendInfo(slot), "sendInfo of slot " + slot);
        assertNull(batch.sendInfo(slot).destination(), "destination of a slot never set");
        assertEquals(SendInfo.UNSET, batch.sendInfo(slot).segmentBytes(), "segment size of a slot never set");
    }

    private static void mark(DatagramBatch batch, int slot, InetSocketAddress sender) {
        ByteBuffer buffer = batch.buffer(slot).clear();
        while (buffer.hasRemaining()) {
            buffer.put((byte) '#');
        }
        buffer.position(3).limit(SLOT_BYTES / 2);
        batch.info(slot).fill().sender(sender).length(9, true, 10);
    }

    private static void assertMarked(DatagramBatch batch, int slot, InetSocketAddress sender) {
        ByteBuffer buffer = batch.buffer(slot);
        String what = " of slot " + slot + ", which was not filled";
        assertEquals(3, buffer.position(), "position" + what);
        assertEquals(SLOT_BYTES / 2, buffer.limit(), "limit" + what);
        byte[] content = new byte[SLOT_BYTES];
        buffer.duplicate().clear().get(content);
        assertEquals("#".repeat(SLOT_BYTES), new Message(content, null).text(), "content" + what);
        DatagramInfo info = batch.info(slot);
        assertEquals(sender, info.sender(), "sender" + what);
        assertEquals(
                Arrays.asList(9, true, 10),
                Arrays.asList(info.length(), info.truncated(), info.originalLength()),
                "lengths" + what);
    }

    private static void assertTruncated(
            Lab lab, DatagramBatch batch, int slot, String text, boolean truncated, int original) {
        assertEquals(text, Batches.message(batch, slot).text(), "datagram in slot " + slot);
        assertEquals(truncated, batch.info(slot).truncated(), "whether slot " + slot + " was truncated");
        int known = !truncated || lab.has(Capability.ORIGINAL_LENGTH) ? original : DatagramInfo.UNKNOWN;
        assertEquals(known, batch.info(slot).originalLength(), "original length in slot " + slot);
    }

    // More than the backend serves at once, unless that is more than a receive buffer holds for sure.
    private static int rangeBeyond(long limit) {
        return limit < 128 ? (int) limit + 1 : 64;
    }

    private static Peer at(List<Peer> peers, int index) {
        return peers.get(index % peers.size());
    }
}
