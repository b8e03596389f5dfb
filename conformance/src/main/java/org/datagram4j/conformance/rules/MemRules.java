package org.datagram4j.conformance.rules;

import static org.datagram4j.conformance.lab.Lab.bytes;
import static org.datagram4j.conformance.lab.Lab.expectError;
import static org.datagram4j.conformance.lab.Lab.expectThrown;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.datagram4j.Capability;
import org.datagram4j.DatagramBatch;
import org.datagram4j.DatagramInfo;
import org.datagram4j.ErrorKind;
import org.datagram4j.Event;
import org.datagram4j.Events;
import org.datagram4j.Interest;
import org.datagram4j.Limit;
import org.datagram4j.Poll;
import org.datagram4j.SendInfo;
import org.datagram4j.Token;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.Waker;
import org.datagram4j.conformance.lab.Lab;
import org.datagram4j.conformance.lab.Message;
import org.datagram4j.conformance.lab.Peer;
import org.datagram4j.conformance.run.Rule;

/** Area MEM. */
public final class MemRules {
    private static final int WARM_UP = 1_000;
    private static final int CALLS = 500;
    private static final int ROUNDS = 5;
    private static final int LITTLE_BYTES = 256;
    private static final int TIMES = 100;
    private static final int MOST_SENDERS = 4;
    private static final int SLOTS = 8;
    private static final int SHORT = 16;
    /** What the JVM itself may open meanwhile. */
    private static final int OTHERS = 20;

    /** For JUnit. */
    public MemRules() {}

    @Rule("UDP-MEM-01")
    void largeBuffers(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.socket();
        for (int room : new int[] {65_536, 65_536 + 3, 2 * 65_536, 300_000}) {
            for (ByteBuffer buffer :
                    List.of(ByteBuffer.allocate(200_000 + room), ByteBuffer.allocateDirect(200_000 + room))) {
                buffer.position(200_000);
                peer.send(bytes("with room for " + room), socket.localAddress());
                DatagramInfo info = new DatagramInfo();
                Message message = lab.receive(socket, buffer, info);
                assertEquals("with room for " + room, message.text(), "datagram");
                assertEquals(peer.address(), message.sender(), "sender in the info");
                assertEquals(message.text().length(), info.length(), "length in the info");
                assertFalse(info.truncated(), "expected a datagram not truncated, actual: truncated");
                int end = buffer.position();
                buffer.limit(end).position(200_000);
                lab.eventually("a send", () -> socket.sendTo(buffer, peer.address()) >= 0);
                assertEquals("with room for " + room, peer.receive().text(), "datagram sent back");
            }
        }
    }

    @Rule("UDP-MEM-02")
    void overwritten(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.socket();
        UdpSocket connected = lab.socket();
        connected.connect(peer.address());
        DatagramBatch batch = lab.backend().newBatch(1, 100);
        for (ByteBuffer buffer : List.of(ByteBuffer.allocate(100), ByteBuffer.allocateDirect(100))) {
            for (int i = 0; i < TIMES / 4; i++) {
                String text = "as it was " + i;
                buffer.clear().put(bytes(text)).flip();
                lab.eventually("a send", () -> socket.sendTo(buffer, peer.address()) >= 0);
                overwrite(buffer);
                assertEquals(text, peer.receive().text(), "datagram of sendTo");
                buffer.clear().put(bytes(text)).flip();
                lab.eventually("a send", () -> connected.send(buffer) >= 0);
                overwrite(buffer);
                assertEquals(text, peer.receive().text(), "datagram of send");
                Batches.put(batch, 0, text, peer.address());
                Batches.sendAll(lab, socket, batch, 0, 1);
                overwrite(batch.buffer(0));
                assertEquals(text, peer.receive().text(), "datagram of sendBatch");
            }
        }
    }

    @Rule("UDP-MEM-03")
    void receiveAllocation(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        Peer[] peers = {lab.peer(), lab.peer()};
        ByteBuffer buffer = ByteBuffer.allocateDirect(100);
        DatagramInfo info = new DatagramInfo();
        byte[] payload = bytes("counted");
        InetSocketAddress local = socket.localAddress();
        expectLittle(lab, "a receive and the sender's name", i -> peers[0].send(payload, local), i -> {
            return socket.receive(buffer.clear(), info) >= 0 && info.sender() != null;
        });
        if (lab.has(Capability.ZERO_ALLOC)) {
            expectLittle(lab, "a receive from one of two senders", i -> peers[i & 1].send(payload, local), i -> {
                return socket.receive(buffer.clear(), info) >= 0 && info.senderPort() > 0;
            });
        } else {
            expectLittle(lab, "a recvFrom", i -> peers[0].send(payload, local), i -> {
                return socket.recvFrom(buffer.clear()) != null;
            });
        }
    }

    @Rule("UDP-MEM-04")
    void sendAllocation(Lab lab) throws Exception {
        UdpSocket receiver = lab.socket();
        UdpSocket socket = lab.socket();
        UdpSocket connected = lab.socket();
        InetSocketAddress to = receiver.localAddress();
        connected.connect(to);
        ByteBuffer payload = ByteBuffer.allocateDirect(100);
        ByteBuffer sink = ByteBuffer.allocateDirect(100);
        Step drain = i -> receiver.recv(sink.clear());
        expectLittle(lab, "a sendTo", drain, i -> socket.sendTo(payload.clear(), to) >= 0);
        expectLittle(lab, "a send to the peer", drain, i -> connected.send(payload.clear()) >= 0);
    }

    @Rule("UDP-MEM-05")
    void pollAllocation(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        Poll poll = lab.poll();
        Token token = new Token(7);
        poll.registry().register(socket, token, Interest.READABLE);
        Events events = poll.newEvents(8);
        ByteBuffer buffer = ByteBuffer.allocateDirect(100);
        InetSocketAddress local = socket.localAddress();
        Duration wait = lab.patience();
        Step arrival = i -> {
            drain(socket, buffer);
            lab.sendTo(socket, "counted", local);
        };
        expectLittle(lab, "a poll with an event", arrival, i -> {
            poll.poll(events, wait);
            return readable(events, token);
        });
    }

    @Rule("UDP-MEM-08")
    void batchAllocation(Lab lab) throws Exception {
        UdpSocket receiver = lab.socket();
        UdpSocket sender = lab.socket();
        InetSocketAddress to = receiver.localAddress();
        DatagramBatch out = lab.backend().newBatch(1, 100);
        DatagramBatch in = lab.backend().newBatch(4, 100);
        out.sendInfo(0).destination(to);
        ByteBuffer sink = ByteBuffer.allocateDirect(100);
        expectLittle(lab, "a sendBatch of one slot", i -> receiver.recv(sink.clear()), i -> {
            out.buffer(0).clear();
            return sender.sendBatch(out, 0, 1) == 1;
        });
        drain(receiver, sink);
        expectLittle(lab, "a recvBatch of one datagram", i -> lab.sendTo(sender, "counted", to), i -> {
            return receiver.recvBatch(in, 0, 4) == 1 && in.info(0).sender() != null;
        });
    }

    @Rule("UDP-MEM-09")
    void namedSenders(Lab lab) throws Exception {
        int count = (int) Math.min(MOST_SENDERS, lab.backend().limit(Limit.SENDERS_CACHED));
        Peer[] peers = new Peer[count];
        for (int i = 0; i < count; i++) {
            peers[i] = lab.peer();
        }
        UdpSocket socket = lab.open(lab.config().withMetadata(declaredFields(lab)));
        ByteBuffer direct = ByteBuffer.allocateDirect(100);
        ByteBuffer heap = ByteBuffer.allocate(100);
        DatagramInfo info = new DatagramInfo();
        byte[] payload = bytes("counted");
        InetSocketAddress local = socket.localAddress();
        Step next = i -> peers[i % count].send(payload, local);
        expectLittle(lab, "a receive, with the name of one of " + count + " senders", next, i -> {
            return socket.receive(direct.clear(), info) >= 0 && info.sender() != null;
        });
        expectLittle(lab, "a recvFrom from one of " + count + " senders", next, i -> {
            return socket.recvFrom(heap.clear()) != null;
        });
        Step again = i -> {
            drain(socket, direct);
            next.run(i);
        };
        expectLittle(lab, "a peek at a datagram of one of " + count + " senders", again, i -> {
            return socket.peek(heap.clear(), info) >= 0 && info.sender() != null;
        });
        drain(socket, direct);
        expectLittle(lab, "a receive that would block", i -> {}, i -> socket.receive(heap.clear(), info) < 0);
    }

    @Rule("UDP-MEM-10")
    void alternatingDestinations(Lab lab) throws Exception {
        UdpSocket[] receivers = {lab.roomySocket(), lab.roomySocket()};
        InetSocketAddress[] to = {receivers[0].localAddress(), receivers[1].localAddress()};
        UdpSocket socket = lab.roomySocket();
        ByteBuffer heap = ByteBuffer.allocate(100);
        ByteBuffer direct = ByteBuffer.allocateDirect(100);
        ByteBuffer sink = ByteBuffer.allocateDirect(100);
        SendInfo info = new SendInfo();
        Step drain = i -> drain(receivers[i & 1], sink);
        expectLittle(lab, "a sendTo to one of two", drain, i -> socket.sendTo(heap.clear(), to[i & 1]) >= 0);
        expectLittle(lab, "a send with control to one of two", drain, i -> {
            return socket.send(direct.clear(), info.destination(to[i & 1])) >= 0;
        });
        expectLittle(lab, "a segmented send to one of two", drain, i -> {
            return socket.sendSegmented(direct.clear(), to[i & 1], 30) >= 0;
        });
    }

    @Rule("UDP-MEM-11")
    void wholeBatches(Lab lab) throws Exception {
        UdpSocket[] senders = {lab.roomySocket(), lab.roomySocket()};
        UdpSocket receiver =
                lab.open(lab.config().withReceiveBufferBytes(1 << 18).withMetadata(declaredFields(lab)));
        UdpSocket other = lab.roomySocket();
        InetSocketAddress[] to = {receiver.localAddress(), other.localAddress()};
        DatagramBatch out = lab.backend().newBatch(SLOTS, 100);
        DatagramBatch in = lab.backend().newBatch(SLOTS, 100);
        ByteBuffer sink = ByteBuffer.allocateDirect(100);
        for (int slot = 0; slot < SLOTS; slot++) {
            out.sendInfo(slot).destination(to[slot & 1]);
        }
        Step drain = i -> {
            drain(receiver, sink);
            drain(other, sink);
        };
        expectLittle(lab, "a sendBatch to two", drain, i -> {
            for (int slot = 0; slot < SLOTS; slot++) {
                out.buffer(slot).clear();
            }
            return senders[0].sendBatch(out, 0, SLOTS) > 0;
        });
        drain.run(0);
        byte[] payload = bytes("counted");
        Step fill = i -> {
            drain(receiver, sink);
            lab.sendTo(senders[0], payload, to[0]);
            lab.sendTo(senders[1], payload, to[0]);
        };
        expectLittle(lab, "a recvBatch of two senders' datagrams", fill, i -> {
            int filled = receiver.recvBatch(in, 0, SLOTS);
            boolean named = true;
            for (int slot = 0; slot < filled; slot++) {
                named &= in.info(slot).sender() != null;
            }
            return filled > 0 && named;
        });
    }

    @Rule("UDP-MEM-12")
    void idlePolls(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        Poll poll = lab.poll();
        Token token = new Token(7);
        poll.registry().register(socket, token, Interest.READABLE_WRITABLE);
        Events events = poll.newEvents(8);
        Waker waker = lab.track(poll.registry().newWaker(new Token(8)));
        expectLittle(lab, "a poll without events", i -> {}, i -> {
            poll.poll(events, Duration.ZERO);
            return true;
        });
        expectLittle(lab, "a wake and its poll", i -> {}, i -> {
            waker.wake();
            poll.poll(events, Duration.ZERO);
            return true;
        });
    }

    private static Set<Capability> declaredFields(Lab lab) {
        return Arrays.stream(Capability.values())
                .filter(capability -> capability.kind() == Capability.Kind.FIELD && lab.has(capability))
                .collect(Collectors.toSet());
    }

    @Rule("UDP-MEM-06")
    void descriptors(Lab lab) throws Exception {
        openAndClose(lab);
        int before = descriptors();
        for (int i = 0; i < TIMES; i++) {
            openAndClose(lab);
        }
        expectDescriptors(lab, before);
    }

    @Rule("UDP-MEM-13")
    void threads(Lab lab) throws Exception {
        waitAndClose(lab);
        int before = Thread.getAllStackTraces().size();
        for (int i = 0; i < TIMES; i++) {
            waitAndClose(lab);
        }
        int[] now = new int[1];
        try {
            lab.eventually(
                    "as many threads as before",
                    () -> (now[0] = Thread.getAllStackTraces().size()) <= before + OTHERS);
        } catch (AssertionError e) {
            throw new AssertionError("expected about " + before + " threads, actual: " + now[0], e);
        }
    }

    private static void waitAndClose(Lab lab) throws IOException {
        try (Poll poll = lab.backend().openPoll();
                UdpSocket socket = lab.backend().bind(lab.loopback(0));
                Waker waker = poll.registry().newWaker(new Token(2))) {
            poll.registry().register(socket, new Token(1), Interest.READABLE);
            waker.wake();
            assertEquals(1, poll.poll(poll.newEvents(4), lab.patience()), "events after a wake");
        }
    }

    @Rule("UDP-MEM-14")
    void closedIsCollected(Lab lab) throws Exception {
        Poll lasting = lab.poll();
        Events events = lasting.newEvents(4);
        List<WeakReference<Object>> closed = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            useAndClose(lab, lasting, events, closed);
        }
        lasting.poll(events, Duration.ZERO);
        WeakReference<Object> unused = new WeakReference<>(new Object());
        long[] kept = new long[1];
        try {
            lab.eventually("the memory of what was closed to be collected", () -> {
                System.gc();
                kept[0] = closed.stream().filter(object -> object.get() != null).count();
                return kept[0] <= OTHERS;
            });
        } catch (AssertionError e) {
            if (unused.get() != null) {
                throw lab.inconclusive("the JVM does not collect garbage when it is asked to");
            }
            throw new AssertionError(
                    "expected at most " + OTHERS + " of " + closed.size()
                            + " sockets, polls and wakers that were closed in memory, actual: " + kept[0],
                    e);
        }
    }

    /** A socket that is closed because it was released, where that is possible. */
    private static UdpSocket released(Lab lab) throws IOException {
        try (UdpSocket socket = lab.backend().bind(lab.loopback(0))) {
            if (lab.has(Capability.RELEASE_CHANNEL)) {
                socket.releaseChannel().close();
            } else if (lab.has(Capability.RELEASE_HANDLE) && lab.has(Capability.ADOPT_HANDLE)) {
                lab.backend().adopt(socket.releaseHandle()).close();
            }
            return socket;
        }
    }

    private static void useAndClose(Lab lab, Poll lasting, Events events, List<WeakReference<Object>> closed)
            throws IOException {
        try (Poll poll = lab.backend().openPoll();
                UdpSocket one = lab.backend().bind(lab.loopback(0));
                UdpSocket two = lab.backend().bind(lab.loopback(0));
                Waker waker = lasting.registry().newWaker(new Token(2))) {
            poll.registry().register(one, new Token(1), Interest.READABLE);
            lasting.registry().register(two, new Token(1), Interest.READABLE_WRITABLE);
            waker.wake();
            lasting.poll(events, lab.patience());
            closed.add(new WeakReference<>(released(lab)));
            for (Object object : List.of(poll, one, two, waker)) {
                closed.add(new WeakReference<>(object));
            }
        }
    }

    @Rule("UDP-MEM-15")
    void memoryThatIsGone(Lab lab) throws Exception {
        Arenas.need(lab);
        Peer peer = lab.peer();
        UdpSocket socket = lab.socket();
        ByteBuffer closed = Arenas.closed(SHORT);
        ByteBuffer[] confined = new ByteBuffer[1];
        lab.start("allocating", () -> confined[0] = Arenas.confined(SHORT)).join();
        peer.send(bytes("stays"), socket.localAddress());
        ByteBuffer sink = ByteBuffer.allocate(SHORT);
        lab.eventually("a datagram", () -> socket.peek(sink.clear()) != UdpSocket.WOULD_BLOCK);
        expectRefused(socket, peer.address(), closed, IllegalStateException.class);
        expectRefused(socket, peer.address(), confined[0], RuntimeException.class);
        assertEquals("stays", lab.receive(socket).text(), "the datagram that was queued");
        lab.sendTo(socket, "after", peer.address());
        assertEquals("after", peer.receive().text(), "the first datagram that was sent");
    }

    private static <T extends RuntimeException> void expectRefused(
            UdpSocket socket, InetSocketAddress to, ByteBuffer buffer, Class<T> type) {
        DatagramInfo info = new DatagramInfo();
        expectThrown(type, () -> socket.sendTo(buffer, to));
        expectThrown(type, () -> socket.send(buffer, new SendInfo().destination(to)));
        expectThrown(type, () -> socket.sendSegmented(buffer, to, 4));
        expectThrown(type, () -> socket.recv(buffer));
        expectThrown(type, () -> socket.recvFrom(buffer));
        expectThrown(type, () -> socket.receive(buffer, info));
        expectThrown(type, () -> socket.peek(buffer));
        expectThrown(type, () -> socket.peekFrom(buffer));
        expectThrown(type, () -> socket.peek(buffer, info));
        assertEquals(0, buffer.position(), "position of a buffer that was refused");
    }

    @Rule("UDP-MEM-07")
    void descriptorsAfterFailure(Lab lab) throws Exception {
        UdpConfig taken = UdpConfig.of(lab.socket().localAddress());
        expectError(ErrorKind.ADDRESS_IN_USE, () -> lab.open(taken));
        int before = descriptors();
        for (int i = 0; i < TIMES; i++) {
            expectError(ErrorKind.ADDRESS_IN_USE, () -> lab.open(taken));
        }
        // at once: a collection of garbage may close what the backend did not
        int now = descriptors();
        assertTrue(now <= before + OTHERS, () -> "expected about " + before + " descriptors open, actual: " + now);
    }

    /** What is done before each call that is counted, and is not counted itself. */
    private interface Step {
        void run(int index) throws IOException;
    }

    /** A call that is counted; false if it would block. */
    private interface Counted {
        boolean tried(int index) throws IOException;
    }

    // The best round counts: compilers and class loading may disturb one.
    private static void expectLittle(Lab lab, String what, Step before, Counted call) throws IOException {
        count(lab, what, before, call, WARM_UP);
        long bound = lab.has(Capability.ZERO_ALLOC) ? 0 : LITTLE_BYTES - 1;
        long[] least = {Long.MAX_VALUE};
        // Calls by java.lang.foreign allocate until the last compiler has them, which takes a busy machine a long
        // while.
        long end = System.nanoTime() + lab.warmUp().toNanos();
        for (int round = 0; least[0] > bound && (round < ROUNDS || System.nanoTime() < end); round++) {
            least[0] = Math.min(least[0], count(lab, what, before, call, CALLS));
        }
        assertTrue(
                least[0] <= bound,
                () -> "expected at most " + bound + " bytes allocated by " + what + ", actual: " + least[0]);
    }

    // Whole bytes for each call, those that would block included.
    private static long count(Lab lab, String what, Step before, Counted call, int calls) throws IOException {
        long allocated = 0;
        int tries = 0;
        for (int i = 0; i < calls; i++) {
            before.run(i);
            long end = System.nanoTime() + lab.patience().toNanos();
            boolean done = false;
            while (!done) {
                long start = lab.allocatedBytes();
                done = call.tried(i);
                allocated += lab.allocatedBytes() - start;
                tries++;
                if (!done && System.nanoTime() > end) {
                    throw new AssertionError("expected " + what + ", actual: not within " + lab.patience());
                }
            }
        }
        return allocated / tries;
    }

    private static boolean readable(Events events, Token token) {
        boolean seen = false;
        for (Event event : events) {
            seen |= event.isReadable() && event.token().equals(token);
        }
        return seen;
    }

    private static void drain(UdpSocket socket, ByteBuffer buffer) throws UdpException {
        while (socket.recv(buffer.clear()) != UdpSocket.WOULD_BLOCK) {
            continue;
        }
    }

    private static void overwrite(ByteBuffer buffer) {
        buffer.clear();
        while (buffer.hasRemaining()) {
            buffer.put((byte) '!');
        }
    }

    private static void openAndClose(Lab lab) throws IOException {
        try (Poll poll = lab.backend().openPoll();
                UdpSocket socket = lab.backend().bind(lab.loopback(0))) {
            poll.registry().register(socket, new Token(1), Interest.READABLE);
        }
    }

    private static void expectDescriptors(Lab lab, int before) throws IOException {
        int[] now = new int[1];
        try {
            lab.eventually("as many descriptors as before", () -> (now[0] = descriptors()) <= before + OTHERS);
        } catch (AssertionError e) {
            throw new AssertionError("expected about " + before + " descriptors open, actual: " + now[0], e);
        }
    }

    private static int descriptors() {
        String[] open = new java.io.File("/proc/self/fd").list();
        assertNotNull(open, "list of the open descriptors");
        return open.length;
    }
}
