package org.datagram4j.conformance.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.datagram4j.ErrorKind;
import org.datagram4j.Interest;
import org.datagram4j.Registry;
import org.datagram4j.Source;
import org.datagram4j.Token;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.Waker;
import org.datagram4j.conformance.lab.Lab;
import org.datagram4j.conformance.lab.Peer;
import org.datagram4j.conformance.lab.Seen;
import org.datagram4j.conformance.lab.Watch;
import org.datagram4j.conformance.lab.Worker;
import org.datagram4j.conformance.run.Rule;

/** Area REG. */
public final class RegRules {
    private static final Token WAKE = new Token(-99);

    /** For JUnit. */
    public RegRules() {}

    @Rule("UDP-REG-01")
    void registerTwice(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        Watch watch = lab.watch();
        watch.register(socket, 1, Interest.READABLE);
        Lab.expectError(ErrorKind.ALREADY_REGISTERED, () -> watch.register(socket, 2, Interest.WRITABLE));
        expectStillReadableAs(lab, watch, socket, 1);
    }

    @Rule("UDP-REG-02")
    void registerWithASecondPoll(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        Watch first = lab.watch();
        Watch second = lab.watch();
        first.register(socket, 1, Interest.READABLE);
        Lab.expectError(ErrorKind.ALREADY_REGISTERED, () -> second.register(socket, 2, Interest.WRITABLE));
        second.expectNothing();
        expectStillReadableAs(lab, first, socket, 1);
        second.expectNothing();
    }

    @Rule("UDP-REG-03")
    void belongsToItsFirstPoll(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        Watch first = lab.watch();
        Watch second = lab.watch();
        first.register(socket, 1, Interest.READABLE);
        first.poll().registry().deregister(socket);
        Lab.expectError(ErrorKind.ALREADY_REGISTERED, () -> second.register(socket, 2, Interest.WRITABLE));
        second.expectNothing();
        first.register(socket, 3, Interest.READABLE);
        expectStillReadableAs(lab, first, socket, 3);
    }

    @Rule("UDP-REG-04")
    void freeWhenItsPollIsClosed(Lab lab) throws Exception {
        UdpSocket registered = lab.socket();
        UdpSocket deregistered = lab.socket();
        Watch first = lab.watch();
        first.register(registered, 1, Interest.READABLE);
        first.register(deregistered, 2, Interest.READABLE);
        first.poll().registry().deregister(deregistered);
        first.poll().close();
        Watch second = lab.watch();
        second.register(registered, 3, Interest.READABLE);
        second.register(deregistered, 4, Interest.READABLE);
        expectStillReadableAs(lab, second, registered, 3);
        expectStillReadableAs(lab, second, deregistered, 4);
    }

    @Rule("UDP-REG-05")
    void notRegistered(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        Watch watch = lab.watch();
        expectNotRegistered(watch, socket);
        watch.register(socket, 1, Interest.WRITABLE);
        watch.poll().registry().deregister(socket);
        expectNotRegistered(watch, socket);
        watch.expectNothing();
        watch.register(socket, 3, Interest.WRITABLE);
        watch.expectWritable(3);
    }

    @Rule("UDP-REG-06")
    void notRegisteredWithThatPoll(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        Watch mine = lab.watch();
        Watch other = lab.watch();
        mine.register(socket, 1, Interest.READABLE);
        expectNotRegistered(other, socket);
        other.expectNothing();
        expectStillReadableAs(lab, mine, socket, 1);
    }

    @Rule("UDP-REG-07")
    void registerAgainAfterDeregister(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        Peer peer = lab.peer();
        Watch watch = lab.watch();
        watch.register(socket, 1, Interest.READABLE);
        peer.send(Lab.bytes("kept"), lab.address(socket));
        watch.expectReadable(1);
        watch.poll().registry().deregister(socket);
        for (long token = 2; token < 5; token++) {
            watch.register(socket, token, Interest.READABLE);
            watch.expectReadable(token);
            watch.poll().registry().deregister(socket);
        }
        assertEquals("kept", lab.receive(socket).text(), "the datagram that was queued all the time");
    }

    @Rule("UDP-REG-08")
    void reregisterReplacesTheToken(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        Peer peer = lab.peer();
        Watch watch = lab.watch();
        watch.register(socket, 1, Interest.READABLE);
        peer.send(Lab.bytes("one"), lab.address(socket));
        peer.send(Lab.bytes("two"), lab.address(socket));
        lab.receive(socket);
        watch.reregister(socket, 2, Interest.READABLE);
        List<Seen> seen = new ArrayList<>(watch.expectReadable(2));
        lab.receive(socket);
        assertEquals(0, Lab.drain(socket), "datagrams left");
        peer.send(Lab.bytes("three"), lab.address(socket));
        seen.addAll(watch.expectReadable(2));
        seen.addAll(watch.untilSentinel());
        assertEquals(Set.of(2L), tokens(seen), "tokens reported after the reregistration");
    }

    @Rule("UDP-REG-09")
    void reregisterReplacesTheInterest(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        Watch watch = lab.watch();
        watch.register(socket, 1, Interest.WRITABLE);
        watch.reregister(socket, 1, Interest.READABLE);
        watch.expectNothing();
        lab.peer().send(Lab.bytes("one"), lab.address(socket));
        watch.expectReadable(1);
        watch.reregister(socket, 1, Interest.WRITABLE);
        List<Seen> seen = new ArrayList<>(watch.expectWritable(1));
        seen.addAll(watch.untilSentinel());
        assertTrue(seen.stream().noneMatch(Seen::readable), "expected WRITABLE alone, actual events: " + seen);
        assertEquals("one", lab.receive(socket).text(), "the datagram that is not watched for any more");
    }

    @Rule("UDP-REG-10")
    void deregisterSilencesAtOnce(Lab lab) throws Exception {
        UdpSocket readable = lab.socket();
        UdpSocket writable = lab.socket();
        Peer peer = lab.peer();
        Watch watch = lab.watch();
        watch.register(readable, 1, Interest.READABLE);
        watch.register(writable, 2, Interest.WRITABLE);
        peer.send(Lab.bytes("pending"), lab.address(readable));
        watch.poll().registry().deregister(readable);
        watch.poll().registry().deregister(writable);
        watch.expectNothing();
        peer.send(Lab.bytes("later"), lab.address(readable));
        watch.expectNothing();
        assertEquals("pending", lab.receive(readable).text(), "the first datagram, which is still queued");
        assertEquals("later", lab.receive(readable).text(), "the second datagram, which is still queued");
        Lab.drain(readable);
        watch.expectNothing();
    }

    @Rule("UDP-REG-11")
    void foreignRegistry(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        Registry foreign = new ForeignRegistry();
        Token token = new Token(1);
        Lab.expectThrown(IllegalArgumentException.class, () -> foreign.register(socket, token, Interest.READABLE));
        Lab.expectThrown(IllegalArgumentException.class, () -> foreign.reregister(socket, token, Interest.READABLE));
        Lab.expectThrown(IllegalArgumentException.class, () -> foreign.deregister(socket));
        Watch watch = lab.watch();
        watch.register(socket, 2, Interest.READABLE);
        Lab.expectThrown(IllegalArgumentException.class, () -> foreign.reregister(socket, token, Interest.WRITABLE));
        Lab.expectThrown(IllegalArgumentException.class, () -> foreign.deregister(socket));
        expectStillReadableAs(lab, watch, socket, 2);
    }

    @Rule("UDP-REG-12")
    void nullIsRefused(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        Watch watch = lab.watch();
        Registry registry = watch.poll().registry();
        Token token = new Token(1);
        expectNpe(() -> registry.register(null, token, Interest.READABLE));
        expectNpe(() -> registry.register(socket, null, Interest.READABLE));
        expectNpe(() -> registry.register(socket, token, null));
        registry.register(socket, token, Interest.READABLE);
        expectNpe(() -> registry.reregister(null, token, Interest.READABLE));
        expectNpe(() -> registry.reregister(socket, null, Interest.READABLE));
        expectNpe(() -> registry.reregister(socket, token, null));
        expectNpe(() -> registry.deregister(null));
        expectNpe(() -> registry.newWaker(null));
        expectStillReadableAs(lab, watch, socket, 1);
    }

    @Rule("UDP-REG-13")
    void customSourceIsCalled(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        Recorder inner = new Recorder(socket);
        Recorder outer = new Recorder(inner);
        Watch watch = lab.watch();
        watch.register(outer, 1, Interest.READABLE);
        lab.peer().send(Lab.bytes("one"), lab.address(socket));
        watch.expectReadable(1);
        watch.reregister(outer, 2, Interest.READABLE_WRITABLE);
        watch.expectReadable(2);
        watch.poll().registry().deregister(outer);
        watch.expectNothing();
        List<String> expected = List.of("register 1 READABLE", "reregister 2 READABLE_WRITABLE", "deregister");
        assertEquals(expected, outer.calls, "calls of the outer source");
        assertEquals(expected, inner.calls, "calls of the source that it wraps");
    }

    @Rule("UDP-REG-14")
    void customSourcesErrorsAreUnchanged(Lab lab) throws Exception {
        Registry registry = lab.poll().registry();
        Token token = new Token(1);
        for (Exception error : List.of(new IOException("the source's own"), new IllegalStateException("its own"))) {
            Source broken = new Broken(error);
            assertSame(error, thrown(() -> registry.register(broken, token, Interest.READABLE)), "from register");
            assertSame(error, thrown(() -> registry.reregister(broken, token, Interest.READABLE)), "from reregister");
            assertSame(error, thrown(() -> registry.deregister(broken)), "from deregister");
        }
    }

    @Rule("UDP-REG-15")
    void checksAreTheLeafs(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        Watch watch = lab.watch();
        Recorder one = new Recorder(socket);
        Recorder other = new Recorder(socket);
        watch.register(one, 1, Interest.READABLE);
        Lab.expectError(ErrorKind.ALREADY_REGISTERED, () -> watch.register(other, 2, Interest.READABLE));
        Lab.expectError(ErrorKind.ALREADY_REGISTERED, () -> watch.register(socket, 3, Interest.READABLE));
        watch.reregister(other, 4, Interest.READABLE);
        expectStillReadableAs(lab, watch, socket, 4);
        watch.poll().registry().deregister(socket);
        Lab.expectError(ErrorKind.NOT_REGISTERED, () -> watch.poll().registry().deregister(one));
    }

    @Rule("UDP-REG-16")
    void registerDuringPoll(Lab lab) throws Exception {
        Watch watch = lab.watch();
        for (int round = 0; round < 5; round++) {
            UdpSocket socket = lab.socket();
            List<Seen> seen = new ArrayList<>();
            Worker poller = lab.start("polling", () -> seen.addAll(watch.once(null)));
            poller.settle();
            watch.register(socket, round, Interest.WRITABLE);
            poller.join();
            assertEquals(Set.of((long) round), tokens(seen), "tokens of the poll that was going on");
        }
    }

    @Rule("UDP-REG-17")
    void reregisterDuringPoll(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        Watch watch = lab.watch();
        watch.register(socket, 0, Interest.READABLE);
        for (int round = 1; round < 5; round++) {
            List<Seen> seen = new ArrayList<>();
            Worker poller = lab.start("polling", () -> seen.addAll(watch.once(null)));
            poller.settle();
            watch.reregister(socket, round, Interest.WRITABLE);
            poller.join();
            assertEquals(Set.of((long) round), tokens(seen), "tokens of the poll that was going on");
            assertTrue(seen.get(0).writable(), "expected writable, actual: " + seen);
        }
    }

    @Rule("UDP-REG-18")
    void deregisterDuringPoll(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        Peer peer = lab.peer();
        Watch watch = lab.watch();
        Waker waker = lab.track(watch.poll().registry().newWaker(WAKE));
        for (int round = 0; round < 5; round++) {
            watch.register(socket, round, Interest.READABLE);
            List<Seen> seen = new ArrayList<>();
            Worker poller = lab.start("polling", () -> seen.addAll(watch.once(null)));
            poller.settle();
            watch.poll().registry().deregister(socket);
            // Two: a poller that comes to look only after the first was received would have nothing to report.
            peer.send(Lab.bytes("unheard"), lab.address(socket));
            peer.send(Lab.bytes("left"), lab.address(socket));
            assertEquals("unheard", lab.receive(socket).text(), "the datagram for the deregistered socket");
            waker.wake();
            poller.join();
            assertEquals(Set.of(WAKE.value()), tokens(seen), "tokens of the poll that was going on");
            assertEquals("left", lab.receive(socket).text(), "the datagram that was there all the time");
        }
    }

    @Rule("UDP-REG-19")
    void closedSourceIsRefused(Lab lab) throws Exception {
        Watch watch = lab.watch();
        Registry registry = watch.poll().registry();
        UdpSocket fresh = lab.socket();
        UdpSocket registered = lab.socket();
        registry.register(registered, new Token(1), Interest.WRITABLE);
        fresh.close();
        registered.close();
        for (UdpSocket socket : List.of(fresh, registered)) {
            Lab.expectError(
                    ErrorKind.CLOSED, () -> registry.register(socket, new Token(2), Interest.READABLE_WRITABLE));
            Lab.expectError(
                    ErrorKind.CLOSED, () -> registry.reregister(socket, new Token(3), Interest.READABLE_WRITABLE));
            Lab.expectError(ErrorKind.CLOSED, () -> registry.deregister(socket));
        }
        watch.expectNothing();
    }

    @Rule("UDP-REG-20")
    void manySockets(Lab lab) throws Exception {
        int count = 200;
        Watch watch = lab.watch();
        List<UdpSocket> sockets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sockets.add(lab.socket());
            watch.register(sockets.get(i), i, Interest.READABLE);
        }
        Peer peer = lab.peer();
        for (UdpSocket socket : sockets) {
            peer.send(Lab.bytes("one"), lab.address(socket));
        }
        Set<Long> missing = LongStream.range(0, count).boxed().collect(Collectors.toCollection(HashSet::new));
        lab.eventually("events of " + count + " sockets", () -> {
            missing.removeAll(tokens(watch.once(Duration.ofMillis(10))));
            return missing.isEmpty();
        });
        for (int i = 0; i < count; i++) {
            assertEquals(1, Lab.drain(sockets.get(i)), "datagrams at socket " + i);
        }
    }

    @Rule("UDP-REG-21")
    void churnLeavesNothing(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        Watch watch = lab.watch();
        Registry registry = watch.poll().registry();
        lab.peer().send(Lab.bytes("one"), lab.address(socket));
        for (long token = 0; token < 1_000; token++) {
            registry.register(socket, new Token(token), Interest.READABLE_WRITABLE);
            if (token % 10 == 0) {
                watch.expectReadable(token);
            }
            registry.deregister(socket);
        }
        watch.expectNothing();
        registry.register(socket, new Token(5_000), Interest.READABLE_WRITABLE);
        List<Seen> seen = new ArrayList<>(watch.expectReadable(5_000));
        seen.addAll(watch.untilSentinel());
        assertEquals(Set.of(5_000L), tokens(seen), "tokens reported after 1,000 other registrations");
    }

    @Rule("UDP-REG-22")
    void channelSource(Lab lab) throws Exception {
        Pipe pipe = Pipe.open();
        lab.track(pipe.sink());
        lab.track(pipe.source()).configureBlocking(false);
        Source source = lab.backend().source(pipe.source());
        Watch watch = lab.watch();
        watch.register(source, 1, Interest.READABLE);
        Lab.expectError(ErrorKind.ALREADY_REGISTERED, () -> watch.register(source, 2, Interest.READABLE));
        watch.expectNothing();
        pipe.sink().write(ByteBuffer.wrap(Lab.bytes("ab")));
        watch.expectReadable(1);
        watch.expectNothing();
        watch.reregister(source, 3, Interest.READABLE);
        watch.expectReadable(3);
        watch.poll().registry().deregister(source);
        pipe.sink().write(ByteBuffer.wrap(Lab.bytes("c")));
        watch.expectNothing();
        Lab.expectError(ErrorKind.NOT_REGISTERED, () -> watch.poll().registry().deregister(source));
        assertEquals(3, pipe.source().read(ByteBuffer.allocate(10)), "bytes that the caller reads himself");

        Source again = lab.backend().source(pipe.source());
        watch.register(source, 6, Interest.READABLE);
        Lab.expectError(ErrorKind.ALREADY_REGISTERED, () -> watch.register(again, 7, Interest.READABLE));
        watch.poll().registry().deregister(source);
        watch.register(again, 7, Interest.READABLE);
        pipe.sink().write(ByteBuffer.wrap(Lab.bytes("d")));
        watch.expectReadable(7);

        pipe.sink().configureBlocking(false);
        Source sink = lab.backend().source(pipe.sink());
        for (Interest interest : List.of(Interest.READABLE, Interest.READABLE_WRITABLE)) {
            Lab.expectThrown(IllegalArgumentException.class, () -> watch.register(sink, 4, interest));
        }
        for (Interest interest : List.of(Interest.WRITABLE, Interest.READABLE_WRITABLE)) {
            Lab.expectThrown(IllegalArgumentException.class, () -> watch.register(source, 4, interest));
        }
        watch.register(sink, 5, Interest.WRITABLE);
        watch.expectWritable(5);
    }

    @Rule("UDP-REG-23")
    void blockingChannelIsNoSource(Lab lab) throws Exception {
        Pipe pipe = Pipe.open();
        lab.track(pipe.sink());
        lab.track(pipe.source());
        Lab.expectThrown(IllegalArgumentException.class, () -> lab.backend().source(pipe.source()));
        assertTrue(pipe.source().isBlocking(), "expected the channel unchanged, actual: non-blocking");
        pipe.source().close();
        Lab.expectError(ErrorKind.CLOSED, () -> lab.backend().source(pipe.source()));
    }

    @Rule("UDP-REG-24")
    void handleSource(Lab lab) throws Exception {
        UdpSocket owner = lab.socket();
        Peer peer = lab.peer();
        Source source = lab.backend().source(owner.rawHandle());
        Watch watch = lab.watch();
        watch.register(source, 1, Interest.READABLE);
        Lab.expectError(ErrorKind.ALREADY_REGISTERED, () -> watch.register(source, 2, Interest.READABLE));
        watch.expectNothing();
        peer.send(Lab.bytes("one"), lab.address(owner));
        watch.expectReadable(1);
        watch.reregister(source, 3, Interest.READABLE);
        watch.expectReadable(3);
        watch.poll().registry().deregister(source);
        peer.send(Lab.bytes("two"), lab.address(owner));
        watch.expectNothing();
        assertEquals("one", lab.receive(owner).text(), "what the owner of the handle receives");
        Lab.expectThrown(IllegalArgumentException.class, () -> lab.backend().source(-1L));
    }

    @Rule("UDP-REG-27")
    void hostileHandleSource(Lab lab) throws Exception {
        for (long negative : new long[] {-1, Integer.MIN_VALUE, Long.MIN_VALUE}) {
            Lab.expectThrown(IllegalArgumentException.class, () -> lab.backend().source(negative));
        }
        UdpSocket owner = lab.socket();
        UdpSocket other = lab.socket();
        Watch watch = lab.watch();
        Source source = lab.backend().source(owner.rawHandle());
        Lab.expectError(ErrorKind.NOT_REGISTERED, () -> watch.reregister(source, 1, Interest.READABLE));
        Lab.expectError(ErrorKind.NOT_REGISTERED, () -> watch.poll().registry().deregister(source));
        watch.register(source, 1, Interest.READABLE_WRITABLE);
        watch.register(lab.backend().source(other.rawHandle()), 2, Interest.READABLE);
        watch.expectWritable(1);
        lab.sendTo(owner, "to the other", lab.address(other));
        watch.expectReadable(2);
        watch.poll().registry().deregister(source);
        watch.register(source, 3, Interest.WRITABLE);
        watch.expectWritable(3);
        watch.close();
        assertTrue(owner.isOpen(), "expected the owner of the handle open after the poll, actual: closed");
        assertEquals("to the other", lab.receive(other).text(), "what the owner of a handle receives");
    }

    @Rule("UDP-REG-25")
    void registrationsOfManyThreads(Lab lab) throws Exception {
        int times = lab.tries(200);
        Watch watch = lab.watch();
        Registry registry = watch.poll().registry();
        Random random = lab.random();
        AtomicBoolean done = new AtomicBoolean();
        Worker poller = lab.start("polling", () -> {
            while (!done.get()) {
                watch.once(Duration.ofMillis(1));
            }
        });
        List<UdpSocket> sockets = new ArrayList<>();
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            UdpSocket socket = lab.socket();
            sockets.add(socket);
            long seed = random.nextLong();
            workers.add(lab.start("registering", () -> churn(registry, socket, times, new Random(seed))));
        }
        workers.forEach(Worker::join);
        done.set(true);
        poller.join();
        for (int i = 0; i < sockets.size(); i++) {
            watch.register(sockets.get(i), 10_000 + i, Interest.WRITABLE);
            watch.expectWritable(10_000 + i);
        }
        assertEquals(Set.of(), tokens(watch.untilSentinel()), "tokens reported afterwards");
    }

    private static void churn(Registry registry, UdpSocket socket, int times, Random random) throws IOException {
        for (int i = 0; i < times; i++) {
            registry.register(socket, new Token(i), Interest.READABLE_WRITABLE);
            for (int more = random.nextInt(3); more > 0; more--) {
                registry.reregister(socket, new Token(1_000 + i), Interest.WRITABLE);
            }
            registry.deregister(socket);
        }
    }

    @Rule("UDP-REG-26")
    void oneRegistryPerPoll(Lab lab) throws Exception {
        Watch watch = lab.watch();
        UdpSocket socket = lab.socket();
        Registry first = watch.poll().registry();
        assertSame(first, watch.poll().registry(), "the registry, asked for twice");
        first.register(socket, new Token(1), Interest.WRITABLE);
        watch.expectWritable(1);
        assertSame(first, watch.poll().registry(), "the registry after a poll");
    }

    private static void expectNpe(Lab.Action action) {
        Lab.expectThrown(NullPointerException.class, action);
    }

    private static void expectNotRegistered(Watch watch, UdpSocket socket) {
        Lab.expectError(ErrorKind.NOT_REGISTERED, () -> watch.reregister(socket, 9, Interest.READABLE_WRITABLE));
        Lab.expectError(ErrorKind.NOT_REGISTERED, () -> watch.poll().registry().deregister(socket));
    }

    /** That a socket is registered READABLE with a token, and with nothing else. */
    private static void expectStillReadableAs(Lab lab, Watch watch, UdpSocket socket, long token) throws IOException {
        watch.expectNothing();
        lab.peer().send(Lab.bytes("one"), lab.address(socket));
        List<Seen> seen = new ArrayList<>(watch.expectReadable(token));
        seen.addAll(watch.untilSentinel());
        assertEquals(Set.of(token), tokens(seen), "tokens reported");
        assertTrue(seen.stream().noneMatch(Seen::writable), "expected READABLE alone, actual events: " + seen);
        assertEquals("one", lab.receive(socket).text(), "the datagram that was reported");
        assertEquals(0, Lab.drain(socket), "datagrams after it");
    }

    private static Set<Long> tokens(List<Seen> seen) {
        return seen.stream().map(event -> event.token().value()).collect(Collectors.toSet());
    }

    private static Throwable thrown(Lab.Action action) {
        try {
            action.run();
        } catch (Throwable thrown) {
            return thrown;
        }
        return null;
    }

    /** What another backend's registry would do: call the source. */
    private static final class ForeignRegistry implements Registry {
        @Override
        public void register(Source source, Token token, Interest interest) throws IOException {
            source.register(this, token, interest);
        }

        @Override
        public void reregister(Source source, Token token, Interest interest) throws IOException {
            source.reregister(this, token, interest);
        }

        @Override
        public void deregister(Source source) throws IOException {
            source.deregister(this);
        }

        @Override
        public Waker newWaker(Token token) throws UdpException {
            throw new UdpException(ErrorKind.NOT_SUPPORTED, "this registry is a stranger's");
        }
    }

    private static final class Recorder implements Source {
        private final Source wrapped;
        private final List<String> calls = new ArrayList<>();

        Recorder(Source wrapped) {
            this.wrapped = wrapped;
        }

        @Override
        public void register(Registry registry, Token token, Interest interest) throws IOException {
            calls.add("register " + token.value() + " " + interest);
            wrapped.register(registry, token, interest);
        }

        @Override
        public void reregister(Registry registry, Token token, Interest interest) throws IOException {
            calls.add("reregister " + token.value() + " " + interest);
            wrapped.reregister(registry, token, interest);
        }

        @Override
        public void deregister(Registry registry) throws IOException {
            calls.add("deregister");
            wrapped.deregister(registry);
        }
    }

    /** Throws what it was given from every method. */
    private record Broken(Exception error) implements Source {
        private void fail() throws IOException {
            if (error instanceof IOException io) {
                throw io;
            }
            throw (RuntimeException) error;
        }

        @Override
        public void register(Registry registry, Token token, Interest interest) throws IOException {
            fail();
        }

        @Override
        public void reregister(Registry registry, Token token, Interest interest) throws IOException {
            fail();
        }

        @Override
        public void deregister(Registry registry) throws IOException {
            fail();
        }
    }
}
