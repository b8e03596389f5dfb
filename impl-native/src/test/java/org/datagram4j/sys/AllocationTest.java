package org.datagram4j.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.datagram4j.Capability;
import org.datagram4j.DatagramBatch;
import org.datagram4j.DatagramInfo;
import org.datagram4j.Events;
import org.datagram4j.Interest;
import org.datagram4j.Poll;
import org.datagram4j.SendInfo;
import org.datagram4j.Token;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpSocket;
import org.datagram4j.Waker;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The hot paths allocate nothing once they are compiled: one of many rounds must have allocated not a byte. Calls by
 * java.lang.foreign allocate until the compiler's last tier has them. The longer that compiler's queue, the more calls it
 * wants to see first, so the rounds are bounded by time and not by number.
 */
class AllocationTest {
    private static final int CALLS = 1_000;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private interface Step {
        void run(int i) throws Exception;
    }

    static Stream<NativeBackend> backends() {
        return Lab.backends();
    }

    @SuppressWarnings("deprecation") // Thread.getId() has a successor, but only since Java 19
    private static long allocated() {
        return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private static void expectNothing(String what, Step step) throws Exception {
        assumeTrue(THREADS.isThreadAllocatedMemorySupported(), "this Java does not count allocations");
        long least = Long.MAX_VALUE;
        long start = System.nanoTime();
        while (least > 0 && System.nanoTime() - start < LIMIT.toNanos()) {
            long before = allocated();
            for (int i = 0; i < CALLS; i++) {
                step.run(i);
            }
            least = Math.min(least, allocated() - before);
        }
        assertEquals(0, least, "bytes for " + CALLS + " times " + what);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void sendAndReceive(NativeBackend backend) throws Exception {
        ByteBuffer heap = ByteBuffer.allocate(100);
        ByteBuffer direct = ByteBuffer.allocateDirect(200);
        DatagramInfo info = new DatagramInfo();
        try (UdpSocket a = backend.bind(Lab.any());
                UdpSocket b = backend.bind(Lab.any())) {
            InetSocketAddress to = b.localAddress();
            expectNothing("a datagram", i -> {
                assertEquals(100, a.sendTo(heap.clear(), to));
                assertEquals(100, b.receive(direct.clear(), info));
                assertTrue(info.sender().getPort() > 0);
            });
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void alternatingSendersAndDestinations(NativeBackend backend) throws Exception {
        ByteBuffer buffer = ByteBuffer.allocateDirect(100);
        UdpSocket[] peers = new UdpSocket[8];
        try (UdpSocket socket = backend.bind(Lab.any())) {
            InetSocketAddress to = socket.localAddress();
            InetSocketAddress[] addresses = new InetSocketAddress[peers.length];
            for (int i = 0; i < peers.length; i++) {
                peers[i] = backend.bind(Lab.any());
                addresses[i] = peers[i].localAddress();
            }
            expectNothing("an echo to one of many", i -> {
                UdpSocket peer = peers[i % peers.length];
                peer.sendTo(buffer.clear().limit(10), to);
                InetSocketAddress sender = socket.recvFrom(buffer.clear());
                socket.sendTo(buffer.flip(), sender);
                assertEquals(10, peer.recv(buffer.clear()));
            });
        } finally {
            for (UdpSocket peer : peers) {
                peer.close();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void everyMetadataAndControl(NativeBackend backend) throws Exception {
        UdpConfig config = UdpConfig.of(new InetSocketAddress("::1", 0))
                .withMetadata(Set.of(
                        Capability.LOCAL_INTERFACE,
                        Capability.RECV_TRAFFIC_CLASS,
                        Capability.RECV_HOP_LIMIT,
                        Capability.RECV_TIMESTAMP,
                        Capability.DROP_COUNT));
        ByteBuffer buffer = ByteBuffer.allocateDirect(100);
        DatagramInfo info = new DatagramInfo();
        try (UdpSocket socket = backend.open(config)) {
            InetSocketAddress to = socket.localAddress();
            SendInfo control = new SendInfo().destination(to).ecn(1).hopLimit(9).sourceAddress(to.getAddress());
            expectNothing("a datagram with everything", i -> {
                socket.send(buffer.clear(), control);
                socket.receive(buffer.clear(), info);
                assertEquals(1, info.ecn());
            });
            assertEquals(9, info.hopLimit());
            assertEquals(0, info.dropCount());
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void batches(NativeBackend backend) throws Exception {
        DatagramBatch batch = backend.newBatch(8, 200);
        try (UdpSocket a = backend.bind(Lab.any());
                UdpSocket b = backend.bind(Lab.any())) {
            InetSocketAddress to = b.localAddress();
            for (int slot = 0; slot < 8; slot++) {
                batch.sendInfo(slot).destination(to);
            }
            expectNothing("a batch", i -> {
                for (int slot = 0; slot < 8; slot++) {
                    batch.buffer(slot).clear();
                }
                assertEquals(8, a.sendBatch(batch, 0, 8));
                assertEquals(8, b.recvBatch(batch, 0, 8));
            });
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void segments(NativeBackend backend) throws Exception {
        ByteBuffer buffer = ByteBuffer.allocateDirect(400);
        ByteBuffer sink = ByteBuffer.allocateDirect(400);
        try (UdpSocket a = backend.bind(Lab.any());
                UdpSocket b = backend.bind(Lab.any())) {
            InetSocketAddress to = b.localAddress();
            expectNothing("segments", i -> {
                assertEquals(400, a.sendSegmented(buffer.clear(), to, 100));
                while (b.recv(sink.clear()) != UdpSocket.WOULD_BLOCK) {
                    assertEquals(100, sink.position());
                }
            });
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void polls(NativeBackend backend) throws Exception {
        Token token = new Token(1);
        Duration second = Duration.ofSeconds(1);
        ByteBuffer buffer = ByteBuffer.allocateDirect(100);
        try (Poll poll = backend.openPoll();
                UdpSocket a = backend.bind(Lab.any());
                UdpSocket b = backend.bind(Lab.any())) {
            Events events = poll.newEvents(8);
            Waker waker = poll.registry().newWaker(new Token(2));
            poll.registry().register(b, token, Interest.READABLE_WRITABLE);
            InetSocketAddress to = b.localAddress();
            poll.poll(events, Duration.ZERO);
            expectNothing("a poll with events, and one without", i -> {
                waker.wake();
                a.sendTo(buffer.clear(), to);
                assertTrue(poll.poll(events, second) > 0);
                b.recv(buffer.clear());
                assertEquals(UdpSocket.WOULD_BLOCK, b.recv(buffer.clear()));
                poll.poll(events, Duration.ZERO);
            });
        }
    }
}
