package org.datagram4j.conformance.rules;

import static org.datagram4j.UdpSocket.WOULD_BLOCK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.Collectors;
import org.datagram4j.DatagramBatch;
import org.datagram4j.DatagramInfo;
import org.datagram4j.Events;
import org.datagram4j.Interest;
import org.datagram4j.Poll;
import org.datagram4j.Registry;
import org.datagram4j.Token;
import org.datagram4j.TruncationPolicy;
import org.datagram4j.UdpSocket;
import org.datagram4j.Waker;
import org.datagram4j.conformance.lab.Environment;
import org.datagram4j.conformance.lab.Lab;
import org.datagram4j.conformance.lab.Peer;
import org.datagram4j.conformance.lab.Seen;
import org.datagram4j.conformance.lab.Watch;
import org.datagram4j.conformance.lab.Worker;
import org.datagram4j.conformance.run.Rule;

/** Area THR. */
public final class ThrRules {
    private static final Token WAKE = new Token(-99);
    private static final int DATAGRAMS = 1_000;
    private static final int WINDOW = 16;

    /** For JUnit. */
    public ThrRules() {}

    @Rule("UDP-THR-01")
    void onePollsAtATime(Lab lab) throws Exception {
        Poll poll = lab.poll();
        Waker waker = lab.track(poll.registry().newWaker(WAKE));
        AtomicBoolean refused = new AtomicBoolean();
        Worker first = lab.start("polling", () -> {
            Events events = poll.newEvents(4);
            assertEquals(1, pollInTurn(poll, events, refused), "events of the first poll");
            assertEquals(WAKE, events.get(0).token(), "token of the first poll's event");
        });
        first.settle();
        Events events = poll.newEvents(4);
        lab.eventually("IllegalStateException for a second thread that polls", () -> {
            try {
                poll.poll(events, Duration.ZERO);
                return false;
            } catch (IllegalStateException e) {
                return true;
            }
        });
        refused.set(true);
        waker.wake();
        first.join();
        assertEquals(0, poll.poll(events, Duration.ZERO), "events of the second thread, when the first is done");
    }

    // The other thread may have been inside when this one came; that is over when the other was refused.
    private static int pollInTurn(Poll poll, Events events, AtomicBoolean refused) throws IOException {
        while (true) {
            boolean mustWork = refused.get();
            try {
                return poll.poll(events, null);
            } catch (IllegalStateException e) {
                if (mustWork) {
                    throw e;
                }
                Thread.yield();
            }
        }
    }

    @Rule("UDP-THR-02")
    void interruptBeforePoll(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        Watch watch = lab.watch();
        watch.register(socket, 1, Interest.READABLE);
        lab.start("polling", () -> {
                    for (int i = 0; i < 3; i++) {
                        Thread.currentThread().interrupt();
                        assertEquals(List.of(), watch.once(null), "events of an idle socket");
                        assertTrue(Thread.interrupted(), "expected the interrupt status kept, actual: cleared");
                    }
                })
                .join();
        expectUnharmed(lab, watch, socket);
    }

    @Rule("UDP-THR-03")
    void interruptDuringPoll(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        Watch watch = lab.watch();
        watch.register(socket, 1, Interest.READABLE);
        for (int i = 0; i < 3; i++) {
            Worker poller = lab.start("polling", () -> {
                assertEquals(List.of(), watch.once(null), "events of an idle socket");
                assertTrue(Thread.interrupted(), "expected the interrupt status kept, actual: cleared");
            });
            poller.settle();
            poller.interrupt();
            poller.join();
        }
        expectUnharmed(lab, watch, socket);
    }

    private static void expectUnharmed(Lab lab, Watch watch, UdpSocket socket) throws IOException {
        assertTrue(watch.poll().isOpen(), "expected the poll to stay open, actual: closed");
        assertTrue(socket.isOpen(), "expected the socket to stay open, actual: closed");
        watch.expectNothing();
        lab.peer().send(Lab.bytes("one"), lab.address(socket));
        watch.expectReadable(1);
        assertEquals("one", lab.receive(socket).text(), "what the socket receives afterwards");
    }

    @Rule("UDP-THR-04")
    void interruptedThreadsCanWork(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        Peer peer = lab.peer();
        Watch watch = lab.watch();
        Waker waker = lab.track(watch.poll().registry().newWaker(WAKE));
        lab.start("working while interrupted", () -> {
                    Thread.currentThread().interrupt();
                    useEverything(lab, socket, watch.poll().registry(), peer.address());
                    waker.wake();
                    assertTrue(Thread.interrupted(), "expected the interrupt status kept, actual: cleared");
                })
                .join();
        assertEquals("sent", peer.receive().text(), "what the interrupted thread sent");
        assertEquals(Set.of(WAKE.value()), tokens(watch.once(lab.patience())), "tokens after its wake");
        expectUnharmed(lab, watch, socket);
    }

    private static void useEverything(Lab lab, UdpSocket socket, Registry registry, InetSocketAddress peer)
            throws IOException {
        DatagramBatch batch = lab.backend().newBatch(2, 100);
        lab.sendTo(socket, Lab.bytes("sent"), peer);
        lab.sendTo(socket, Lab.bytes("to itself"), socket.localAddress());
        assertEquals("to itself", lab.receive(socket).text(), "what the interrupted thread receives");
        assertEquals(WOULD_BLOCK, socket.peek(ByteBuffer.allocate(10)), "peek of an empty queue");
        assertEquals(WOULD_BLOCK, socket.recvBatch(batch, 0, 2), "batch receive of an empty queue");
        assertEquals(7, socket.tryIo(Interest.READABLE, () -> 7), "what tryIo returns");
        socket.connect(peer);
        socket.disconnect();
        registry.register(socket, new Token(5), Interest.READABLE);
        registry.reregister(socket, new Token(1), Interest.READABLE);
        try (UdpSocket another = lab.backend().bind(lab.loopback(0))) {
            assertTrue(another.isOpen(), "expected a socket opened while interrupted to be open, actual: closed");
        }
    }

    @Rule("UDP-THR-05")
    void oneSendsAndOneReceives(Lab lab) throws Exception {
        int datagrams = lab.tries(DATAGRAMS);
        UdpSocket socket = lab.socket();
        InetSocketAddress address = socket.localAddress();
        Peer target = lab.peer();
        Peer origin = lab.peer();
        Semaphore out = new Semaphore(WINDOW);
        Semaphore in = new Semaphore(WINDOW);
        AtomicIntegerArray sent = new AtomicIntegerArray(datagrams);
        AtomicIntegerArray received = new AtomicIntegerArray(datagrams);
        List<Worker> workers = List.of(
                lab.start("sending", () -> {
                    for (int i = 0; i < datagrams; i++) {
                        acquire(lab, out);
                        lab.sendTo(socket, numbered(i), target.address());
                    }
                }),
                lab.start("receiving", () -> {
                    for (int i = 0; i < datagrams; i++) {
                        count(received, lab.receive(socket).payload());
                        in.release();
                    }
                }),
                lab.start("being sent to", () -> {
                    for (int i = 0; i < datagrams; i++) {
                        count(sent, target.receive().payload());
                        out.release();
                    }
                }),
                lab.start("being received from", () -> {
                    for (int i = 0; i < datagrams; i++) {
                        acquire(lab, in);
                        origin.send(numbered(i), address);
                    }
                }));
        workers.forEach(Worker::join);
        expectEachOnce(sent, "sent");
        expectEachOnce(received, "received");
    }

    @Rule("UDP-THR-06")
    void manyReceive(Lab lab) throws Exception {
        int datagrams = lab.tries(DATAGRAMS);
        UdpSocket socket = lab.socket();
        Peer origin = lab.peer();
        Semaphore window = new Semaphore(WINDOW);
        AtomicInteger total = new AtomicInteger();
        AtomicIntegerArray received = new AtomicIntegerArray(datagrams);
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            boolean withInfo = i % 2 == 1;
            workers.add(lab.start("receiving", () -> {
                ByteBuffer buffer = ByteBuffer.allocate(100);
                DatagramInfo info = withInfo ? new DatagramInfo() : null;
                lab.eventually("all datagrams", () -> {
                    while (take(socket, buffer.clear(), info, origin.address())) {
                        count(received, bytes(buffer));
                        total.incrementAndGet();
                        window.release();
                    }
                    return total.get() >= datagrams;
                });
            }));
        }
        for (int i = 0; i < datagrams; i++) {
            acquire(lab, window);
            origin.send(numbered(i), lab.address(socket));
        }
        workers.forEach(Worker::join);
        expectEachOnce(received, "received");
        assertEquals(0, Lab.drain(socket), "datagrams left");
    }

    private static boolean take(UdpSocket socket, ByteBuffer buffer, DatagramInfo info, InetSocketAddress sender)
            throws IOException {
        if (info == null) {
            return socket.recv(buffer) != WOULD_BLOCK;
        }
        boolean taken = socket.receive(buffer, info) != WOULD_BLOCK;
        if (taken) {
            assertEquals(sender, info.sender(), "sender of a datagram");
        }
        return taken;
    }

    @Rule("UDP-THR-07")
    void manySend(Lab lab) throws Exception {
        int datagrams = lab.tries(DATAGRAMS);
        int threads = 4;
        UdpSocket socket = lab.socket();
        Peer target = lab.peer();
        Semaphore window = new Semaphore(WINDOW);
        AtomicIntegerArray sent = new AtomicIntegerArray(datagrams);
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int first = i;
            workers.add(lab.start("sending", () -> {
                for (int number = first; number < datagrams; number += threads) {
                    acquire(lab, window);
                    lab.sendTo(socket, numbered(number), target.address());
                }
            }));
        }
        for (int i = 0; i < datagrams; i++) {
            count(sent, target.receive().payload());
            window.release();
        }
        workers.forEach(Worker::join);
        expectEachOnce(sent, "sent");
    }

    @Rule("UDP-THR-08")
    void virtualThreadsPoll(Lab lab) throws Exception {
        Method start = startVirtualThread(lab);
        int carriers = Integer.getInteger(
                "jdk.virtualThreadScheduler.parallelism", Runtime.getRuntime().availableProcessors());
        if (carriers > 64) {
            throw lab.notApplicable("this machine has " + carriers + " carriers, too many to occupy them all");
        }
        List<Waker> wakers = new ArrayList<>();
        AtomicInteger woken = new AtomicInteger();
        Set<String> errors = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < carriers + 4; i++) {
            Poll poll = lab.poll();
            wakers.add(lab.track(poll.registry().newWaker(WAKE)));
            start.invoke(null, (Runnable) () -> awaitWake(poll, woken, errors));
        }
        start.invoke(null, (Runnable) () -> wakers.forEach(Waker::wake));
        try {
            lab.eventually(
                    "all of " + wakers.size() + " polls on virtual threads to be woken by another virtual thread",
                    () -> woken.get() + errors.size() >= wakers.size());
        } catch (AssertionError e) {
            wakers.forEach(Waker::wake); // gives the carriers back
            lab.need(Environment.PARKING_SELECTOR); // what waits by a selector cannot do better than that
            throw e;
        }
        assertEquals(Set.of(), errors, "what polls on virtual threads met");
    }

    private static Method startVirtualThread(Lab lab) throws IllegalAccessException, InvocationTargetException {
        try {
            Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
            start.invoke(null, (Runnable) () -> {});
            return start;
        } catch (NoSuchMethodException e) {
            throw lab.notApplicable("this Java has no virtual threads");
        }
    }

    private static void awaitWake(Poll poll, AtomicInteger woken, Set<String> errors) {
        try {
            Events events = poll.newEvents(2);
            int count = poll.poll(events, null);
            if (count == 1 && events.get(0).token().equals(WAKE)) {
                woken.incrementAndGet();
            } else {
                errors.add("expected the waker's event, actual: " + count + " events at " + poll);
            }
        } catch (Exception e) {
            errors.add(e + " at " + poll);
        }
    }

    @Rule("UDP-THR-09")
    void threadsPollInTurn(Lab lab) throws Exception {
        Watch watch = lab.watch();
        UdpSocket socket = lab.socket();
        Peer peer = lab.peer();
        watch.register(socket, 1, Interest.READABLE);
        for (int i = 0; i < 5; i++) {
            lab.start("polling in turn", () -> {
                        peer.send(Lab.bytes("one"), lab.address(socket));
                        watch.expectReadable(1);
                        lab.receive(socket);
                        assertEquals(0, Lab.drain(socket), "datagrams left");
                    })
                    .join();
        }
        watch.expectNothing();
    }

    @Rule("UDP-THR-10")
    void manyOpen(Lab lab) throws Exception {
        int rounds = lab.tries(30);
        Set<InetSocketAddress> open = ConcurrentHashMap.newKeySet();
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            workers.add(lab.start("opening", () -> {
                for (int round = 0; round < rounds; round++) {
                    openAndClose(lab, open);
                }
            }));
        }
        workers.forEach(Worker::join);
        assertEquals(Set.of(), open, "addresses still open");
    }

    private static void openAndClose(Lab lab, Set<InetSocketAddress> open) throws IOException {
        try (UdpSocket socket = lab.backend().bind(lab.loopback(0));
                Poll poll = lab.backend().openPoll()) {
            InetSocketAddress address = socket.localAddress();
            assertTrue(open.add(address), "expected an address of its own, actual: " + address + " is another's");
            poll.registry().register(socket, WAKE, Interest.WRITABLE);
            assertEquals(1, poll.poll(poll.newEvents(1), lab.patience()), "events of an idle socket");
            open.remove(address);
        }
    }

    private static void acquire(Lab lab, Semaphore window) throws InterruptedException {
        if (!window.tryAcquire(lab.patience().toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("expected datagrams to arrive, actual: " + WINDOW + " of them are missing");
        }
    }

    // The number stands all over the payload, so that mixed payloads are noticed.
    private static byte[] numbered(int number) {
        ByteBuffer payload = ByteBuffer.allocate(64);
        while (payload.hasRemaining()) {
            payload.putInt(number);
        }
        return payload.array();
    }

    private static void count(AtomicIntegerArray counts, byte[] payload) {
        assertEquals(64, payload.length, "length of a datagram");
        ByteBuffer buffer = ByteBuffer.wrap(payload);
        int number = buffer.getInt();
        while (buffer.hasRemaining()) {
            assertEquals(number, buffer.getInt(), "number in the middle of a datagram");
        }
        assertTrue(
                number >= 0 && number < counts.length(),
                "expected a number below " + counts.length() + ", actual " + number);
        counts.incrementAndGet(number);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.flip().remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static void expectEachOnce(AtomicIntegerArray counts, String what) {
        for (int i = 0; i < counts.length(); i++) {
            assertEquals(1, counts.get(i), "how often datagram " + i + " was " + what);
        }
    }

    private static Set<Long> tokens(List<Seen> seen) {
        return seen.stream().map(event -> event.token().value()).collect(Collectors.toSet());
    }

    @Rule("UDP-THR-11")
    void nothingStaysLocked(Lab lab) throws Exception {
        Peer peer = lab.peer();
        Watch watch = lab.watch();
        for (String name : calls(lab, lab.socket(), watch, peer).keySet()) {
            UdpSocket socket = lab.open(lab.config().withTruncationPolicy(TruncationPolicy.ERROR));
            socket.connect(peer.address());
            trying(calls(lab, socket, watch, peer).get(name));
            try {
                lab.start("using all", () -> useAll(socket, watch, peer.address()))
                        .join();
            } catch (AssertionError e) {
                throw new AssertionError("in another thread, after " + name + ": " + e.getMessage(), e);
            }
            socket.close();
        }
    }

    /** What is refused or fails all the same, and how, other rules say; here it has to come to an end. */
    private static void trying(Lab.Action action) throws Exception {
        try {
            action.run();
        } catch (IOException | RuntimeException e) {
            return;
        }
    }

    private static void useAll(UdpSocket socket, Watch watch, InetSocketAddress peer) throws Exception {
        Registry registry = watch.poll().registry();
        trying(() -> registry.deregister(socket));
        trying(() -> registry.register(socket, new Token(1), Interest.READABLE_WRITABLE));
        trying(() -> watch.once(Duration.ZERO));
        trying(() -> registry.deregister(socket));
        trying(socket::disconnect);
        trying(socket::takeError);
        trying(() -> socket.peek(ByteBuffer.allocate(100)));
        trying(() -> Lab.drain(socket));
        trying(() -> socket.sendTo(ByteBuffer.allocate(1), peer));
        trying(() -> socket.tryIo(Interest.READABLE_WRITABLE, () -> 7));
        trying(() -> socket.connect(peer));
        trying(() -> socket.send(ByteBuffer.allocate(1)));
    }

    private static Map<String, Lab.Action> calls(Lab lab, UdpSocket socket, Watch watch, Peer peer) {
        Map<String, Lab.Action> calls = new LinkedHashMap<>();
        calls.put("all that the other does", () -> useAll(socket, watch, peer.address()));
        addTransfers(calls, lab, socket, peer);
        calls.put("connect", () -> socket.connect(peer.address()));
        // where nobody may connect to, or where there is no way to; where it works, that is a connect, too
        InetSocketAddress far = new InetSocketAddress(Lab.ip(lab.v6() ? "2001:db8::1" : "255.255.255.255"), 9);
        calls.put("a connect that fails", () -> socket.connect(far));
        calls.put("disconnect", socket::disconnect);
        calls.put("takeError", socket::takeError);
        calls.put("tryIo", () -> socket.tryIo(Interest.READABLE_WRITABLE, () -> WOULD_BLOCK));
        calls.put(
                "a tryIo that throws",
                () -> socket.tryIo(Interest.READABLE_WRITABLE, () -> {
                    throw new IOException("thrown on purpose");
                }));
        calls.put("setting an option", () -> socket.setOption(StandardSocketOptions.SO_RCVBUF, 10_000));
        calls.put("setting an option wrongly", () -> socket.setOption(StandardSocketOptions.SO_RCVBUF, -1));
        Registry registry = watch.poll().registry();
        calls.put("register", () -> registry.register(socket, new Token(1), Interest.READABLE_WRITABLE));
        calls.put("registering twice", () -> {
            registry.register(socket, new Token(1), Interest.READABLE);
            registry.register(socket, new Token(2), Interest.READABLE);
        });
        calls.put("reregister", () -> {
            registry.register(socket, new Token(1), Interest.READABLE);
            registry.reregister(socket, new Token(2), Interest.READABLE_WRITABLE);
        });
        calls.put("a reregister of what is not registered", () -> {
            registry.reregister(socket, new Token(2), Interest.READABLE_WRITABLE);
        });
        calls.put("deregister", () -> {
            registry.register(socket, new Token(1), Interest.READABLE);
            registry.deregister(socket);
        });
        calls.put("a deregister of what is not registered", () -> registry.deregister(socket));
        calls.put("closing what is registered", () -> {
            UdpSocket closing = lab.socket();
            registry.register(closing, new Token(2), Interest.READABLE_WRITABLE);
            closing.close();
        });
        calls.put("a waker", () -> {
            Waker waker = registry.newWaker(WAKE);
            waker.wake();
            waker.close();
        });
        calls.put("poll", () -> {
            registry.register(socket, new Token(1), Interest.WRITABLE);
            watch.expectWritable(1);
        });
        return calls;
    }

    private static void addTransfers(Map<String, Lab.Action> calls, Lab lab, UdpSocket socket, Peer peer) {
        DatagramBatch batch = lab.backend().newBatch(2, 65_535);
        ByteBuffer small = ByteBuffer.allocate(4);
        ByteBuffer large = ByteBuffer.allocate(70_000);
        calls.put("send", () -> socket.send(small.clear()));
        calls.put("a send that is too large", () -> socket.send(large.clear()));
        calls.put("a send without a peer", () -> {
            socket.disconnect();
            socket.send(small.clear());
        });
        calls.put("sendSegmented", () -> socket.sendSegmented(small.clear(), peer.address(), 2));
        calls.put("a sendBatch", () -> {
            Batches.put(batch, 0, "one", peer.address());
            socket.sendBatch(batch, 0, 1);
        });
        calls.put("a sendBatch that is too large", () -> {
            batch.buffer(0).clear();
            socket.sendBatch(batch, 0, 1);
        });
        calls.put("recv", () -> socket.recv(small.clear()));
        calls.put("a recv that throws", () -> arrive(lab, socket, peer, () -> socket.recv(small.clear())));
        calls.put("recvBatch", () -> socket.recvBatch(batch, 0, 2));
        calls.put("a recvBatch of one", () -> arrive(lab, socket, peer, () -> socket.recvBatch(batch, 0, 2)));
        calls.put("peek", () -> socket.peek(small.clear()));
        calls.put("a peek that throws", () -> arrive(lab, socket, peer, () -> socket.peek(small.clear())));
    }

    private interface Taking {
        int run() throws IOException;
    }

    private static void arrive(Lab lab, UdpSocket socket, Peer peer, Taking taking) throws Exception {
        peer.send(Lab.bytes("longer than its room"), lab.address(socket));
        lab.eventually("a datagram", () -> taking.run() != WOULD_BLOCK);
    }
}
