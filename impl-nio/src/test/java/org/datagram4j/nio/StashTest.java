package org.datagram4j.nio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.datagram4j.DatagramBatch;
import org.datagram4j.DatagramInfo;
import org.datagram4j.ErrorKind;
import org.datagram4j.Events;
import org.datagram4j.Interest;
import org.datagram4j.Poll;
import org.datagram4j.Token;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Peeks and looks for errors take datagrams out of the system: nobody may notice. */
class StashTest {
    private final NioBackend backend = new NioBackend();
    private final DatagramInfo info = new DatagramInfo();
    private final ByteBuffer buffer = ByteBuffer.allocate(16);
    private Poll poll;
    private Events events;
    private UdpSocket sender;
    private UdpSocket receiver;

    @BeforeEach
    void open() throws Exception {
        poll = backend.openPoll();
        events = poll.newEvents(4);
        sender = Loopback.socket(backend);
        receiver = Loopback.socket(backend);
        receiver.connect(sender.localAddress());
    }

    @AfterEach
    void close() {
        backend.resources().closeAll();
    }

    private void arrive(int... bytes) throws Exception {
        poll.registry().register(receiver, new Token(0), Interest.READABLE);
        Loopback.send(sender, receiver, bytes);
        Loopback.await(poll, events);
        poll.registry().deregister(receiver);
    }

    @Test
    void whatIsHeldIsReadable() throws Exception {
        arrive(1, 2);
        assertEquals(2, receiver.peek(buffer, info));
        poll.registry().register(receiver, new Token(1), Interest.READABLE);
        assertEquals(1, poll.poll(events, null));
        assertEquals(0, poll.poll(events, Duration.ofMillis(10)), "once");
        poll.registry().reregister(receiver, new Token(2), Interest.READABLE);
        assertEquals(1, poll.poll(events, null));
        assertEquals(new Token(2), events.get(0).token());
        assertEquals(2, receiver.recv(buffer.clear()));
        assertEquals(UdpSocket.WOULD_BLOCK, receiver.recv(buffer.clear()));
        Loopback.send(sender, receiver, 3);
        assertEquals(1, poll.poll(events, null), "armed again");
    }

    @Test
    void aPeekBeforeThePollDoesNotHideTheDatagram() throws Exception {
        arrive(1);
        poll.registry().register(receiver, new Token(1), Interest.READABLE);
        assertEquals(1, receiver.peek(buffer));
        assertEquals(1, poll.poll(events, null));
    }

    @Test
    void aLookForErrorsTakesTwoAtMostAndLosesNone() throws Exception {
        Loopback.send(sender, receiver, 1);
        Loopback.send(sender, receiver, 2);
        Loopback.send(sender, receiver);
        arrive(4, 4);
        for (int i = 0; i < 4; i++) {
            assertNull(receiver.takeError());
        }
        assertEquals(1, receiver.peek(buffer.clear()));
        DatagramBatch batch = backend.newBatch(8, 16);
        int got = receiver.recvBatch(batch, 0, 8);
        assertEquals(4, got);
        assertArrayEquals(new int[] {1, 1, 0, 2}, new int[] {
            batch.info(0).length(),
            batch.info(1).length(),
            batch.info(2).length(),
            batch.info(3).length()
        });
        assertEquals(1, batch.buffer(0).get(0));
        assertEquals(2, batch.buffer(1).get(0));
        assertEquals(sender.localAddress(), batch.info(3).sender());
    }

    @Test
    void connectingAndDisconnectingDropIt() throws Exception {
        arrive(1);
        receiver.peek(buffer);
        receiver.disconnect();
        assertEquals(UdpSocket.WOULD_BLOCK, receiver.recv(buffer.clear()));
    }

    @Test
    void whatGoesRoundItIsRefused() throws Exception {
        arrive(1);
        receiver.peek(buffer);
        assertThrows(IllegalStateException.class, () -> receiver.tryIo(Interest.READABLE, () -> 0));
        assertEquals(0, receiver.tryIo(Interest.WRITABLE, () -> 0));
        assertThrows(IllegalStateException.class, receiver::releaseChannel);
        assertTrue(receiver.isOpen());
        receiver.recv(buffer.clear());
        assertEquals(0, receiver.tryIo(Interest.READABLE, () -> 0));
        receiver.releaseChannel().close();
    }

    @Test
    void anErrorIsTakenOnce() throws Exception {
        InetSocketAddress dead = Loopback.deadEnd(backend);
        receiver.connect(dead);
        receiver.send(ByteBuffer.wrap(new byte[] {1}));
        poll.registry().register(receiver, new Token(1), Interest.READABLE);
        Loopback.await(poll, events);
        UdpException error = receiver.takeError();
        assertNotNull(error);
        assertEquals(ErrorKind.CONNECTION_REFUSED, error.kind());
        assertNull(receiver.takeError());
        assertEquals(UdpSocket.WOULD_BLOCK, receiver.recv(buffer.clear()));
    }

    /** The send that meets the error has not sent its datagram: the count says so, and the error is not lost. */
    @Test
    void anErrorInTheMiddleOfABatchIsMetByTheNextCall() throws Exception {
        InetSocketAddress dead = Loopback.deadEnd(backend);
        receiver.connect(dead);
        poll.registry().register(receiver, new Token(1), Interest.READABLE);
        DatagramBatch batch = backend.newBatch(4, 4);
        int sent = receiver.sendBatch(batch, 0, 4); // on loopback the first one's ICMP is there before the second
        UdpException error = assertThrows(UdpException.class, () -> {
            for (int i = 0; i < 3; i++) {
                Loopback.await(poll, events);
                receiver.recv(buffer.clear());
            }
        });
        assertTrue(sent >= 1);
        assertEquals(ErrorKind.CONNECTION_REFUSED, error.kind());
    }

    /** The contract asks to go on until would-block; whoever stops at an error is told of the next one all the same. */
    @Test
    void anErrorThatIsThrownArmsAgain() throws Exception {
        receiver.connect(Loopback.deadEnd(backend));
        poll.registry().register(receiver, new Token(1), Interest.READABLE);
        DatagramBatch batch = backend.newBatch(2, 16);
        for (int i = 0; i < 4; i++) {
            boolean single = i % 2 == 0;
            receiver.send(ByteBuffer.wrap(new byte[] {1}));
            assertEquals(1, poll.poll(events, Loopback.PATIENCE), "refusal " + i);
            UdpException error = assertThrows(UdpException.class, () -> {
                if (single) {
                    receiver.recv(buffer.clear());
                } else {
                    receiver.recvBatch(batch, 0, 2);
                }
            });
            assertEquals(ErrorKind.CONNECTION_REFUSED, error.kind());
        }
    }
}
