package org.datagram4j.conformance.rules;

import static org.datagram4j.UdpSocket.WOULD_BLOCK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.datagram4j.Capability;
import org.datagram4j.DatagramBatch;
import org.datagram4j.DatagramInfo;
import org.datagram4j.ErrorKind;
import org.datagram4j.Events;
import org.datagram4j.Interest;
import org.datagram4j.Poll;
import org.datagram4j.Registry;
import org.datagram4j.SendInfo;
import org.datagram4j.Source;
import org.datagram4j.Token;
import org.datagram4j.TruncationPolicy;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.Waker;
import org.datagram4j.conformance.catalogue.Outcome;
import org.datagram4j.conformance.lab.Lab;
import org.datagram4j.conformance.lab.Peer;
import org.datagram4j.conformance.lab.RuleSkip;
import org.datagram4j.conformance.lab.Seen;
import org.datagram4j.conformance.lab.Watch;
import org.datagram4j.conformance.lab.Worker;
import org.datagram4j.conformance.run.Rule;

/** Area CLOSE. */
public final class CloseRules {
    private static final Token WAKE = new Token(-99);

    /** For JUnit. */
    public CloseRules() {}

    @Rule("UDP-CLOSE-01")
    void closeIsIdempotent(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        Poll poll = lab.poll();
        Waker waker = lab.track(poll.registry().newWaker(WAKE));
        assertTrue(socket.isOpen(), "expected a new socket to be open, actual: closed");
        assertTrue(poll.isOpen(), "expected a new poll to be open, actual: closed");
        for (int i = 0; i < 3; i++) {
            socket.close();
            assertFalse(socket.isOpen(), "expected a closed socket, actual: open");
            waker.close();
        }
        for (int i = 0; i < 3; i++) {
            poll.close();
            assertFalse(poll.isOpen(), "expected a closed poll, actual: open");
            waker.close();
        }
    }

    @Rule("UDP-CLOSE-02")
    void closedSocketSaysSo(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        Map<String, Lab.Action> calls = calls(lab, socket);
        ByteBuffer buffer = ByteBuffer.allocate(10);
        lab.peer().send(Lab.bytes("peeked"), lab.address(socket));
        lab.eventually("a datagram to peek at", () -> socket.peek(buffer.clear()) != WOULD_BLOCK);
        socket.close();
        expectClosed(calls);
        lab.start("calling a closed socket", () -> expectClosed(calls)).join();
        assertFalse(socket.isOpen(), "expected a closed socket, actual: open");
        assertEquals(lab.family(), socket.family(), "family of a closed socket");
        assertNotNull(socket.backend(), "backend of a closed socket");
        assertNotNull(socket.toString(), "toString of a closed socket");
    }

    private static void expectClosed(Map<String, Lab.Action> calls) {
        for (Map.Entry<String, Lab.Action> call : calls.entrySet()) {
            try {
                Lab.expectError(ErrorKind.CLOSED, call.getValue());
            } catch (AssertionError e) {
                throw new AssertionError(call.getKey() + " on a closed socket: " + e.getMessage(), e);
            }
        }
    }

    private static Map<String, Lab.Action> calls(Lab lab, UdpSocket socket) throws Exception {
        InetSocketAddress peer = lab.peer().address();
        Map<String, Lab.Action> calls = new LinkedHashMap<>();
        addTransfers(calls, lab, socket, peer);
        addSettings(calls, lab, socket, peer);
        return calls;
    }

    private static void addTransfers(Map<String, Lab.Action> calls, Lab lab, UdpSocket socket, InetSocketAddress peer) {
        DatagramBatch batch = lab.backend().newBatch(1, 10);
        batch.sendInfo(0).destination(peer);
        ByteBuffer buffer = ByteBuffer.allocate(10);
        DatagramInfo info = new DatagramInfo();
        calls.put("send", () -> socket.send(buffer));
        calls.put("sendTo", () -> socket.sendTo(buffer, peer));
        calls.put("send with info", () -> socket.send(buffer, new SendInfo().destination(peer)));
        calls.put("sendSegmented", () -> socket.sendSegmented(buffer, peer, 5));
        calls.put("sendBatch", () -> socket.sendBatch(batch, 0, 1));
        calls.put("recv", () -> socket.recv(buffer));
        calls.put("recvFrom", () -> socket.recvFrom(buffer));
        calls.put("receive", () -> socket.receive(buffer, info));
        calls.put("recvBatch", () -> socket.recvBatch(batch, 0, 1));
        calls.put("peek", () -> socket.peek(buffer));
        calls.put("peekFrom", () -> socket.peekFrom(buffer));
        calls.put("peek with info", () -> socket.peek(buffer, info));
        calls.put(
                "tryIo",
                () -> socket.tryIo(Interest.READABLE, () -> {
                    throw new AssertionError("expected the operation not to be run, actual: it was");
                }));
    }

    private static void addSettings(Map<String, Lab.Action> calls, Lab lab, UdpSocket socket, InetSocketAddress peer) {
        InetAddress group = Lab.ip(lab.v6() ? "ff12::1234" : "239.1.2.3");
        calls.put("localAddress", socket::localAddress);
        calls.put("peerAddress", socket::peerAddress);
        calls.put("connect", () -> socket.connect(peer));
        calls.put("disconnect", socket::disconnect);
        calls.put("truncationPolicy", socket::truncationPolicy);
        calls.put("setTruncationPolicy", () -> socket.setTruncationPolicy(TruncationPolicy.DISCARD));
        calls.put("takeError", socket::takeError);
        calls.put("getOption", () -> socket.getOption(StandardSocketOptions.SO_RCVBUF));
        calls.put("setOption", () -> socket.setOption(StandardSocketOptions.SO_RCVBUF, 10_000));
        calls.put("broadcast", socket::broadcast);
        calls.put("setBroadcast", () -> socket.setBroadcast(true));
        calls.put("multicast loop", lab.v6() ? socket::multicastLoopV6 : socket::multicastLoopV4);
        calls.put("join", () -> socket.join(group, null));
        calls.put("leave", () -> socket.leave(group, null));
        InetAddress sender = Lab.ip(lab.v6() ? "::1" : "127.0.0.1");
        addIf(calls, lab, Capability.MULTICAST_SOURCE, "join for a source", () -> socket.join(group, null, sender));
        addIf(calls, lab, Capability.MULTICAST_SOURCE, "leave for a source", () -> socket.leave(group, null, sender));
        addIf(calls, lab, Capability.RAW_HANDLE, "rawHandle", socket::rawHandle);
        addIf(calls, lab, Capability.RELEASE_HANDLE, "releaseHandle", socket::releaseHandle);
        addIf(calls, lab, Capability.RELEASE_CHANNEL, "releaseChannel", socket::releaseChannel);
        addIf(calls, lab, Capability.UNICAST_TTL, "ttl", socket::ttl);
    }

    private static void addIf(
            Map<String, Lab.Action> calls, Lab lab, Capability capability, String name, Lab.Action call) {
        if (lab.has(capability)) {
            calls.put(name, call);
        }
    }

    @Rule("UDP-CLOSE-03")
    void closeDeregisters(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket pending = lab.socket();
        UdpSocket quiet = lab.socket();
        UdpSocket other = lab.socket();
        UdpSocket peeked = lab.socket();
        Watch watch = lab.watch();
        watch.register(pending, 1, Interest.READABLE_WRITABLE);
        watch.register(quiet, 2, Interest.READABLE);
        watch.register(other, 3, Interest.READABLE);
        watch.register(peeked, 4, Interest.READABLE);
        for (UdpSocket socket : List.of(pending, peeked)) {
            peer.send(Lab.bytes("never reported"), lab.address(socket));
        }
        ByteBuffer buffer = ByteBuffer.allocate(20);
        lab.eventually("a datagram to peek at", () -> peeked.peek(buffer.clear()) != WOULD_BLOCK);
        pending.close();
        quiet.close();
        peeked.close();
        watch.expectNothing();
        peer.send(Lab.bytes("one"), lab.address(other));
        assertEquals(Set.of(3L), tokens(watch.expectReadable(3)), "tokens after three sockets were closed");
    }

    @Rule("UDP-CLOSE-04")
    void closeFreesThePort(Lab lab) throws Exception {
        for (int round = 0; round < 5; round++) {
            UdpSocket socket = lab.socket();
            InetSocketAddress address = socket.localAddress();
            Watch watch = lab.watch();
            watch.register(socket, 1, Interest.READABLE);
            Worker poller = null;
            if (lab.variant().equals("polling")) {
                poller = lab.start("polling", () -> watch.once(lab.patience()));
                poller.settle();
            } else if (lab.variant().equals("polled")) {
                watch.expectNothing();
            }
            socket.close();
            lab.eventually("the port of a closed socket to be free", () -> canBind(lab, address));
            Waker waker = lab.track(watch.poll().registry().newWaker(WAKE));
            waker.wake();
            if (poller != null) {
                poller.join();
            }
        }
    }

    private static boolean canBind(Lab lab, InetSocketAddress address) throws UdpException {
        try {
            lab.backend().bind(address).close();
            return true;
        } catch (UdpException e) {
            if (e.kind() == ErrorKind.ADDRESS_IN_USE) {
                return false;
            }
            throw e;
        }
    }

    @Rule("UDP-CLOSE-05")
    void closeFreesDescriptors(Lab lab) throws Exception {
        for (int i = 0; i < 20; i++) {
            openAndClose(lab, i);
        }
        int before = descriptors();
        for (int i = 0; i < 200; i++) {
            openAndClose(lab, i);
        }
        int most = before + 10; // the JVM opens some of its own
        int[] now = new int[1];
        lab.eventually("at most " + most + " descriptors after 200 sockets and polls were closed", () -> {
            now[0] = descriptors();
            return now[0] <= most;
        });
    }

    private static void openAndClose(Lab lab, int order) throws IOException {
        UdpSocket socket = lab.backend().bind(lab.loopback(0));
        Poll poll = lab.backend().openPoll();
        Waker waker = poll.registry().newWaker(WAKE);
        poll.registry().register(socket, new Token(1), Interest.READABLE_WRITABLE);
        if (order % 2 == 0) {
            poll.poll(poll.newEvents(1), Duration.ZERO);
            socket.close();
            poll.close();
            waker.close();
        } else {
            waker.close();
            poll.close();
            socket.close();
        }
    }

    private static int descriptors() {
        String[] names = new File("/proc/self/fd").list();
        return names == null ? 0 : names.length;
    }

    @Rule("UDP-CLOSE-06")
    void pollIsClosedWhileItWaits(Lab lab) throws Exception {
        for (int round = 0; round < 5; round++) {
            Poll poll = lab.poll();
            poll.registry().register(lab.socket(), new Token(1), Interest.READABLE);
            Events events = poll.newEvents(4);
            Worker poller =
                    lab.start("polling", () -> Lab.expectError(ErrorKind.CLOSED, () -> poll.poll(events, null)));
            poller.settle();
            poll.close();
            poller.join();
            assertFalse(poll.isOpen(), "expected a closed poll, actual: open");
        }
    }

    @Rule("UDP-CLOSE-07")
    void closedPollSaysSo(Lab lab) throws Exception {
        UdpSocket registered = lab.socket();
        UdpSocket fresh = lab.socket();
        Poll poll = lab.poll();
        Events events = poll.newEvents(4);
        Registry registry = poll.registry();
        Delegating source = new Delegating(registered);
        registry.register(source, new Token(1), Interest.WRITABLE);
        Registry inner = source.registry;
        poll.close();
        assertFalse(poll.isOpen(), "expected a closed poll, actual: open");
        Lab.expectError(ErrorKind.CLOSED, () -> poll.poll(events, Duration.ZERO));
        Lab.expectError(ErrorKind.CLOSED, () -> poll.poll(events, null));
        Lab.expectError(ErrorKind.CLOSED, () -> registry.newWaker(WAKE));
        assertSame(registry, poll.registry(), "the registry of a closed poll");
        for (UdpSocket socket : List.of(registered, fresh)) {
            Lab.expectError(ErrorKind.CLOSED, () -> registry.register(socket, new Token(2), Interest.READABLE));
            Lab.expectError(ErrorKind.CLOSED, () -> registry.reregister(socket, new Token(2), Interest.READABLE));
            Lab.expectError(ErrorKind.CLOSED, () -> registry.deregister(socket));
            Lab.expectError(ErrorKind.CLOSED, () -> socket.register(inner, new Token(2), Interest.READABLE));
            Lab.expectError(ErrorKind.CLOSED, () -> socket.reregister(inner, new Token(2), Interest.READABLE));
            Lab.expectError(ErrorKind.CLOSED, () -> socket.deregister(inner));
        }
    }

    /** A source that remembers the registry that it is called with. */
    private static final class Delegating implements Source {
        private final UdpSocket socket;
        private Registry registry;

        Delegating(UdpSocket socket) {
            this.socket = socket;
        }

        @Override
        public void register(Registry with, Token token, Interest interest) throws IOException {
            registry = with;
            socket.register(with, token, interest);
        }

        @Override
        public void reregister(Registry with, Token token, Interest interest) throws IOException {
            socket.reregister(with, token, interest);
        }

        @Override
        public void deregister(Registry with) throws IOException {
            socket.deregister(with);
        }
    }

    @Rule("UDP-CLOSE-08")
    void closedPollLeavesSocketsOpen(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.socket();
        Poll poll = lab.poll();
        poll.registry().register(socket, new Token(1), Interest.READABLE_WRITABLE);
        peer.send(Lab.bytes("before"), lab.address(socket));
        poll.close();
        assertTrue(socket.isOpen(), "expected the socket to stay open, actual: closed");
        assertEquals("before", lab.receive(socket).text(), "the datagram that was queued");
        peer.send(Lab.bytes("after"), lab.address(socket));
        assertEquals("after", lab.receive(socket).text(), "a datagram that came later");
        lab.sendTo(socket, Lab.bytes("answer"), peer.address());
        assertEquals("answer", peer.receive().text(), "what the socket sent");
    }

    @Rule("UDP-CLOSE-09")
    void closedSocketDoesNotEndTheWait(Lab lab) throws Exception {
        Watch watch = lab.watch();
        Waker waker = lab.track(watch.poll().registry().newWaker(WAKE));
        for (int round = 0; round < 5; round++) {
            UdpSocket socket = lab.socket();
            watch.register(socket, round, Interest.READABLE);
            List<Seen> seen = new ArrayList<>();
            Worker poller = lab.start("polling", () -> seen.addAll(watch.once(null)));
            poller.settle();
            socket.close();
            poller.settle();
            waker.wake();
            poller.join();
            assertEquals(Set.of(WAKE.value()), tokens(seen), "tokens of the poll during which a socket was closed");
        }
    }

    @Rule("UDP-CLOSE-10")
    void closeDuringTransfers(Lab lab) throws Exception {
        Random random = lab.random();
        for (int round = lab.tries(30); round > 0; round--) {
            UdpSocket socket = lab.socket();
            InetSocketAddress self = socket.localAddress();
            AtomicInteger done = new AtomicInteger();
            ByteBuffer in = ByteBuffer.allocate(100);
            ByteBuffer out = ByteBuffer.allocate(100);
            DatagramBatch batch = lab.backend().newBatch(4, 100);
            List<Worker> workers = List.of(
                    lab.start("receiving", () -> untilClosed(done, () -> socket.recv(in.clear()))),
                    lab.start("receiving batches", () -> untilClosed(done, () -> socket.recvBatch(batch, 0, 4))),
                    lab.start("sending", () -> untilClosed(done, () -> socket.sendTo(out.clear(), self))));
            int calls = 3 + random.nextInt(100);
            lab.eventually("some calls", () -> done.get() >= calls);
            socket.close();
            workers.forEach(Worker::join);
        }
    }

    private static void untilClosed(AtomicInteger done, Lab.Action call) throws Exception {
        while (true) {
            try {
                call.run();
            } catch (UdpException e) {
                if (e.kind() == ErrorKind.CLOSED) {
                    return;
                }
                if (e.kind() != ErrorKind.NO_BUFFER_SPACE) {
                    throw e;
                }
            }
            done.incrementAndGet();
        }
    }

    @Rule("UDP-CLOSE-11")
    void closeInsideTryIo(Lab lab) throws Exception {
        for (Interest interest : Interest.values()) {
            for (int result : new int[] {7, WOULD_BLOCK}) {
                UdpSocket socket = lab.socket();
                InetSocketAddress address = socket.localAddress();
                Watch watch = lab.watch();
                watch.register(socket, 1, interest);
                AtomicInteger runs = new AtomicInteger();
                expectResultOrClosed(
                        result,
                        () -> socket.tryIo(interest, () -> {
                            runs.incrementAndGet();
                            socket.close();
                            Lab.expectError(ErrorKind.CLOSED, () -> socket.tryIo(interest, runs::incrementAndGet));
                            return result;
                        }));
                assertEquals(1, runs.get(), "runs of the operation");
                assertFalse(socket.isOpen(), "expected a closed socket, actual: open");
                Lab.expectError(ErrorKind.CLOSED, () -> socket.recv(ByteBuffer.allocate(1)));
                watch.expectNothing();
                lab.eventually("the port to be free when the operation has ended", () -> canBind(lab, address));
            }
        }
    }

    private interface Transfer {
        int run() throws IOException;
    }

    private static void expectResultOrClosed(int result, Transfer transfer) throws IOException {
        try {
            assertEquals(result, transfer.run(), "what tryIo returned");
        } catch (UdpException e) {
            assertEquals(ErrorKind.CLOSED, e.kind(), "kind of what tryIo threw");
        }
    }

    @Rule("UDP-CLOSE-12")
    void noCloseUnderTryIo(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        InetSocketAddress address = socket.localAddress();
        expectResultOrClosed(
                7,
                () -> socket.tryIo(Interest.READABLE, () -> {
                    lab.start("closing", socket::close).join();
                    Lab.expectThrown(BindException.class, () -> new DatagramSocket(address).close());
                    return 7;
                }));
        assertFalse(socket.isOpen(), "expected a closed socket, actual: open");
        lab.eventually("the port to be free when the operation has ended", () -> canBind(lab, address));
    }

    @Rule("UDP-CLOSE-13")
    void releaseChannel(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.socket();
        Watch watch = lab.watch();
        watch.register(socket, 1, Interest.READABLE_WRITABLE);
        peer.send(Lab.bytes("queued"), lab.address(socket));
        InetSocketAddress address = lab.address(socket);
        DatagramChannel channel = lab.track(socket.releaseChannel());
        // before anybody polls
        assertFalse(channel.isRegistered(), "expected a channel that no selector has, actual: registered");
        assertFalse(socket.isOpen(), "expected the socket to be closed, actual: open");
        Lab.expectError(ErrorKind.CLOSED, () -> socket.recv(ByteBuffer.allocate(1)));
        watch.expectNothing();
        assertTrue(channel.isOpen(), "expected an open channel, actual: closed");
        assertFalse(channel.isBlocking(), "expected a non-blocking channel, actual: blocking");
        assertEquals(address, channel.getLocalAddress(), "local address of the channel");
        ByteBuffer buffer = ByteBuffer.allocate(100);
        lab.eventually("the datagram that was queued", () -> channel.receive(buffer) != null);
        assertEquals(6, buffer.position(), "bytes of the datagram that was queued");
        assertNull(channel.receive(buffer.clear()), "what the channel receives after it");
        channel.send(ByteBuffer.wrap(Lab.bytes("answer")), peer.address());
        assertEquals("answer", peer.receive().text(), "what the channel sent");
    }

    @Rule("UDP-CLOSE-14")
    void releaseHandle(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.socket();
        Watch watch = lab.watch();
        watch.register(socket, 1, Interest.READABLE_WRITABLE);
        peer.send(Lab.bytes("queued"), lab.address(socket));
        InetSocketAddress address = lab.address(socket);
        long handle = socket.releaseHandle();
        assertFalse(socket.isOpen(), "expected the socket to be closed, actual: open");
        Lab.expectError(ErrorKind.CLOSED, () -> socket.recv(ByteBuffer.allocate(1)));
        watch.expectNothing();
        UdpSocket adopted = lab.track(lab.backend().adopt(handle));
        assertEquals(address, adopted.localAddress(), "local address of the handle");
        watch.register(adopted, 2, Interest.READABLE);
        watch.expectReadable(2);
        assertEquals("queued", lab.receive(adopted).text(), "the datagram that was queued");
        lab.sendTo(adopted, Lab.bytes("answer"), peer.address());
        assertEquals("answer", peer.receive().text(), "what was sent by the handle");
    }

    @Rule("UDP-CLOSE-20")
    void releasedIsClosed(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.socket();
        InetSocketAddress address = lab.address(socket);
        UdpSocket adopted = lab.track(lab.backend().adopt(socket.releaseHandle()));
        for (int i = 0; i < 2; i++) {
            assertFalse(socket.isOpen(), "expected the socket to be closed, actual: open");
            Lab.expectError(ErrorKind.CLOSED, socket::releaseHandle);
            Lab.expectError(ErrorKind.CLOSED, socket::rawHandle);
            Lab.expectError(ErrorKind.CLOSED, socket::localAddress);
            Lab.expectError(ErrorKind.CLOSED, () -> socket.connect(peer.address()));
            Lab.expectError(ErrorKind.CLOSED, () -> socket.tryIo(Interest.READABLE, () -> 1));
            Lab.expectError(ErrorKind.CLOSED, () -> socket.sendTo(ByteBuffer.allocate(1), peer.address()));
            socket.close();
        }
        peer.send(Lab.bytes("still here"), address);
        assertEquals("still here", lab.receive(adopted).text(), "datagram at the handle that was adopted");
        adopted.close();
        Lab.expectError(ErrorKind.CLOSED, () -> adopted.recv(ByteBuffer.allocate(1)));
        lab.eventually("the port to be free", () -> {
            try (UdpSocket again = lab.backend().bind(address)) {
                return again.isOpen();
            } catch (UdpException e) {
                return false;
            }
        });
    }

    @Rule("UDP-CLOSE-15")
    void noReleaseInsideTryIo(Lab lab) throws Exception {
        boolean channel = lab.variant().equals("channel");
        Capability capability = channel ? Capability.RELEASE_CHANNEL : Capability.RELEASE_HANDLE;
        if (!lab.has(capability)) {
            throw new RuleSkip(Outcome.NOT_DECLARED, "the backend does not declare " + capability);
        }
        UdpSocket socket = lab.socket();
        Lab.Action release = channel ? socket::releaseChannel : socket::releaseHandle;
        for (Interest interest : Interest.values()) {
            int result = socket.tryIo(interest, () -> {
                Lab.expectThrown(IllegalStateException.class, release);
                return 7;
            });
            assertEquals(7, result, "what tryIo returned");
        }
        assertTrue(socket.isOpen(), "expected the socket to stay open, actual: closed");
        lab.peer().send(Lab.bytes("one"), lab.address(socket));
        assertEquals("one", lab.receive(socket).text(), "what the socket receives");
    }

    @Rule("UDP-CLOSE-16")
    void noTokenComesBack(Lab lab) throws Exception {
        Peer peer = lab.peer();
        Watch watch = lab.watch();
        watch.expectNothing(); // the sentinel is open from now on
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < 20; i++) {
                UdpSocket old = lab.socket();
                watch.register(old, 1_000 + i, Interest.READABLE_WRITABLE);
                old.close();
            }
            List<UdpSocket> young = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                young.add(lab.socket());
                peer.send(Lab.bytes("one"), lab.address(young.get(i)));
            }
            watch.expectNothing();
            for (int i = 0; i < 20; i++) {
                watch.register(young.get(i), i, Interest.READABLE);
                assertEquals(Set.of((long) i), tokens(watch.expectReadable(i)), "tokens of one new socket");
            }
            young.forEach(UdpSocket::close);
            watch.expectNothing();
        }
    }

    @Rule("UDP-CLOSE-17")
    void pollIsClosedDuringRegistrations(Lab lab) throws Exception {
        Random random = lab.random();
        for (int round = lab.tries(50); round > 0; round--) {
            Poll poll = lab.poll();
            UdpSocket one = lab.socket();
            UdpSocket two = lab.socket();
            Registry registry = poll.registry();
            AtomicInteger done = new AtomicInteger();
            List<Worker> workers = List.of(
                    lab.start("registering", () -> untilClosed(done, () -> onAndOff(registry, one))),
                    lab.start("registering", () -> untilClosed(done, () -> onAndOff(registry, two))));
            int calls = 2 + random.nextInt(50);
            lab.eventually("some registrations", () -> done.get() >= calls);
            poll.close();
            workers.forEach(Worker::join);
            Watch next = lab.watch();
            next.register(one, 1, Interest.WRITABLE);
            next.register(two, 2, Interest.WRITABLE);
            next.expectWritable(1);
            next.poll().close();
            one.close();
            two.close();
        }
    }

    private static void onAndOff(Registry registry, UdpSocket socket) throws IOException {
        registry.register(socket, new Token(1), Interest.READABLE_WRITABLE);
        registry.reregister(socket, new Token(2), Interest.READABLE);
        registry.deregister(socket);
    }

    @Rule("UDP-CLOSE-18")
    void socketIsClosedDuringRegistrations(Lab lab) throws Exception {
        Random random = lab.random();
        Watch watch = lab.watch();
        watch.expectNothing();
        Registry registry = watch.poll().registry();
        for (int round = lab.tries(50); round > 0; round--) {
            UdpSocket socket = lab.socket();
            AtomicInteger done = new AtomicInteger();
            Worker worker = lab.start("registering", () -> untilClosed(done, () -> onAndOff(registry, socket)));
            int calls = 1 + random.nextInt(50);
            lab.eventually("some registrations", () -> done.get() >= calls);
            socket.close();
            worker.join();
        }
        watch.expectNothing();
    }

    @Rule("UDP-CLOSE-19")
    void releaseChannelBesideAPeek(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        Peer peer = lab.peer();
        peer.send(Lab.bytes("peeked"), lab.address(socket));
        ByteBuffer buffer = ByteBuffer.allocate(100);
        lab.eventually("a datagram to peek at", () -> socket.peek(buffer.clear()) != WOULD_BLOCK);
        DatagramChannel channel;
        try {
            channel = lab.track(socket.releaseChannel());
        } catch (IllegalStateException e) {
            assertTrue(socket.isOpen(), "expected the socket to stay open, actual: closed");
            lab.start("using a socket that was not released", () -> {
                        assertEquals("peeked", lab.receive(socket).text(), "the datagram that was peeked at");
                        lab.sendTo(socket, "answer", peer.address());
                        assertEquals(7, socket.tryIo(Interest.READABLE_WRITABLE, () -> 7), "what tryIo returned");
                    })
                    .join();
            assertEquals("answer", peer.receive().text(), "what the socket sent");
            lab.track(socket.releaseChannel());
            return;
        }
        lab.eventually("the datagram that was peeked at", () -> channel.receive(buffer.clear()) != null);
        assertEquals(6, buffer.position(), "bytes of the datagram that was peeked at");
    }

    @Rule("UDP-CLOSE-21")
    void closedOrChannelReleased(Lab lab) throws Exception {
        closedOrReleased(lab, socket -> {
            try (DatagramChannel channel = socket.releaseChannel()) {
                assertTrue(channel.isOpen(), "expected an open channel, actual: closed");
            }
        });
    }

    @Rule("UDP-CLOSE-22")
    void closedOrHandleReleased(Lab lab) throws Exception {
        closedOrReleased(lab, socket -> {
            try (UdpSocket again = lab.backend().adopt(socket.releaseHandle())) {
                assertTrue(again.isOpen(), "expected an open socket, actual: closed");
            }
        });
    }

    /** Releases, and closes what it gets. */
    private interface Releasing {
        void run(UdpSocket socket) throws IOException;
    }

    private static void closedOrReleased(Lab lab, Releasing releasing) throws Exception {
        Random random = lab.random();
        for (int round = lab.tries(50); round > 0; round--) {
            UdpSocket socket = lab.socket();
            InetSocketAddress address = lab.address(socket);
            ByteBuffer in = ByteBuffer.allocate(100);
            AtomicInteger received = new AtomicInteger();
            Worker receiver = lab.start("receiving", () -> untilClosed(received, () -> socket.recv(in.clear())));
            lab.eventually("some receives", () -> received.get() > 0);
            AtomicInteger begun = new AtomicInteger();
            Worker releaser = lab.start("releasing", () -> {
                begun.incrementAndGet();
                try {
                    releasing.run(socket);
                } catch (UdpException e) {
                    assertEquals(ErrorKind.CLOSED, e.kind(), "kind of what a release throws");
                }
            });
            for (int spins = random.nextInt(2_000); begun.get() == 0 || spins > 0; spins--) {
                Thread.onSpinWait();
            }
            socket.close();
            releaser.join();
            receiver.join();
            lab.eventually("the port of a socket that was released or closed to be free", () -> canBind(lab, address));
        }
    }

    private static Set<Long> tokens(List<Seen> seen) {
        return seen.stream().map(event -> event.token().value()).collect(Collectors.toSet());
    }
}
