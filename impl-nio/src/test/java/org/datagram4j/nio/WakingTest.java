package org.datagram4j.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.datagram4j.Event;
import org.datagram4j.Events;
import org.datagram4j.Interest;
import org.datagram4j.Token;
import org.datagram4j.UdpSocket;
import org.datagram4j.Waker;
import org.junit.jupiter.api.Test;

/** Wakeups: none is lost, and none comes for nothing. */
class WakingTest {
    private static final int WAKES = 100_000;

    private final NioBackend backend = new NioBackend();

    /** Each wake is answered before the next: a lost one hangs both threads. */
    @Test
    void noRacingWakeIsLost() throws Exception {
        try (NioPoll poll = (NioPoll) backend.openPoll()) {
            AtomicLong seen = new AtomicLong();
            Waker waker = poll.registry().newWaker(new Token(1));
            FutureTask<Void> poller = Loopback.start(() -> {
                Events events = poll.newEvents(1);
                while (seen.get() < WAKES) {
                    if (poll.poll(events, Loopback.PATIENCE) == 0) {
                        throw new AssertionError("wake " + seen.get() + " was lost");
                    }
                    seen.incrementAndGet();
                }
                return null;
            });
            for (long i = 0; i < WAKES && !poller.isDone(); i++) {
                waker.wake();
                for (int look = 1; seen.get() <= i && !poller.isDone(); look++) {
                    if (look % 100 == 0) {
                        Thread.yield(); // there may be one processor only
                    }
                }
            }
            Loopback.join(poller);
        }
    }

    /** Many threads, one waker each, unanswered: the last wake of each must be seen after all it did before. */
    @Test
    void whatWasDoneBeforeAWakeIsSeen() throws Exception {
        try (NioPoll poll = (NioPoll) backend.openPoll()) {
            int threads = 4;
            long[] done = new long[threads * 16]; // plain memory, made visible by the wake alone
            FutureTask<?>[] wakers = new FutureTask<?>[threads];
            for (int t = 0; t < threads; t++) {
                int own = t;
                Waker waker = poll.registry().newWaker(new Token(t));
                wakers[t] = Loopback.start(() -> {
                    for (int i = 1; i <= WAKES / threads; i++) {
                        done[own * 16] = i;
                        waker.wake();
                    }
                    return null;
                });
            }
            Events events = poll.newEvents(2);
            int complete = 0;
            boolean[] finished = new boolean[threads];
            while (complete < threads) {
                Loopback.await(poll, events);
                for (Event event : events) {
                    int own = (int) event.token().value();
                    if (!finished[own] && done[own * 16] == WAKES / threads) {
                        finished[own] = true;
                        complete++;
                    }
                }
            }
            for (FutureTask<?> waker : wakers) {
                Loopback.join(waker);
            }
        }
    }

    @Test
    void anUndrainedSocketDoesNotSpin() throws Exception {
        try (NioPoll poll = (NioPoll) backend.openPoll();
                UdpSocket receiver = Loopback.socket(backend);
                UdpSocket sender = Loopback.socket(backend)) {
            Events events = poll.newEvents(4);
            poll.registry().register(receiver, new Token(1), Interest.READABLE_WRITABLE);
            Loopback.send(sender, receiver, 1);
            long reported = 0;
            for (int i = 0; i < 10; i++) {
                reported += poll.poll(events, Duration.ofMillis(20));
            }
            assertTrue(reported <= 2, "readable and writable, once: " + reported);
            long before = poll.selections();
            assertEquals(0, poll.poll(events, Duration.ofMillis(200)));
            assertTrue(poll.selections() - before <= 3, "selects in 200 ms: " + (poll.selections() - before));
        }
    }

    /** The selector must not go on watching what the application does not ask for any more. */
    @Test
    void aNarrowedInterestDoesNotSpin() throws Exception {
        try (NioPoll poll = (NioPoll) backend.openPoll();
                UdpSocket socket = Loopback.socket(backend)) {
            Events events = poll.newEvents(4);
            poll.registry().register(socket, new Token(1), Interest.READABLE_WRITABLE);
            poll.registry().reregister(socket, new Token(1), Interest.READABLE);
            long before = poll.selections();
            assertEquals(0, poll.poll(events, Duration.ofMillis(100)));
            assertTrue(poll.selections() - before <= 3, "selects in 100 ms: " + (poll.selections() - before));
            poll.registry().reregister(socket, new Token(2), Interest.READABLE_WRITABLE);
            poll.registry().deregister(socket);
            before = poll.selections();
            assertEquals(0, poll.poll(events, Duration.ofMillis(100)));
            assertTrue(poll.selections() - before <= 3, "selects in 100 ms: " + (poll.selections() - before));
        }
    }

    @Test
    void timeoutsAreNeverCutShortByWhatIsAbsorbed() throws Exception {
        try (NioPoll poll = (NioPoll) backend.openPoll();
                UdpSocket receiver = Loopback.socket(backend)) {
            poll.registry().register(receiver, new Token(1), Interest.READABLE);
            Events events = poll.newEvents(4);
            Token token = new Token(2);
            FutureTask<Integer> disturber = Loopback.start(() -> {
                int count = 0;
                for (; !Thread.currentThread().isInterrupted() && count < 200; count++) {
                    poll.registry().reregister(receiver, token, Interest.READABLE);
                    poll.releaseCancelled();
                    Thread.sleep(1);
                }
                return count;
            });
            for (long nanos : new long[] {1, 999_999, 1_500_000, 20_000_000}) {
                long start = System.nanoTime();
                assertEquals(0, poll.poll(events, Duration.ofNanos(nanos)));
                assertTrue(System.nanoTime() - start >= nanos, "early");
            }
            Loopback.join(disturber);
        }
    }

    @Test
    void armingIsSeenByAPollInProgress() throws Exception {
        try (NioPoll poll = (NioPoll) backend.openPoll();
                UdpSocket receiver = Loopback.socket(backend);
                UdpSocket sender = Loopback.socket(backend)) {
            Events events = poll.newEvents(4);
            ByteBuffer buffer = ByteBuffer.allocate(8);
            for (int i = 0; i < 500; i++) {
                Token token = new Token(i);
                Loopback.send(sender, receiver, i);
                FutureTask<Token> poller = Loopback.start(() -> {
                    Loopback.await(poll, events);
                    return events.get(0).token();
                });
                poll.registry().register(receiver, token, Interest.READABLE);
                assertEquals(token, Loopback.join(poller));
                assertEquals(1, receiver.recv(buffer.clear()));
                poll.registry().deregister(receiver);
            }
        }
    }

    /** One place, and everything ready again as soon as it was served. */
    @Test
    void wakersAndSocketsTakeTurns() throws Exception {
        try (NioPoll poll = (NioPoll) backend.openPoll();
                UdpSocket sender = Loopback.socket(backend)) {
            UdpSocket[] sockets = new UdpSocket[3];
            Waker[] wakers = new Waker[3];
            int[] served = new int[6];
            for (int i = 0; i < 3; i++) {
                sockets[i] = Loopback.socket(backend);
                Loopback.send(sender, sockets[i], 1);
                poll.registry().register(sockets[i], new Token(i), Interest.READABLE);
                wakers[i] = poll.registry().newWaker(new Token(3 + i));
                wakers[i].wake();
            }
            Events one = poll.newEvents(1);
            for (int i = 0; i < 60; i++) {
                assertEquals(1, poll.poll(one, null));
                int token = (int) one.get(0).token().value();
                served[token]++;
                if (token < 3) {
                    poll.registry().reregister(sockets[token], new Token(token), Interest.READABLE);
                } else {
                    wakers[token - 3].wake();
                }
            }
            for (int count : served) {
                assertTrue(count >= 8, java.util.Arrays.toString(served));
            }
            for (UdpSocket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void spinningEndsWithItsTime() throws Exception {
        try (NioPoll poll = (NioPoll) backend.openPoll(Duration.ofMillis(50))) {
            Events events = poll.newEvents(1);
            for (int i = 0; i < 20; i++) {
                long start = System.nanoTime();
                assertEquals(0, poll.poll(events, Duration.ofMillis(10)), "not beyond the timeout");
                assertTrue(System.nanoTime() - start >= 10_000_000);
            }
            assertTrue(poll.selections() > 100, "selects: " + poll.selections()); // sleeping takes two for each poll
            assertEquals(0, poll.poll(events, Duration.ofMillis(200)));
            Waker waker = poll.registry().newWaker(new Token(1));
            FutureTask<Integer> poller = Loopback.start(() -> poll.poll(events, null));
            waker.wake();
            assertEquals(1, Loopback.join(poller));
        }
    }

    @Test
    void anInterruptReturnsAndClosesNothing() throws Exception {
        try (NioPoll poll = (NioPoll) backend.openPoll()) {
            FutureTask<Boolean> poller = Loopback.start(() -> {
                Thread.currentThread().interrupt();
                poll.poll(poll.newEvents(1), null);
                return Thread.currentThread().isInterrupted();
            });
            assertTrue(Loopback.join(poller));
            assertTrue(poll.isOpen());
            assertFalse(Thread.currentThread().isInterrupted());
            assertEquals(0, poll.poll(poll.newEvents(1), Duration.ofMillis(1)));
        }
    }
}
