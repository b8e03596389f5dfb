package org.datagram4j.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.datagram4j.DatagramBatch;
import org.datagram4j.ErrorKind;
import org.datagram4j.Events;
import org.datagram4j.Interest;
import org.datagram4j.Poll;
import org.datagram4j.SendInfo;
import org.datagram4j.Token;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.sys.linkage.Linkages;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sends that block, and devices that refuse segments, in a system that does so on request. */
class RefusedSendsTest {
    private static final int EIO = 5;

    private final FakeSystem fake = new FakeSystem(Lab.system(Linkages.best()));
    private final NativeBackend backend = new NativeBackend(fake.system());
    private NativeSocket socket;
    private UdpSocket receiver;
    private InetSocketAddress to;

    @BeforeEach
    void open() throws Exception {
        socket = (NativeSocket) backend.bind(Lab.any());
        receiver = backend.bind(Lab.any());
        to = receiver.localAddress();
    }

    @AfterEach
    void close() {
        socket.close();
        receiver.close();
    }

    private void expectBytes(int count, int segment) throws Exception {
        ByteBuffer buffer = ByteBuffer.allocate(2_000);
        for (int at = 0; at < count; at += segment) {
            int length = Math.min(segment, count - at);
            assertEquals(length, Lab.receive(receiver, buffer.clear()));
            for (int i = 0; i < length; i++) {
                assertEquals((byte) (at + i), buffer.get(i), "byte " + (at + i));
            }
        }
        assertEquals(UdpSocket.WOULD_BLOCK, receiver.recv(buffer.clear()));
    }

    @ParameterizedTest
    @ValueSource(ints = {EIO, 22, 90})
    void segmentsRefusedAreSentOneByOneEverAfter(int code) throws Exception {
        fake.segmentsReturn = -code;
        for (int i = 0; i < 2; i++) {
            ByteBuffer payload = Lab.bytes(950);
            assertEquals(950, socket.sendSegmented(payload, to, 100));
            assertFalse(payload.hasRemaining());
            expectBytes(950, 100);
        }
        assertEquals(1, fake.segmentsTried.get(), "asked once and for all");
        assertFalse(socket.sending().systemCuts());
    }

    @Test
    void segmentsRefusedInABatchAreNeitherLostNorDoubled() throws Exception {
        fake.segmentsReturn = -EIO;
        DatagramBatch batch = backend.newBatch(3, 1_000);
        for (int slot = 0; slot < 3; slot++) {
            batch.buffer(slot).clear();
            batch.sendInfo(slot).destination(to).segmentBytes(slot == 1 ? 100 : SendInfo.UNSET);
        }
        batch.buffer(0).put(0, Lab.bytes(50), 0, 50).limit(50);
        batch.buffer(1).put(0, Lab.bytes(450), 0, 450).limit(450);
        batch.buffer(2).put(0, Lab.bytes(60), 0, 60).limit(60);
        assertEquals(3, socket.sendBatch(batch, 0, 3));
        ByteBuffer buffer = ByteBuffer.allocate(2_000);
        for (int length : new int[] {50, 100, 100, 100, 100, 50, 60}) {
            assertEquals(length, Lab.receive(receiver, buffer.clear()));
        }
        assertEquals(UdpSocket.WOULD_BLOCK, receiver.recv(buffer.clear()));
    }

    @Test
    void whatPlainSendsMeetTooIsThrownAndSegmentsGoOn() throws Exception {
        socket.connect(Lab.deadEnd(backend));
        fake.segmentsReturn = -22;
        fake.blocked.set(0);
        assertEquals(200, socket.sendSegmented(Lab.bytes(200), null, 100) + remainderAfterRefusal());
        assertFalse(socket.sending().systemCuts());
    }

    /** The refusal of the first segment stops the second: it is reported by the next call. */
    private int remainderAfterRefusal() throws UdpException {
        UdpException error = socket.takeError();
        return error != null && error.kind() == ErrorKind.CONNECTION_REFUSED ? 100 : 0;
    }

    @Test
    void blockedSegmentsMoveByWholeOnes() throws Exception {
        fake.segmentsReturn = -EIO;
        socket.sendSegmented(Lab.bytes(200), to, 100);
        expectBytes(200, 100);
        ByteBuffer payload = Lab.bytes(200);
        fake.blocked.set(1);
        assertEquals(UdpSocket.WOULD_BLOCK, socket.sendSegmented(payload, to, 100));
        assertEquals(0, payload.position());
        assertEquals(200, socket.sendSegmented(payload, to, 100));
        expectBytes(200, 100);
    }

    @Test
    void aBlockedSendArmsWritable() throws Exception {
        try (Poll poll = backend.openPoll()) {
            Events events = poll.newEvents(4);
            poll.registry().register(socket, new Token(1), Interest.READABLE_WRITABLE);
            Lab.await(poll, events);
            assertTrue(events.get(0).isWritable());
            assertEquals(10, socket.sendTo(Lab.bytes(10), to));
            assertEquals(0, poll.poll(events, Duration.ZERO), "a send that went is no event");
            fake.blocked.set(1);
            ByteBuffer payload = Lab.bytes(10);
            assertEquals(UdpSocket.WOULD_BLOCK, socket.sendTo(payload, to));
            assertEquals(0, payload.position());
            Lab.await(poll, events);
            assertTrue(events.get(0).isWritable());
            assertFalse(events.get(0).isReadable());
            assertEquals(0, poll.poll(events, Duration.ZERO), "once");
        }
    }

    @Test
    void aBlockedBatchIsWouldBlock() throws Exception {
        DatagramBatch batch = backend.newBatch(2, 10);
        batch.sendInfo(0).destination(to);
        batch.sendInfo(1).destination(to);
        fake.blocked.set(1);
        assertEquals(UdpSocket.WOULD_BLOCK, socket.sendBatch(batch, 0, 2));
        assertEquals(10, batch.buffer(0).remaining());
        assertThrows(IndexOutOfBoundsException.class, () -> socket.sendBatch(batch, 1, 2));
        assertEquals(2, socket.sendBatch(batch, 0, 2));
    }
}
