package org.datagram4j.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.datagram4j.DatagramBatch;
import org.datagram4j.ErrorKind;
import org.datagram4j.Events;
import org.datagram4j.Interest;
import org.datagram4j.Poll;
import org.datagram4j.Token;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.Waker;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Closing while others are at work: nothing hangs, nothing leaks, nobody's descriptor is touched. */
class ClosingTest {
    private static final int REPEATS = 200;

    private final NativeBackend backend = new NativeBackend();

    private static UdpException closed(Executable action) {
        UdpException error = assertThrows(UdpException.class, action);
        assertEquals(ErrorKind.CLOSED, error.kind());
        return error;
    }

    /** Works until the socket is closed; any other failure is one. */
    private static FutureTask<Void> untilClosed(CountDownLatch started, Work work) {
        return Lab.start(() -> {
            started.countDown();
            while (true) {
                try {
                    work.run();
                } catch (UdpException e) {
                    if (e.kind() == ErrorKind.CLOSED) {
                        return null;
                    }
                    throw e;
                }
            }
        });
    }

    private interface Work {
        void run() throws Exception;
    }

    @RepeatedTest(REPEATS)
    void closeRacesWithEverything() throws Exception {
        UdpSocket socket = backend.bind(Lab.any());
        Poll poll = backend.openPoll();
        UdpSocket victim = null;
        try {
            InetSocketAddress self = socket.localAddress();
            CountDownLatch started = new CountDownLatch(4);
            ByteBuffer out = ByteBuffer.allocate(10);
            ByteBuffer in = ByteBuffer.allocate(100);
            DatagramBatch batch = backend.newBatch(4, 100);
            Events events = poll.newEvents(4);
            FutureTask<Void> sender = untilClosed(started, () -> socket.sendTo(out.clear(), self));
            FutureTask<Void> receiver = untilClosed(started, () -> socket.recv(in.clear()));
            FutureTask<Void> batcher = untilClosed(started, () -> socket.recvBatch(batch, 0, 4));
            FutureTask<Void> registrar = untilClosed(started, () -> {
                poll.registry().register(socket, new Token(1), Interest.READABLE_WRITABLE);
                poll.poll(events, Duration.ZERO);
                poll.registry().deregister(socket);
            });
            started.await();
            socket.close();
            victim = backend.bind(Lab.any()); // most probably gets the descriptor's number
            for (FutureTask<Void> task : List.of(sender, receiver, batcher, registrar)) {
                Lab.join(task);
            }
            assertEquals(0, poll.poll(events, Duration.ZERO));
            assertEquals(UdpSocket.WOULD_BLOCK, victim.recv(in.clear()));
        } finally {
            socket.close();
            poll.close();
            if (victim != null) {
                victim.close();
            }
        }
    }

    @RepeatedTest(REPEATS)
    void closingAPollEndsItsWait() throws Exception {
        Poll poll = backend.openPoll();
        try (UdpSocket socket = backend.bind(Lab.any())) {
            poll.registry().register(socket, new Token(1), Interest.READABLE);
            Events events = poll.newEvents(4);
            CountDownLatch started = new CountDownLatch(1);
            FutureTask<Void> waiting = Lab.start(() -> {
                started.countDown();
                closed(() -> poll.poll(events, null));
                return null;
            });
            started.await();
            poll.close();
            Lab.join(waiting);
            try (Poll other = backend.openPoll()) {
                other.registry().register(socket, new Token(2), Interest.READABLE);
            }
        }
    }

    @RepeatedTest(REPEATS)
    void wakersRaceWithClosing() throws Exception {
        Poll poll = backend.openPoll();
        Events events = poll.newEvents(4);
        Waker waker = poll.registry().newWaker(new Token(1));
        CountDownLatch started = new CountDownLatch(2);
        FutureTask<Void> waiting = untilClosed(started, () -> poll.poll(events, null));
        FutureTask<Void> waking = Lab.start(() -> {
            started.countDown();
            for (int i = 0; i < 1_000; i++) {
                waker.wake();
            }
            return null;
        });
        started.await();
        poll.close();
        Lab.join(waiting);
        Lab.join(waking);
    }

    @RepeatedTest(REPEATS)
    void releasingWaitsForThoseInside() throws Exception {
        UdpSocket socket = backend.bind(Lab.any());
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        FutureTask<Integer> operation = Lab.start(() -> socket.tryIo(Interest.READABLE, () -> {
            inside.countDown();
            assertThrows(IllegalStateException.class, socket::releaseHandle);
            while (leave.getCount() > 0) {
                Thread.onSpinWait();
            }
            return 7;
        }));
        inside.await();
        FutureTask<Long> releasing = Lab.start(socket::releaseHandle);
        while (socket.isOpen()) {
            Thread.onSpinWait();
        }
        assertFalse(releasing.isDone());
        leave.countDown();
        assertEquals(7, Lab.join(operation));
        long handle = Lab.join(releasing);
        try (UdpSocket again = backend.adopt(handle)) {
            assertEquals(handle, again.rawHandle());
        }
    }

    @Test
    void nothingLeaks() throws Exception {
        long before = 0;
        for (int i = 0; i < 300; i++) {
            if (i == 100) {
                before = Lab.descriptors();
            }
            try (Poll poll = backend.openPoll();
                    UdpSocket socket = backend.bind(Lab.any())) {
                poll.registry().register(socket, new Token(i), Interest.READABLE_WRITABLE);
                poll.poll(poll.newEvents(1), Duration.ZERO);
            }
            closed(() -> backend.adopt(Integer.MAX_VALUE));
            assertThrows(UdpException.class, () -> backend.bind(new InetSocketAddress("192.0.2.1", 0)));
        }
        assertTrue(Lab.descriptors() <= before, "descriptors that are still open");
    }

    @Test
    void stoppingClosesEverything() throws Exception {
        Poll poll = backend.openPoll();
        UdpSocket socket = backend.bind(Lab.any());
        backend.resources().closeAll();
        assertFalse(poll.isOpen());
        assertFalse(socket.isOpen());
        closed(() -> backend.bind(Lab.any()));
        closed(backend::openPoll);
    }
}
