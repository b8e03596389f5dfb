package org.datagram4j.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.datagram4j.Event;
import org.datagram4j.Events;
import org.datagram4j.Interest;
import org.datagram4j.Poll;
import org.datagram4j.Token;
import org.datagram4j.UdpSocket;
import org.datagram4j.Waker;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class WaitingTest {
    private final NativeBackend backend = new NativeBackend();

    @Test
    void fractionsOfAMillisecondAreKept() throws Exception {
        try (Poll poll = backend.openPoll()) {
            Events events = poll.newEvents(1);
            long shortest = Long.MAX_VALUE;
            for (int i = 0; i < 200; i++) {
                long start = System.nanoTime();
                assertEquals(0, poll.poll(events, Duration.ofNanos(200_000)));
                long took = System.nanoTime() - start;
                assertTrue(took >= 200_000, "too early: " + took);
                shortest = Math.min(shortest, took);
            }
            assertTrue(shortest < 900_000, "rounded up to milliseconds: " + shortest);
        }
    }

    @Test
    void endlessTimeoutsAreTaken() throws Exception {
        try (Poll poll = backend.openPoll()) {
            Waker waker = poll.registry().newWaker(new Token(5));
            for (Duration timeout : new Duration[] {null, Duration.ofSeconds(Long.MAX_VALUE), Duration.ofDays(40)}) {
                Events events = poll.newEvents(1);
                FutureTask<Integer> waiting = Lab.start(() -> poll.poll(events, timeout));
                waker.wake();
                assertEquals(1, Lab.join(waiting));
                assertEquals(new Token(5), events.get(0).token());
            }
        }
    }

    @RepeatedTest(200)
    void noWakeIsLostBesidePollsThatDoNotWait() throws Exception {
        try (Poll poll = backend.openPoll()) {
            Waker first = poll.registry().newWaker(new Token(1));
            Waker second = poll.registry().newWaker(new Token(2));
            Events events = poll.newEvents(1);
            FutureTask<Void> waking = Lab.start(() -> {
                for (int i = 0; i < 50; i++) {
                    first.wake();
                }
                second.wake();
                return null;
            });
            boolean seen = false;
            for (int i = 0; !seen; i++) {
                int count = poll.poll(events, i % 2 == 0 ? Duration.ZERO : Lab.PATIENCE);
                assertTrue(i % 2 == 0 || count > 0, "a wake was lost");
                seen = count > 0 && events.get(0).token().value() == 2;
            }
            Lab.join(waking);
        }
    }

    @RepeatedTest(20)
    void anInterruptEndsTheWaitAndNothingElse() throws Exception {
        try (Poll poll = backend.openPoll()) {
            Events events = poll.newEvents(1);
            CountDownLatch started = new CountDownLatch(1);
            Thread[] waiter = new Thread[1];
            FutureTask<Boolean> waiting = Lab.start(() -> {
                waiter[0] = Thread.currentThread();
                started.countDown();
                assertEquals(0, poll.poll(events, null));
                assertEquals(0, poll.poll(events, null), "with the status still set");
                return Thread.currentThread().isInterrupted();
            });
            started.await();
            waiter[0].interrupt();
            assertTrue(Lab.join(waiting), "the status is kept");
            assertTrue(poll.isOpen());
        }
    }

    @Test
    void anIdleSocketDoesNotSpin() throws Exception {
        try (NativePoll poll = (NativePoll) backend.openPoll();
                UdpSocket socket = backend.bind(Lab.any())) {
            poll.registry().register(socket, new Token(1), Interest.READABLE_WRITABLE);
            Events events = poll.newEvents(4);
            Lab.await(poll, events);
            assertTrue(events.get(0).isWritable());
            ByteBuffer payload = ByteBuffer.allocate(10);
            for (int i = 0; i < 100; i++) {
                socket.sendTo(payload.clear(), socket.localAddress());
            }
            Lab.await(poll, events); // readable, once
            assertFalse(events.get(0).isWritable());
            long before = poll.looks();
            assertEquals(0, poll.poll(events, Duration.ofMillis(50)));
            assertTrue(poll.looks() - before <= 3, "looks: " + (poll.looks() - before));
        }
    }

    @Test
    void bothDirectionsAtOnceAreOneEvent() throws Exception {
        try (Poll poll = backend.openPoll();
                UdpSocket socket = backend.bind(Lab.any())) {
            socket.sendTo(ByteBuffer.allocate(1), socket.localAddress());
            poll.registry().register(socket, new Token(1), Interest.READABLE_WRITABLE);
            Events events = poll.newEvents(4);
            Lab.await(poll, events);
            assertEquals(1, events.size());
            assertTrue(events.get(0).isReadable() && events.get(0).isWritable());
        }
    }

    @Test
    void fourHundredReadySocketsTakeTurns() throws Exception {
        List<UdpSocket> sockets = new ArrayList<>();
        try (Poll poll = backend.openPoll()) {
            ByteBuffer payload = ByteBuffer.allocate(1);
            for (int i = 0; i < 400; i++) {
                UdpSocket socket = backend.bind(Lab.any());
                sockets.add(socket);
                poll.registry().register(socket, new Token(i), Interest.READABLE);
                socket.sendTo(payload.clear(), socket.localAddress());
            }
            Waker waker = poll.registry().newWaker(new Token(400));
            waker.wake();
            boolean[] seen = new boolean[401];
            Events events = poll.newEvents(7);
            int left = seen.length;
            while (left > 0) {
                Lab.await(poll, events);
                for (Event event : events) {
                    int token = (int) event.token().value();
                    assertFalse(seen[token], "twice: " + token);
                    seen[token] = true;
                    left--;
                }
            }
        } finally {
            sockets.forEach(UdpSocket::close);
        }
    }

    @Test
    void spinningFindsWhatArrives() throws Exception {
        try (Poll poll = backend.openPoll(Duration.ofSeconds(10));
                UdpSocket socket = backend.bind(Lab.any())) {
            poll.registry().register(socket, new Token(1), Interest.READABLE);
            Events events = poll.newEvents(1);
            FutureTask<Integer> waiting = Lab.start(() -> poll.poll(events, null));
            socket.sendTo(ByteBuffer.allocate(1), socket.localAddress());
            assertEquals(1, Lab.join(waiting));
            assertThrows(IllegalArgumentException.class, () -> backend.openPoll(Duration.ofNanos(-1)));
        }
    }
}
