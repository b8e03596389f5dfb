package org.datagram4j.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.datagram4j.DatagramBatch;
import org.datagram4j.DatagramInfo;
import org.datagram4j.Event;
import org.datagram4j.Events;
import org.datagram4j.Interest;
import org.datagram4j.Poll;
import org.datagram4j.Token;
import org.datagram4j.UdpSocket;
import org.datagram4j.Waker;
import org.junit.jupiter.api.Test;

/** How many bytes the hot paths allocate in steady state, by the JVM's own count. Never judges time. */
class AllocationTest {
    private static final int WARM_UP = 20_000;
    private static final int ROUNDS = 10_000;

    /** Room for what the JIT compiler and the meter itself do once, not for anything that happens each time. */
    private static final long SLACK = ROUNDS / 10;

    private static final MethodHandle ALLOCATED = meter();

    private final NioBackend backend = new NioBackend();

    private interface Step {
        void run() throws Exception;
    }

    @Test
    void oneSenderAllocatesNothing() throws Exception {
        try (UdpSocket sender = Loopback.socket(backend);
                UdpSocket receiver = Loopback.socket(backend)) {
            InetSocketAddress to = receiver.localAddress();
            DatagramInfo info = new DatagramInfo();
            for (int size : new int[] {16, 65_535}) {
                ByteBuffer out = ByteBuffer.allocateDirect(16);
                ByteBuffer in = ByteBuffer.allocateDirect(size);
                ByteBuffer heapIn = ByteBuffer.allocate(size);
                assertNothing("send and receive, direct, room for " + size, () -> {
                    sender.sendTo(out.clear(), to);
                    assertEquals(16, receiver.receive(in.clear(), info));
                    assertEquals(UdpSocket.WOULD_BLOCK, receiver.receive(in.clear(), info));
                });
                assertNothing("send and receive, heap, room for " + size, () -> {
                    sender.sendTo(out.clear(), to);
                    assertNotNull(receiver.recvFrom(heapIn.clear()));
                });
                assertNothing("peek", () -> {
                    sender.sendTo(out.clear(), to);
                    receiver.peek(in.clear(), info);
                    receiver.receive(in.clear(), info);
                });
            }
        }
    }

    @Test
    void connectedAllocatesNothing() throws Exception {
        try (UdpSocket sender = Loopback.socket(backend);
                UdpSocket receiver = Loopback.socket(backend)) {
            sender.connect(receiver.localAddress());
            receiver.connect(sender.localAddress());
            ByteBuffer out = ByteBuffer.allocateDirect(16);
            ByteBuffer in = ByteBuffer.allocateDirect(2048);
            assertNothing("connected", () -> {
                sender.send(out.clear());
                assertEquals(16, receiver.recv(in.clear()));
            });
        }
    }

    /** The channel keeps one sender only, and makes the address anew when another sends. */
    @Test
    void alternatingSendersCostTheirAddressOnly() throws Exception {
        try (UdpSocket one = Loopback.socket(backend);
                UdpSocket two = Loopback.socket(backend);
                UdpSocket receiver = Loopback.socket(backend)) {
            InetSocketAddress to = receiver.localAddress();
            DatagramInfo info = new DatagramInfo();
            ByteBuffer out = ByteBuffer.allocateDirect(16);
            ByteBuffer in = ByteBuffer.allocateDirect(2048);
            long bytes = measure(() -> {
                one.sendTo(out.clear(), to);
                two.sendTo(out.clear(), to);
                receiver.receive(in.clear(), info);
                receiver.receive(in.clear(), info);
            });
            System.out.println("two alternating senders: " + bytes / (2.0 * ROUNDS) + " bytes per datagram");
            assertTrue(bytes / (2 * ROUNDS) <= 160, "bytes per datagram: " + bytes / (2 * ROUNDS));
        }
    }

    @Test
    void batchesAllocateNothing() throws Exception {
        try (UdpSocket sender = Loopback.socket(backend);
                UdpSocket receiver = Loopback.socket(backend)) {
            DatagramBatch out = backend.newBatch(8, 64);
            DatagramBatch in = backend.newBatch(8, 64);
            InetSocketAddress to = receiver.localAddress();
            for (int i = 0; i < out.slots(); i++) {
                out.sendInfo(i).destination(to);
            }
            assertNothing("batch", () -> {
                for (int i = 0; i < 8; i++) {
                    out.buffer(i).clear();
                }
                assertEquals(8, sender.sendBatch(out, 0, 8));
                assertEquals(8, receiver.recvBatch(in, 0, 8));
            });
        }
    }

    @Test
    void pollingAllocatesNothing() throws Exception {
        try (Poll poll = backend.openPoll();
                UdpSocket sender = Loopback.socket(backend);
                UdpSocket receiver = Loopback.socket(backend)) {
            poll.registry().register(receiver, new Token(1), Interest.READABLE);
            Waker waker = poll.registry().newWaker(new Token(2));
            Events events = poll.newEvents(8);
            InetSocketAddress to = receiver.localAddress();
            ByteBuffer out = ByteBuffer.allocateDirect(16);
            ByteBuffer in = ByteBuffer.allocateDirect(2048);
            DatagramInfo info = new DatagramInfo();
            assertNothing("poll, drain, re-arm", () -> {
                sender.sendTo(out.clear(), to);
                poll.poll(events, null);
                for (Event event : events) {
                    assertTrue(event.isReadable());
                    while (receiver.receive(in.clear(), info) != UdpSocket.WOULD_BLOCK) {}
                }
            });
            assertNothing("wake", () -> {
                waker.wake();
                assertEquals(1, poll.poll(events, null));
            });
            assertNothing("poll of nothing", () -> poll.poll(events, Duration.ZERO));
            Token token = new Token(3);
            assertNothing("reregister", () -> poll.registry().reregister(receiver, token, Interest.READABLE));
        }
    }

    /** The selector looks descriptors up as boxed integers; the JVM keeps those below 128 only. */
    @Test
    void reportsWhatHighDescriptorsCost() throws Exception {
        UdpSocket[] filler = new UdpSocket[200];
        for (int i = 0; i < filler.length; i++) {
            filler[i] = Loopback.socket(backend);
        }
        try (Poll poll = backend.openPoll();
                UdpSocket sender = Loopback.socket(backend);
                UdpSocket receiver = Loopback.socket(backend)) {
            poll.registry().register(receiver, new Token(1), Interest.READABLE);
            Events events = poll.newEvents(8);
            InetSocketAddress to = receiver.localAddress();
            ByteBuffer out = ByteBuffer.allocateDirect(16);
            ByteBuffer in = ByteBuffer.allocateDirect(2048);
            long bytes = measure(() -> {
                sender.sendTo(out.clear(), to);
                poll.poll(events, null);
                while (receiver.recv(in.clear()) != UdpSocket.WOULD_BLOCK) {}
            });
            System.out.println("a poll with descriptors above 127: " + (double) bytes / ROUNDS + " bytes per event");
            assertTrue(bytes / ROUNDS <= 32, "bytes per event: " + bytes / ROUNDS);
        } finally {
            for (UdpSocket socket : filler) {
                socket.close();
            }
        }
    }

    private static void assertNothing(String what, Step step) throws Exception {
        long bytes = measure(step);
        System.out.println(what + ": " + (double) bytes / ROUNDS + " bytes each");
        assertTrue(bytes <= SLACK, what + ": " + bytes + " bytes in " + ROUNDS + " rounds");
    }

    /** The least of a few measurements: what the JIT compiler does meanwhile is not the code's. */
    private static long measure(Step step) throws Exception {
        for (int i = 0; i < WARM_UP; i++) {
            step.run();
        }
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 5 && least > SLACK; attempt++) {
            long before = allocated();
            for (int i = 0; i < ROUNDS; i++) {
                step.run();
            }
            least = Math.min(least, allocated() - before);
        }
        return least;
    }

    private static long allocated() {
        try {
            return (long) ALLOCATED.invokeExact(Thread.currentThread().getId());
        } catch (Throwable e) {
            throw new AssertionError("the JVM's count of allocated bytes", e);
        }
    }

    /** Found by name, as the module of the tests does not read java.management; a handle, as that allocates nothing. */
    private static MethodHandle meter() {
        try {
            Object bean = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getThreadMXBean")
                    .invoke(null);
            Class<?> type = Class.forName("com.sun.management.ThreadMXBean");
            return MethodHandles.publicLookup()
                    .findVirtual(type, "getThreadAllocatedBytes", MethodType.methodType(long.class, long.class))
                    .bindTo(bean);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("this JVM does not count allocated bytes", e);
        }
    }
}
