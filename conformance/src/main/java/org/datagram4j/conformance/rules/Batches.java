package org.datagram4j.conformance.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.datagram4j.DatagramBatch;
import org.datagram4j.DatagramInfo;
import org.datagram4j.SendInfo;
import org.datagram4j.UdpSocket;
import org.datagram4j.conformance.lab.Lab;
import org.datagram4j.conformance.lab.Message;

/** Filling, sending and receiving batches, and what every such call has to keep. */
final class Batches {
    private Batches() {}

    /** Puts a datagram into a slot. */
    static void put(DatagramBatch batch, int slot, byte[] payload, InetSocketAddress to) {
        batch.buffer(slot).clear().put(payload).flip();
        batch.sendInfo(slot).clear().destination(to);
    }

    /** Puts a text into a slot. */
    static void put(DatagramBatch batch, int slot, String text, InetSocketAddress to) {
        put(batch, slot, Lab.bytes(text), to);
    }

    /** Sends once, waiting for it, and checks what the call did to the slots. */
    static int send(Lab lab, UdpSocket socket, DatagramBatch batch, int first, int count) throws IOException {
        int[][] before = places(batch);
        int[] sent = new int[1];
        lab.eventually(
                "a send of " + count + " slots",
                () -> (sent[0] = socket.sendBatch(batch, first, count)) != UdpSocket.WOULD_BLOCK);
        assertTrue(
                sent[0] >= 1 && sent[0] <= count, () -> "expected 1 to " + count + " slots sent, actual: " + sent[0]);
        assertSent(batch, before, first, sent[0]);
        return sent[0];
    }

    /** Sends a whole range, in as many calls as it takes. */
    static void sendAll(Lab lab, UdpSocket socket, DatagramBatch batch, int first, int count) throws IOException {
        for (int sent = 0; sent < count; ) {
            sent += send(lab, socket, batch, first + sent, count - sent);
        }
    }

    /** Receives some datagrams into a range that may be longer, in as many calls as it takes. */
    static void receive(Lab lab, UdpSocket socket, DatagramBatch batch, int first, int count, int want)
            throws IOException {
        for (int done = 0; done < want; ) {
            int from = first + done;
            int most = count - done;
            int[] got = new int[1];
            lab.eventually(
                    "datagram " + done + " of " + want + " in a batch",
                    () -> (got[0] = socket.recvBatch(batch, from, most)) != UdpSocket.WOULD_BLOCK);
            assertTrue(
                    got[0] >= 1 && got[0] <= most, () -> "expected 1 to " + most + " slots filled, actual: " + got[0]);
            done += got[0];
        }
    }

    /** What a receive put into a slot. */
    static Message message(DatagramBatch batch, int slot) {
        ByteBuffer buffer = batch.buffer(slot);
        DatagramInfo info = batch.info(slot);
        assertEquals(0, buffer.position(), "position of slot " + slot + " after a receive");
        assertEquals(buffer.limit(), info.length(), "length of slot " + slot + " by its info, and by its limit");
        byte[] payload = new byte[buffer.remaining()];
        buffer.duplicate().get(payload);
        return new Message(payload, info.sender());
    }

    /** Position and limit of each slot. */
    static int[][] places(DatagramBatch batch) {
        int[][] places = new int[batch.slots()][];
        for (int slot = 0; slot < places.length; slot++) {
            ByteBuffer buffer = batch.buffer(slot);
            places[slot] = new int[] {buffer.position(), buffer.limit()};
        }
        return places;
    }

    /** Checks that a call sent these slots and touched no other. */
    static void assertSent(DatagramBatch batch, int[][] before, int first, int count) {
        for (int slot = 0; slot < before.length; slot++) {
            boolean sent = slot >= first && slot < first + count;
            ByteBuffer buffer = batch.buffer(slot);
            String what = "slot " + slot + (sent ? ", which was sent" : ", which was not sent");
            assertEquals(before[slot][1], buffer.limit(), "limit of " + what);
            assertEquals(sent ? before[slot][1] : before[slot][0], buffer.position(), "position of " + what);
        }
    }

    /** A batch that no backend made. */
    static DatagramBatch foreign() {
        return new DatagramBatch() {
            private final ByteBuffer buffer = ByteBuffer.allocateDirect(100);
            private final DatagramInfo info = new DatagramInfo();
            private final SendInfo sendInfo = new SendInfo();

            @Override
            public int slots() {
                return 1;
            }

            @Override
            public int slotBytes() {
                return 100;
            }

            @Override
            public ByteBuffer buffer(int slot) {
                return buffer;
            }

            @Override
            public DatagramInfo info(int slot) {
                return info;
            }

            @Override
            public SendInfo sendInfo(int slot) {
                return sendInfo;
            }
        };
    }
}
