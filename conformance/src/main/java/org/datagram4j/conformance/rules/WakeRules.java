package org.datagram4j.conformance.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.datagram4j.Event;
import org.datagram4j.Events;
import org.datagram4j.Interest;
import org.datagram4j.Poll;
import org.datagram4j.Registry;
import org.datagram4j.Token;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.Waker;
import org.datagram4j.conformance.lab.Lab;
import org.datagram4j.conformance.lab.Seen;
import org.datagram4j.conformance.lab.Watch;
import org.datagram4j.conformance.lab.Worker;
import org.datagram4j.conformance.run.Rule;
import org.datagram4j.spi.EventList;

/** Area WAKE. */
public final class WakeRules {
    private static final long TOKEN = 7;

    /** For JUnit. */
    public WakeRules() {}

    @Rule("UDP-WAKE-01")
    void wakeBeforePoll(Lab lab) throws Exception {
        Watch watch = lab.watch();
        waker(lab, watch, TOKEN).wake();
        expectJustOne(watch.once(lab.patience()));
    }

    @Rule("UDP-WAKE-02")
    void wakeDuringPoll(Lab lab) throws Exception {
        Watch watch = lab.watch();
        Waker waker = waker(lab, watch, TOKEN);
        for (int round = 0; round < 5; round++) {
            List<Seen> seen = new ArrayList<>();
            Worker poller = lab.start("polling", () -> seen.addAll(watch.once(null)));
            poller.settle();
            waker.wake();
            poller.join();
            expectJustOne(seen);
        }
    }

    @Rule("UDP-WAKE-03")
    void wakesCoalesce(Lab lab) throws Exception {
        Watch watch = lab.watch();
        Waker waker = waker(lab, watch, TOKEN);
        for (int i = 0; i < 100; i++) {
            waker.wake();
        }
        List<Seen> seen = new ArrayList<>(watch.once(lab.patience()));
        seen.addAll(watch.untilSentinel());
        expectJustOne(seen);
        watch.expectNothing();
    }

    @Rule("UDP-WAKE-04")
    void wakeAfterEvent(Lab lab) throws Exception {
        Watch watch = lab.watch();
        Waker waker = waker(lab, watch, TOKEN);
        for (int round = 0; round < 1_000; round++) {
            waker.wake();
            expectJustOne(watch.once(lab.patience()));
        }
        watch.expectNothing();
    }

    @Rule("UDP-WAKE-05")
    void severalWakers(Lab lab) throws Exception {
        Watch watch = lab.watch();
        Waker one = waker(lab, watch, 1);
        Waker two = waker(lab, watch, 2);
        Waker twin = waker(lab, watch, 2);
        two.wake();
        assertEquals(List.of(2L), tokens(watch.once(lab.patience())), "tokens after the second woke");
        one.wake();
        assertEquals(List.of(1L), tokens(watch.once(lab.patience())), "tokens after the first woke");
        twin.wake();
        assertEquals(List.of(2L), tokens(watch.once(lab.patience())), "tokens after the second's twin woke");
        one.wake();
        two.wake();
        List<Seen> seen = new ArrayList<>(watch.once(lab.patience()));
        seen.addAll(watch.untilSentinel());
        assertEquals(Set.of(1L, 2L), new HashSet<>(tokens(seen)), "tokens after two woke");
        assertEquals(2, seen.size(), "events after two woke: " + seen);
    }

    @Rule("UDP-WAKE-06")
    void zeroTimeoutSeesWake(Lab lab) throws Exception {
        Watch watch = lab.watch();
        Waker waker = waker(lab, watch, TOKEN);
        for (int round = 0; round < 1_000; round++) {
            waker.wake();
            expectJustOne(watch.once(Duration.ZERO));
            assertEquals(List.of(), watch.once(Duration.ZERO), "events of the poll after it, in round " + round);
        }
    }

    @Rule("UDP-WAKE-07")
    void wakeAfterTheEndDoesNothing(Lab lab) throws Exception {
        Watch watch = lab.watch();
        Waker closed = waker(lab, watch, 1);
        Waker other = waker(lab, watch, 2);
        closed.close();
        closed.close();
        closed.wake();
        watch.expectNothing();
        other.wake();
        assertEquals(List.of(2L), tokens(watch.once(lab.patience())), "tokens after the other waker woke");
        watch.poll().close();
        other.wake();
        closed.wake();
        other.close();
        other.wake();
    }

    @Rule("UDP-WAKE-08")
    void closeDropsWakes(Lab lab) throws Exception {
        Watch watch = lab.watch();
        Waker closed = waker(lab, watch, 1);
        Waker other = waker(lab, watch, 2);
        closed.wake();
        other.wake();
        closed.close();
        assertEquals(List.of(2L), tokens(watch.untilSentinel()), "tokens when one of two woken wakers was closed");
        watch.expectNothing();
    }

    /** Not volatile: what makes it visible is the wake. */
    private static final class Letter {
        private int round;
    }

    @Rule("UDP-WAKE-09")
    void noWakeIsLost(Lab lab) throws Exception {
        int rounds = lab.tries(10_000);
        Watch watch = lab.watch();
        Waker waker = waker(lab, watch, TOKEN);
        Letter letter = new Letter();
        AtomicInteger read = new AtomicInteger();
        AtomicBoolean stop = new AtomicBoolean();
        Random random = lab.random();
        Worker writer = lab.start("waking", () -> {
            for (int round = 1; round <= rounds && !stop.get(); round++) {
                letter.round = round;
                spin(random.nextInt(200));
                waker.wake();
                while (read.get() < round && !stop.get()) {
                    Thread.onSpinWait();
                    Thread.yield();
                }
            }
        });
        try {
            for (int round = 1; round <= rounds; round++) {
                List<Seen> seen = watch.once(lab.patience());
                assertEquals(1, seen.size(), "events of round " + round + ", woken once");
                assertEquals(round, letter.round, "what the waking thread wrote before it woke");
                read.set(round);
            }
        } finally {
            stop.set(true);
        }
        writer.join();
    }

    private static void spin(int times) {
        for (int i = 0; i < times; i++) {
            Thread.onSpinWait();
        }
    }

    @Rule("UDP-WAKE-10")
    void timeoutIsNotCutShort(Lab lab) throws Exception {
        Watch watch = lab.watch();
        watch.register(lab.socket(), TOKEN, Interest.READABLE);
        assertEquals(List.of(), watch.once(Duration.ZERO), "events of a poll that does not wait");
        for (long nanos : new long[] {1, 999_999, 1_500_000, 20_000_000}) {
            for (int i = 0; i < 5; i++) {
                long start = System.nanoTime();
                List<Seen> seen = watch.once(Duration.ofNanos(nanos));
                long waited = System.nanoTime() - start;
                assertEquals(List.of(), seen, "events of an idle socket");
                assertTrue(waited >= nanos, "expected a wait of " + nanos + " ns or more, actual " + waited + " ns");
            }
        }
    }

    @Rule("UDP-WAKE-11")
    void anyTimeoutIsAccepted(Lab lab) throws Exception {
        Watch watch = lab.watch();
        Waker waker = waker(lab, watch, TOKEN);
        List<Duration> timeouts = List.of(
                Duration.ofMillis(1L << 31),
                Duration.ofMillis((1L << 32) + 1),
                Duration.ofSeconds(1L << 32),
                Duration.ofNanos(Long.MAX_VALUE),
                Duration.ofSeconds(Long.MAX_VALUE),
                Duration.ofSeconds(Long.MAX_VALUE, 999_999_999));
        for (Duration timeout : timeouts) {
            List<Seen> seen = new ArrayList<>();
            Worker poller = lab.start("polling for " + timeout, () -> seen.addAll(watch.once(timeout)));
            poller.settle();
            waker.wake();
            poller.join();
            expectJustOne(seen);
        }
    }

    @Rule("UDP-WAKE-12")
    void badArgumentsAreRefused(Lab lab) throws Exception {
        Poll poll = lab.poll();
        Events events = poll.newEvents(4);
        Class<IllegalArgumentException> illegal = IllegalArgumentException.class;
        Lab.expectThrown(illegal, () -> poll.poll(events, Duration.ofNanos(-1)));
        Lab.expectThrown(illegal, () -> poll.poll(events, Duration.ofSeconds(Long.MIN_VALUE)));
        Lab.expectThrown(NullPointerException.class, () -> poll.poll(null, Duration.ZERO));
        Lab.expectThrown(illegal, () -> poll.poll(new EventList(4, "a stranger"), Duration.ZERO));
        Lab.expectThrown(illegal, () -> poll.poll(new StrangeEvents(), Duration.ZERO));
        lab.track(poll.registry().newWaker(new Token(TOKEN))).wake();
        Events ofAnotherPoll = lab.poll().newEvents(4);
        assertEquals(1, poll.poll(ofAnotherPoll, lab.patience()), "events after a wake, in another poll's list");
    }

    @Rule("UDP-WAKE-13")
    void registrationsDoNotEndTheWait(Lab lab) throws Exception {
        Watch watch = lab.watch();
        AtomicBoolean stop = new AtomicBoolean();
        UdpSocket socket = lab.socket();
        Worker changer = lab.start("registering", () -> churn(watch.poll().registry(), socket, stop));
        try {
            for (int i = 0; i < 5; i++) {
                long start = System.nanoTime();
                List<Seen> seen = watch.once(Duration.ofMillis(40));
                long waited = (System.nanoTime() - start) / 1_000_000;
                assertEquals(List.of(), seen, "events of an idle socket");
                assertTrue(waited >= 40, "expected a wait of 40 ms, actual " + waited + " ms");
            }
        } finally {
            stop.set(true);
        }
        changer.join();
    }

    private static void churn(Registry registry, UdpSocket socket, AtomicBoolean stop) throws Exception {
        while (!stop.get()) {
            registry.register(socket, new Token(1), Interest.READABLE);
            registry.reregister(socket, new Token(2), Interest.READABLE);
            registry.deregister(socket);
            Thread.yield();
        }
    }

    @Rule("UDP-WAKE-14")
    void wakersOfManyThreads(Lab lab) throws Exception {
        int threads = 4;
        int rounds = lab.tries(500);
        Poll poll = lab.poll();
        Waker[] wakers = {waker(lab, poll, 0), waker(lab, poll, 1)};
        AtomicIntegerArray written = new AtomicIntegerArray(threads);
        AtomicIntegerArray read = new AtomicIntegerArray(threads);
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int mine = i;
            Waker waker = wakers[mine % wakers.length];
            workers.add(lab.start("waking", () -> wakeAndAwait(waker, mine, rounds, written, read)));
        }
        Events events = poll.newEvents(4);
        while (!all(read, rounds)) {
            assertTrue(poll.poll(events, lab.patience()) > 0, "expected an event after each wake, actual: none");
            for (Event event : events) {
                for (int i = (int) event.token().value(); i < threads; i += wakers.length) {
                    read.set(i, written.get(i));
                }
            }
        }
        workers.forEach(Worker::join);
    }

    // All threads wake at about the same time, and go on when the poll has seen it.
    private static void wakeAndAwait(
            Waker waker, int mine, int rounds, AtomicIntegerArray written, AtomicIntegerArray read) {
        for (int round = 1; round <= rounds; round++) {
            written.set(mine, round);
            waker.wake();
            while (read.get(mine) < round) {
                if (Thread.interrupted()) {
                    return;
                }
                Thread.yield();
            }
        }
    }

    private static boolean all(AtomicIntegerArray read, int expected) {
        for (int i = 0; i < read.length(); i++) {
            if (read.get(i) != expected) {
                return false;
            }
        }
        return true;
    }

    @Rule("UDP-WAKE-15")
    void wakerMadeDuringPoll(Lab lab) throws Exception {
        Watch watch = lab.watch();
        for (int round = 0; round < 5; round++) {
            List<Seen> seen = new ArrayList<>();
            Worker poller = lab.start("polling", () -> seen.addAll(watch.once(null)));
            poller.settle();
            waker(lab, watch, TOKEN).wake();
            poller.join();
            expectJustOne(seen);
        }
    }

    private static Waker waker(Lab lab, Watch watch, long token) throws UdpException {
        return waker(lab, watch.poll(), token);
    }

    private static Waker waker(Lab lab, Poll poll, long token) throws UdpException {
        return lab.track(poll.registry().newWaker(new Token(token)));
    }

    private static void expectJustOne(List<Seen> seen) {
        boolean right = seen.size() == 1
                && seen.get(0).token().value() == TOKEN
                && seen.get(0).readable();
        assertTrue(right, "expected one readable event with token " + TOKEN + ", actual events: " + seen);
    }

    private static List<Long> tokens(List<Seen> seen) {
        return seen.stream().map(event -> event.token().value()).toList();
    }

    /** What no backend has made. */
    private static final class StrangeEvents implements Events {
        @Override
        public int capacity() {
            return 1;
        }

        @Override
        public int size() {
            return 0;
        }

        @Override
        public boolean isEmpty() {
            return true;
        }

        @Override
        public Event get(int index) {
            throw new IndexOutOfBoundsException(index);
        }

        @Override
        public void clear() {
            // it is empty
        }

        @Override
        public Iterator<Event> iterator() {
            return List.<Event>of().iterator();
        }
    }
}
