package org.datagram4j.conformance.rules;

import static org.datagram4j.UdpSocket.WOULD_BLOCK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.datagram4j.DatagramBatch;
import org.datagram4j.DatagramInfo;
import org.datagram4j.Event;
import org.datagram4j.Events;
import org.datagram4j.Interest;
import org.datagram4j.Poll;
import org.datagram4j.Token;
import org.datagram4j.UdpSocket;
import org.datagram4j.Waker;
import org.datagram4j.conformance.lab.Lab;
import org.datagram4j.conformance.lab.Peer;
import org.datagram4j.conformance.lab.Seen;
import org.datagram4j.conformance.lab.Watch;
import org.datagram4j.conformance.lab.Worker;
import org.datagram4j.conformance.run.Rule;

/** Area READY. */
public final class ReadyRules {
    private static final long TOKEN = 7;
    private static final int ROUNDS = 6;
    private static final Duration WAIT = Duration.ofMillis(200);

    /** For JUnit. */
    public ReadyRules() {}

    @Rule("UDP-READY-01")
    void registerReportsWhatIsQueued(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        Peer peer = lab.peer();
        peer.send(Lab.bytes("first"), lab.address(socket));
        peer.send(Lab.bytes("second"), lab.address(socket));
        lab.receive(socket); // so the second has most probably arrived, too
        Watch watch = lab.watch();
        watch.register(socket, TOKEN, Interest.READABLE);
        watch.expectReadable(TOKEN);
        assertEquals("second", lab.receive(socket).text(), "the datagram that was reported");
    }

    @Rule("UDP-READY-02")
    void registerReportsWritable(Lab lab) throws Exception {
        Watch watch = lab.watch();
        watch.register(lab.socket(), TOKEN, Interest.WRITABLE);
        watch.expectWritable(TOKEN);
    }

    @Rule("UDP-READY-03")
    void arrivalAfterWouldBlockIsAnEvent(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        Peer peer = lab.peer();
        Watch watch = lab.watch();
        watch.register(socket, TOKEN, Interest.READABLE);
        for (int round = 0; round < 20; round++) {
            assertEquals(0, Lab.drain(socket), "datagrams before round " + round);
            peer.send(Lab.bytes("round " + round), lab.address(socket));
            watch.expectReadable(TOKEN);
            assertEquals("round " + round, lab.receive(socket).text(), "the datagram that was reported");
        }
    }

    @Rule("UDP-READY-04")
    void drainedSocketIsSilent(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        Watch watch = lab.watch();
        watch.register(socket, TOKEN, Interest.READABLE);
        watch.expectNothing();
        lab.peer().send(Lab.bytes("one"), lab.address(socket));
        watch.expectReadable(TOKEN);
        assertEquals(1, Lab.drain(socket), "datagrams after the event");
        watch.expectNothing();
        watch.expectNothing();
    }

    @Rule("UDP-READY-05")
    void undrainedSocketIsSilent(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        Watch watch = lab.watch();
        watch.register(socket, TOKEN, Interest.READABLE);
        lab.peer().send(Lab.bytes("one"), lab.address(socket));
        watch.expectReadable(TOKEN);
        watch.expectNothing();
        watch.expectNothing();
        assertEquals("one", lab.receive(socket).text(), "the datagram that was left queued");
    }

    @Rule("UDP-READY-06")
    void writableIsReportedOnce(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        Peer peer = lab.peer();
        Watch watch = lab.watch();
        watch.register(socket, TOKEN, Interest.WRITABLE);
        watch.expectWritable(TOKEN);
        watch.expectNothing();
        int blocked = 0;
        List<Seen> seen = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            blocked += socket.sendTo(ByteBuffer.wrap(Lab.bytes("datagram")), peer.address()) == WOULD_BLOCK ? 1 : 0;
            seen.addAll(watch.once(Duration.ZERO));
        }
        seen.addAll(watch.untilSentinel());
        assertFew(seen, blocked + 10, "writable events for 100 sends of which " + blocked + " blocked");
    }

    @Rule("UDP-READY-07")
    void onlyWhatIsRegisteredIsReported(Lab lab) throws Exception {
        UdpSocket reader = lab.socket();
        UdpSocket writer = lab.socket();
        Peer peer = lab.peer();
        Watch watch = lab.watch();
        peer.send(Lab.bytes("unwanted"), lab.address(writer));
        watch.register(reader, 1, Interest.READABLE);
        watch.register(writer, 2, Interest.WRITABLE);
        List<Seen> seen = new ArrayList<>(watch.expectWritable(2));
        peer.send(Lab.bytes("wanted"), lab.address(reader));
        seen.addAll(watch.expectReadable(1));
        seen.addAll(watch.untilSentinel());
        for (Seen event : seen) {
            boolean fits = event.token().value() == 1 ? !event.writable() : !event.readable();
            assertTrue(fits, "expected 1 only readable and 2 only writable, actual events: " + seen);
        }
        assertEquals("unwanted", lab.receive(writer).text(), "the datagram that was not watched for");
    }

    @Rule("UDP-READY-08")
    void bothDirectionsAreReported(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        lab.peer().send(Lab.bytes("one"), lab.address(socket));
        Watch watch = lab.watch();
        watch.register(socket, TOKEN, Interest.READABLE_WRITABLE);
        List<Seen> seen = new ArrayList<>(watch.expectReadable(TOKEN));
        if (seen.stream().noneMatch(Seen::writable)) {
            watch.expectWritable(TOKEN);
        }
    }

    @Rule("UDP-READY-09")
    void reregisterReportsAgain(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        Peer peer = lab.peer();
        Watch watch = lab.watch();
        watch.register(socket, TOKEN, Interest.READABLE);
        for (int i = 0; i < 3; i++) {
            peer.send(Lab.bytes("datagram " + i), lab.address(socket));
        }
        for (int i = 0; i < 3; i++) {
            watch.expectReadable(TOKEN);
            assertEquals("datagram " + i, lab.receive(socket).text(), "the next datagram");
            watch.reregister(socket, TOKEN, Interest.READABLE);
        }
        watch.reregister(socket, TOKEN, Interest.WRITABLE);
        watch.expectWritable(TOKEN);
        watch.reregister(socket, TOKEN, Interest.WRITABLE);
        watch.expectWritable(TOKEN);
    }

    @Rule("UDP-READY-10")
    void receivingDoesNotArmWritable(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        Peer peer = lab.peer();
        Watch watch = lab.watch();
        watch.register(socket, TOKEN, Interest.READABLE_WRITABLE);
        watch.expectWritable(TOKEN);
        List<Seen> seen = new ArrayList<>();
        for (int round = 0; round < 100; round++) {
            peer.send(Lab.bytes("one"), lab.address(socket));
            seen.addAll(watch.expectReadable(TOKEN));
            assertEquals(1, Lab.drain(socket), "datagrams in round " + round);
        }
        seen.addAll(watch.untilSentinel());
        assertFew(seen, 10, "writable events for 100 datagrams received and none sent");
    }

    @Rule("UDP-READY-11")
    void emptyDatagramIsReadable(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        Peer peer = lab.peer();
        Watch watch = lab.watch();
        watch.register(socket, TOKEN, Interest.READABLE);
        for (int round = 0; round < 3; round++) {
            peer.send(new byte[0], lab.address(socket));
            watch.expectReadable(TOKEN);
            assertEquals(1, Lab.drain(socket), "empty datagrams after the event");
        }
    }

    @Rule("UDP-READY-12")
    void everyTokenComesBack(Lab lab) throws Exception {
        long[] values = {0, -1, 1, Long.MIN_VALUE, Long.MAX_VALUE, 0x8000_0000L, 1L << 32, 0x0123_4567_89AB_CDEFL};
        Watch watch = lab.watch();
        for (long value : values) {
            UdpSocket socket = lab.socket();
            watch.register(socket, value, Interest.WRITABLE);
            watch.expectWritable(value);
            watch.reregister(socket, ~value, Interest.WRITABLE);
            watch.expectWritable(~value);
            Waker waker = lab.track(watch.poll().registry().newWaker(new Token(value)));
            waker.wake();
            watch.expectReadable(value);
        }
    }

    @Rule("UDP-READY-13")
    void oneEventAtATimeReachesAll(Lab lab) throws Exception {
        Poll poll = lab.poll();
        Peer peer = lab.peer();
        for (long token = 0; token < 3; token++) {
            UdpSocket socket = lab.socket();
            poll.registry().register(socket, new Token(token), Interest.READABLE);
            peer.send(Lab.bytes("one"), lab.address(socket));
        }
        lab.track(poll.registry().newWaker(new Token(3))).wake();
        Events events = poll.newEvents(1);
        Set<Long> missing = new HashSet<>(Set.of(0L, 1L, 2L, 3L));
        for (int i = 0; i < 12 && !missing.isEmpty(); i++) {
            assertTrue(poll.poll(events, lab.patience()) > 0, "expected an event of " + missing + ", actual: none");
            assertTrue(events.size() <= 1, "expected at most 1 event, actual " + events.size());
            events.forEach(event -> missing.remove(event.token().value()));
        }
        assertEquals(Set.of(), missing, "tokens not reported by 12 polls of one event each");
    }

    @Rule("UDP-READY-14")
    void trafficStarvesNobody(Lab lab) throws Exception {
        Poll poll = lab.poll();
        UdpSocket[] sockets = new UdpSocket[6];
        for (int i = 0; i < sockets.length; i++) {
            sockets[i] = lab.socket();
            poll.registry().register(sockets[i], new Token(i), Interest.READABLE);
            sendToItself(lab, sockets[i]);
        }
        // Two sockets in the middle are quiet: one datagram each. The others always have another.
        Set<Long> quiet = new HashSet<>(Set.of(2L, 4L, 99L));
        lab.track(poll.registry().newWaker(new Token(99))).wake();
        Events events = poll.newEvents(1);
        for (int i = 0; i < 200 && !quiet.isEmpty(); i++) {
            assertTrue(poll.poll(events, lab.patience()) > 0, "expected an event of " + quiet + ", actual: none");
            for (Event event : events) {
                long token = event.token().value();
                if (!quiet.remove(token) && token < sockets.length) {
                    Lab.drain(sockets[(int) token]);
                    sendToItself(lab, sockets[(int) token]);
                }
            }
        }
        assertEquals(Set.of(), quiet, "tokens not reported by 200 polls of one event each, beside busy sockets");
    }

    @Rule("UDP-READY-15")
    void theRestComesLater(Lab lab) throws Exception {
        Poll poll = lab.poll();
        int sockets = 20;
        Set<Long> missing = new HashSet<>();
        for (long token = 0; token < sockets; token++) {
            poll.registry().register(lab.socket(), new Token(token), Interest.WRITABLE);
            missing.add(token);
        }
        Events events = poll.newEvents(3);
        for (int i = 0; i < 3 * sockets && !missing.isEmpty(); i++) {
            int count = poll.poll(events, lab.patience());
            assertTrue(count > 0, "expected an event of " + missing + ", actual: none");
            assertTrue(events.size() <= 3, "expected at most 3 events, actual " + events.size());
            assertEquals(events.size(), count, "what the poll returned, against the size of the events");
            events.forEach(event -> missing.remove(event.token().value()));
        }
        assertEquals(Set.of(), missing, "tokens not reported by polls of 3 events each");
    }

    @Rule("UDP-READY-16")
    void everyPollClearsTheEvents(Lab lab) throws Exception {
        Poll poll = lab.poll();
        Events events = poll.newEvents(4);
        assertTrue(events.isEmpty(), "expected a new list to be empty, actual: " + events);
        poll.registry().register(lab.socket(), new Token(TOKEN), Interest.WRITABLE);
        assertEquals(1, poll.poll(events, lab.patience()), "events of an idle socket just registered writable");
        assertFalse(events.isEmpty(), "expected one event, actual: isEmpty() is true");
        assertEquals(0, poll.poll(events, Duration.ZERO), "events of the next poll");
        assertEquals(0, events.size(), "size after a poll that found nothing");
        assertFalse(events.iterator().hasNext(), "expected no event to iterate over, actual: one");
        lab.track(poll.registry().newWaker(new Token(8))).wake();
        assertEquals(1, poll.poll(events, lab.patience()), "events after a wake");
        events.clear();
        assertTrue(events.isEmpty(), "expected an empty list after clear(), actual: " + events);
    }

    @Rule("UDP-READY-17")
    void eventsAreAList(Lab lab) throws Exception {
        Poll poll = lab.poll();
        Lab.expectThrown(IllegalArgumentException.class, () -> poll.newEvents(0));
        Lab.expectThrown(IllegalArgumentException.class, () -> poll.newEvents(-1));
        Events events = poll.newEvents(5);
        assertEquals(5, events.capacity(), "capacity");
        for (long token = 0; token < 3; token++) {
            lab.track(poll.registry().newWaker(new Token(token))).wake();
        }
        lab.eventually("three wakers in one poll", () -> allThree(poll, events));
        List<Token> byIndex = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            byIndex.add(events.get(i).token());
        }
        List<Token> byLoop = new ArrayList<>();
        int pairs = 0;
        for (Event outer : events) {
            byLoop.add(outer.token());
            for (Event inner : events) {
                pairs += inner.token() == null ? 0 : 1;
            }
        }
        assertEquals(byIndex, byLoop, "tokens by iteration, against those by index");
        assertEquals(9, pairs, "rounds of two nested loops over three events");
        Lab.expectThrown(IndexOutOfBoundsException.class, () -> events.get(3));
        Lab.expectThrown(IndexOutOfBoundsException.class, () -> events.get(-1));
    }

    // All wakers were woken before the first poll, so it has them all.
    private static boolean allThree(Poll poll, Events events) throws IOException {
        return events.size() == 3 || poll.poll(events, Duration.ZERO) == 3;
    }

    @Rule("UDP-READY-18")
    void wouldBlockArmsAgain(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        Peer peer = lab.peer();
        Watch watch = lab.watch();
        if (lab.variant().equals("tryIoWrite")) {
            expectArmedToWrite(watch, socket);
            return;
        }
        watch.register(socket, TOKEN, Interest.READABLE);
        for (int round = 0; round < 3; round++) {
            peer.send(Lab.bytes("round " + round), lab.address(socket));
            watch.expectReadable(TOKEN);
            assertEquals("round " + round, lab.receive(socket).text(), "the datagram that was reported");
            assertTrue(blocks(lab, socket), "expected " + lab.variant() + " of an empty queue to block, actual: not");
        }
    }

    private static void expectArmedToWrite(Watch watch, UdpSocket socket) throws IOException {
        watch.register(socket, TOKEN, Interest.WRITABLE);
        for (int round = 0; round < 3; round++) {
            watch.expectWritable(TOKEN);
            watch.expectNothing();
            assertEquals(WOULD_BLOCK, socket.tryIo(Interest.READABLE, () -> WOULD_BLOCK), "what tryIo returned");
            watch.expectNothing();
            assertEquals(WOULD_BLOCK, socket.tryIo(Interest.WRITABLE, () -> WOULD_BLOCK), "what tryIo returned");
        }
        watch.expectWritable(TOKEN);
    }

    private static boolean blocks(Lab lab, UdpSocket socket) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(100);
        return switch (lab.variant()) {
            case "recv" -> socket.recv(buffer) == WOULD_BLOCK;
            case "recvFrom" -> socket.recvFrom(buffer) == null;
            case "receive" -> socket.receive(buffer, new DatagramInfo()) == WOULD_BLOCK;
            case "peek" -> socket.peek(buffer) == WOULD_BLOCK;
            case "peekFrom" -> socket.peekFrom(buffer) == null;
            case "peekInfo" -> socket.peek(buffer, new DatagramInfo()) == WOULD_BLOCK;
            case "recvBatch" -> {
                DatagramBatch batch = lab.backend().newBatch(4, 100);
                yield socket.recvBatch(batch, 0, 4) == WOULD_BLOCK;
            }
            case "tryIo" -> socket.tryIo(Interest.READABLE, () -> WOULD_BLOCK) == WOULD_BLOCK;
            default -> throw new AssertionError("no such variant: " + lab.variant());
        };
    }

    @Rule("UDP-READY-19")
    void peekedDatagramIsReadable(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        lab.peer().send(Lab.bytes("peeked"), lab.address(socket));
        ByteBuffer buffer = ByteBuffer.allocate(100);
        lab.eventually("a datagram to peek at", () -> socket.peek(buffer.clear()) != WOULD_BLOCK);
        Watch watch = lab.watch();
        watch.register(socket, TOKEN, Interest.READABLE);
        watch.expectReadable(TOKEN);
        assertEquals(6, socket.peek(buffer.clear()), "bytes of the datagram peeked at again");
        watch.reregister(socket, TOKEN, Interest.READABLE);
        watch.expectReadable(TOKEN);
        assertEquals("peeked", lab.receive(socket).text(), "the datagram that was peeked at");
        assertEquals(0, Lab.drain(socket), "datagrams after it");
        watch.expectNothing();
    }

    @Rule("UDP-READY-20")
    void equalTokensAreTwoEvents(Lab lab) throws Exception {
        Watch watch = lab.watch();
        watch.register(lab.socket(), TOKEN, Interest.WRITABLE);
        watch.register(lab.socket(), TOKEN, Interest.WRITABLE);
        List<Seen> seen = new ArrayList<>(watch.expectWritable(TOKEN));
        seen.addAll(watch.untilSentinel());
        assertEquals(
                2, seen.stream().filter(Seen::writable).count(), "events of two sockets with equal tokens: " + seen);
    }

    @Rule("UDP-READY-21")
    void arrivalEndsTheWait(Lab lab) throws Exception {
        Poll poll = lab.poll();
        UdpSocket socket = lab.socket();
        poll.registry().register(socket, new Token(TOKEN), Interest.READABLE);
        Peer peer = lab.peer();
        for (int round = 0; round < 5; round++) {
            assertEquals(0, Lab.drain(socket), "datagrams before round " + round);
            AtomicReference<Token> reported = new AtomicReference<>();
            Worker waiter = lab.start("waiting for a datagram", () -> {
                Events events = poll.newEvents(4);
                poll.poll(events, null);
                reported.set(events.isEmpty() ? null : events.get(0).token());
            });
            waiter.settle();
            peer.send(Lab.bytes("one"), lab.address(socket));
            waiter.join();
            assertNotNull(reported.get(), "expected an event of a poll without end, actual: none");
            assertEquals(TOKEN, reported.get().value(), "token of the event that ended the wait");
            lab.receive(socket);
        }
    }

    @Rule("UDP-READY-23")
    void tryIoPassesOnWhatTheOperationDoes(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        Watch watch = lab.watch();
        watch.register(socket, TOKEN, Interest.READABLE);
        lab.peer().send(Lab.bytes("one"), lab.address(socket));
        watch.expectReadable(TOKEN);
        for (Interest interest : Interest.values()) {
            for (int result : new int[] {0, 7, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
                List<Thread> ran = new ArrayList<>();
                assertEquals(result, socket.tryIo(interest, () -> run(ran, result)), "what tryIo returned");
                assertEquals(List.of(Thread.currentThread()), ran, "threads that ran the operation");
            }
            IOException error = new IOException("the operation's own");
            IOException thrown = Lab.expectThrown(
                    IOException.class,
                    () -> socket.tryIo(interest, () -> {
                        throw error;
                    }));
            assertSame(error, thrown, "what tryIo threw");
        }
        watch.expectNothing();
        assertEquals("one", lab.receive(socket).text(), "the datagram that was not touched");
    }

    private static int run(List<Thread> ran, int result) {
        ran.add(Thread.currentThread());
        return result;
    }

    @Rule("UDP-READY-24")
    void tryIoBesideAPeek(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        lab.peer().send(Lab.bytes("peeked"), lab.address(socket));
        ByteBuffer buffer = ByteBuffer.allocate(100);
        lab.eventually("a datagram to peek at", () -> socket.peek(buffer.clear()) != WOULD_BLOCK);
        assertEquals(7, socket.tryIo(Interest.WRITABLE, () -> 7), "tryIo of the other direction");
        List<Thread> ran = new ArrayList<>();
        boolean refused = false;
        try {
            assertEquals(7, socket.tryIo(Interest.READABLE, () -> run(ran, 7)), "tryIo beside a peek");
        } catch (IllegalStateException e) {
            refused = true;
        }
        assertEquals(refused ? 0 : 1, ran.size(), "runs of an operation that was " + (refused ? "refused" : "allowed"));
        assertEquals("peeked", lab.receive(socket).text(), "the datagram that was peeked at");
        assertEquals(7, socket.tryIo(Interest.READABLE, () -> 7), "tryIo when it was received");
    }

    @Rule("UDP-READY-25")
    void nothingIsReportedClosed(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        Peer peer = lab.peer();
        Watch watch = lab.watch();
        watch.register(socket, TOKEN, Interest.READABLE_WRITABLE);
        for (boolean connected : new boolean[] {false, true}) {
            String when = connected ? " while it is connected" : " while it is not connected";
            if (connected) {
                socket.connect(peer.address());
            }
            for (int round = 0; round < 3; round++) {
                peer.send(Lab.bytes("still here"), lab.address(socket));
                expectReadableAndOpen(lab, watch.poll(), when);
                assertEquals(1, Lab.drain(socket), "datagrams after the event" + when);
            }
            lab.sendTo(socket, "still here", peer.address());
            assertEquals("still here", peer.receive().text(), "what the socket sent" + when);
        }
    }

    @Rule("UDP-READY-26")
    void peekSwallowsNothing(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        Peer peer = lab.peer();
        Watch watch = lab.watch();
        watch.register(socket, TOKEN, Interest.READABLE);
        watch.expectNothing();
        ByteBuffer buffer = ByteBuffer.allocate(100);
        for (int round = 0; round < 3; round++) {
            peer.send(Lab.bytes("peeked"), lab.address(socket));
            lab.eventually("a datagram to peek at", () -> socket.peek(buffer.clear()) != WOULD_BLOCK);
            watch.expectReadable(TOKEN);
            assertEquals(1, Lab.drain(socket), "datagrams after the event");
            peer.send(Lab.bytes("asked for errors"), lab.address(socket));
            assertNull(socket.takeError(), "takeError with a datagram on its way");
            watch.expectReadable(TOKEN);
            assertEquals(1, Lab.drain(socket), "datagrams after the event");
        }
        watch.expectNothing();
    }

    @Rule("UDP-READY-27")
    void waitingUsesNoProcessor(Lab lab) throws Exception {
        Peer peer = lab.peer();
        Watch watch = lab.watch();
        Waker waker = lab.track(watch.poll().registry().newWaker(new Token(TOKEN)));
        waker.wake();
        UdpSocket undrained = lab.socket();
        watch.register(undrained, 1, Interest.READABLE_WRITABLE);
        UdpSocket peeked = lab.socket();
        watch.register(peeked, 2, Interest.READABLE);
        for (UdpSocket socket : List.of(undrained, peeked)) {
            peer.send(Lab.bytes("left queued"), lab.address(socket));
        }
        ByteBuffer buffer = ByteBuffer.allocate(100);
        lab.eventually("a datagram to peek at", () -> peeked.peek(buffer.clear()) != WOULD_BLOCK);
        expectRest(lab, watch, "when all that is ready was reported");

        UdpSocket narrowed = lab.socket();
        UdpSocket silenced = lab.socket();
        UdpSocket closed = lab.socket();
        for (UdpSocket socket : List.of(narrowed, silenced, closed)) {
            watch.register(socket, 3, Interest.READABLE_WRITABLE);
        }
        watch.reregister(narrowed, 4, Interest.READABLE);
        watch.poll().registry().deregister(silenced);
        closed.close();
        expectRest(lab, watch, "when nobody asks any more for what is ready");
    }

    @Rule("UDP-READY-28")
    void readableIsThere(Lab lab) throws Exception {
        Peer peer = lab.peer();
        for (Map.Entry<String, Attempt> attempt : attempts(lab).entrySet()) {
            UdpSocket socket = lab.socket();
            Watch watch = lab.watch();
            watch.register(socket, TOKEN, Interest.READABLE);
            int blocked = 0;
            for (int round = 0; round < ROUNDS; round++) {
                peer.send(Lab.bytes("round " + round), lab.address(socket));
                watch.expectReadable(TOKEN);
                boolean got = attempt.getValue().got(socket);
                blocked += got ? 0 : 1;
                boolean taken = got && !attempt.getKey().startsWith("peek");
                lab.eventually("the datagram that was reported", () -> taken || Lab.drain(socket) > 0);
                assertEquals(0, Lab.drain(socket), "datagrams after the one of round " + round);
            }
            int actual = blocked;
            assertTrue(
                    actual <= ROUNDS / 3,
                    () -> "expected " + attempt.getKey() + " to get the datagram that an event has reported, actual: "
                            + actual + " of " + ROUNDS + " would block");
        }
    }

    /** A way to receive or to peek. */
    private interface Attempt {
        boolean got(UdpSocket socket) throws IOException;
    }

    private static Map<String, Attempt> attempts(Lab lab) {
        ByteBuffer buffer = ByteBuffer.allocate(16);
        DatagramInfo info = new DatagramInfo();
        DatagramBatch batch = lab.backend().newBatch(2, 16);
        Map<String, Attempt> attempts = new LinkedHashMap<>();
        attempts.put("recv", socket -> socket.recv(buffer.clear()) != WOULD_BLOCK);
        attempts.put("recvFrom", socket -> socket.recvFrom(buffer.clear()) != null);
        attempts.put("receive", socket -> socket.receive(buffer.clear(), info) != WOULD_BLOCK);
        attempts.put("recvBatch", socket -> socket.recvBatch(batch, 0, 2) != WOULD_BLOCK);
        attempts.put("peek", socket -> socket.peek(buffer.clear()) != WOULD_BLOCK);
        attempts.put("peekFrom", socket -> socket.peekFrom(buffer.clear()) != null);
        attempts.put("peek with info", socket -> socket.peek(buffer.clear(), info) != WOULD_BLOCK);
        return attempts;
    }

    // The least of some waits counts: clocks of processors are coarse, and the first may load classes.
    private static void expectRest(Lab lab, Watch watch, String when) throws IOException {
        watch.untilSentinel();
        long most = WAIT.toNanos() / 50;
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3 && least > most; i++) {
            long before = lab.processorNanos();
            watch.once(WAIT);
            least = Math.min(least, lab.processorNanos() - before);
        }
        long used = least;
        assertTrue(
                used <= most,
                () -> "expected at most " + most + " ns of a processor for a wait of " + WAIT.toMillis() + " ms " + when
                        + ", actual: " + used);
    }

    private static void expectReadableAndOpen(Lab lab, Poll poll, String when) throws IOException {
        Events events = poll.newEvents(4);
        lab.eventually("a readable event" + when, () -> {
            poll.poll(events, lab.patience());
            boolean readable = false;
            for (Event event : events) {
                assertFalse(
                        event.isReadClosed(), () -> "expected the socket not read-closed" + when + ", actual: it is");
                assertFalse(
                        event.isWriteClosed(), () -> "expected the socket not write-closed" + when + ", actual: it is");
                readable |= event.isReadable();
            }
            return readable;
        });
    }

    private static void sendToItself(Lab lab, UdpSocket socket) throws IOException {
        ByteBuffer payload = ByteBuffer.wrap(Lab.bytes("again"));
        lab.eventually("a send to itself", () -> socket.sendTo(payload, socket.localAddress()) >= 0);
    }

    private static void assertFew(List<Seen> seen, int most, String what) {
        long writable = seen.stream().filter(Seen::writable).count();
        assertTrue(writable <= most, "expected at most " + most + " " + what + ", actual " + writable);
    }
}
