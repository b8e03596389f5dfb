package org.datagram4j.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.datagram4j.DatagramInfo;
import org.datagram4j.ErrorKind;
import org.datagram4j.Events;
import org.datagram4j.Interest;
import org.datagram4j.Poll;
import org.datagram4j.Token;
import org.datagram4j.TruncationPolicy;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.junit.jupiter.api.Test;

/** Closing from any thread, during any operation. */
@SuppressWarnings("try") // explicit calls of close() are what is tested
class ClosingTest {
    private static final int RACES = 300;
    private static final int NAPS_IN_A_SECOND = 1_000;

    private final NioBackend backend = new NioBackend();

    private interface Operation {
        void run(UdpSocket socket) throws IOException;
    }

    @Test
    void everyOperationEndsWhenItsSocketIsClosed() throws Exception {
        try (UdpSocket peer = Loopback.socket(backend);
                NioPoll poll = (NioPoll) backend.openPoll()) {
            InetSocketAddress to = peer.localAddress();
            DatagramInfo info = new DatagramInfo();
            ByteBuffer out = ByteBuffer.allocateDirect(8);
            ByteBuffer in = ByteBuffer.allocateDirect(8);
            Operation[] operations = {
                socket -> socket.sendTo(out.clear(), to),
                socket -> socket.receive(in.clear(), info),
                socket -> socket.peek(in.clear(), info),
                socket -> socket.takeError(),
                socket -> socket.tryIo(Interest.READABLE, () -> UdpSocket.WOULD_BLOCK),
                socket -> {
                    socket.connect(to);
                    socket.disconnect();
                },
                socket -> {
                    poll.registry().register(socket, new Token(1), Interest.READABLE_WRITABLE);
                    poll.registry().deregister(socket);
                },
            };
            for (Operation operation : operations) {
                for (int i = 0; i < RACES / 3; i++) {
                    UdpSocket socket = Loopback.socket(backend);
                    CountDownLatch running = new CountDownLatch(1);
                    FutureTask<ErrorKind> worker = Loopback.start(() -> {
                        try {
                            while (true) {
                                operation.run(socket);
                                running.countDown();
                            }
                        } catch (UdpException e) {
                            return e.kind();
                        }
                    });
                    running.await();
                    socket.close();
                    assertEquals(ErrorKind.CLOSED, Loopback.join(worker));
                    assertFree(socket);
                }
            }
        }
    }

    @Test
    void closingAPollEndsItsWait() throws Exception {
        for (int i = 0; i < RACES; i++) {
            Poll poll = backend.openPoll();
            try (UdpSocket socket = Loopback.socket(backend);
                    Poll next = backend.openPoll()) {
                poll.registry().register(socket, new Token(1), Interest.READABLE);
                FutureTask<ErrorKind> poller = Loopback.start(() -> {
                    try {
                        Events events = poll.newEvents(1);
                        while (true) {
                            poll.poll(events, null);
                        }
                    } catch (UdpException e) {
                        return e.kind();
                    }
                });
                if (i % 2 == 0) {
                    Thread.yield();
                }
                poll.close();
                next.registry().register(socket, new Token(2), Interest.WRITABLE);
                Loopback.await(next, next.newEvents(1));
                assertEquals(ErrorKind.CLOSED, Loopback.join(poller));
            }
        }
    }

    @Test
    void thePortIsFreeWithoutAnybodyPolling() throws Exception {
        try (Poll poll = backend.openPoll()) {
            for (int i = 0; i < RACES; i++) {
                UdpSocket socket = Loopback.socket(backend);
                poll.registry().register(socket, new Token(i), Interest.READABLE);
                if (i % 3 == 0) {
                    poll.poll(poll.newEvents(1), Duration.ZERO);
                }
                socket.close();
                assertFree(socket);
            }
        }
    }

    @Test
    void thePortIsFreeWhileSomebodyPolls() throws Exception {
        try (Poll poll = backend.openPoll()) {
            FutureTask<Void> poller = Loopback.start(() -> {
                Events events = poll.newEvents(8);
                while (poll.isOpen()) {
                    try {
                        poll.poll(events, null);
                    } catch (UdpException e) {
                        return null;
                    }
                }
                return null;
            });
            for (int i = 0; i < RACES; i++) {
                UdpSocket socket = Loopback.socket(backend);
                poll.registry().register(socket, new Token(i), Interest.READABLE_WRITABLE);
                socket.close();
                assertFreed(socket);
            }
            poll.close();
            Loopback.join(poller);
        }
    }

    /** Many close at once, so that they meet each other and the poller at the selector. */
    @Test
    void manyCloseAtOnce() throws Exception {
        for (int round = 0; round < 50; round++) {
            try (Poll poll = backend.openPoll()) {
                UdpSocket[] sockets = new UdpSocket[8];
                FutureTask<?>[] closers = new FutureTask<?>[sockets.length];
                for (int i = 0; i < sockets.length; i++) {
                    sockets[i] = Loopback.socket(backend);
                    poll.registry().register(sockets[i], new Token(i), Interest.READABLE_WRITABLE);
                }
                CountDownLatch go = new CountDownLatch(1);
                for (int i = 0; i < sockets.length; i++) {
                    UdpSocket socket = sockets[i];
                    closers[i] = Loopback.start(() -> {
                        go.await();
                        socket.close();
                        return null;
                    });
                }
                go.countDown();
                poll.poll(poll.newEvents(2), Duration.ZERO);
                for (int i = 0; i < sockets.length; i++) {
                    Loopback.join(closers[i]);
                }
                for (UdpSocket socket : sockets) {
                    assertFree(socket);
                }
            }
        }
    }

    @Test
    void aSocketIsNotClosedUnderTheCallersOperation() throws Exception {
        UdpSocket socket = Loopback.socket(backend);
        InetSocketAddress address = socket.localAddress();
        assertEquals(7, socket.tryIo(Interest.WRITABLE, () -> {
            assertThrows(IllegalStateException.class, socket::releaseChannel);
            socket.close();
            assertFalse(socket.isOpen());
            assertThrows(
                    IOException.class,
                    () -> DatagramChannel.open().bind(address).close(),
                    "still bound");
            return 7;
        }));
        assertFree(socket);
    }

    @Test
    void aReleasedChannelIsRegisteredNowhere() throws Exception {
        try (Poll poll = backend.openPoll()) {
            FutureTask<Void> poller = Loopback.start(() -> {
                assertThrows(UdpException.class, () -> {
                    while (true) {
                        poll.poll(poll.newEvents(1), null);
                    }
                });
                return null;
            });
            for (int i = 0; i < RACES; i++) {
                UdpSocket socket = Loopback.socket(backend);
                poll.registry().register(socket, new Token(i), Interest.READABLE);
                try (DatagramChannel channel = socket.releaseChannel()) {
                    assertFalse(channel.isRegistered());
                    assertFalse(channel.isBlocking());
                    assertFalse(socket.isOpen());
                    try (UdpSocket again = backend.adopt(channel)) {
                        poll.registry().register(again, new Token(i), Interest.READABLE);
                    }
                }
            }
            poll.close();
            Loopback.join(poller);
        }
    }

    @Test
    void aChannelThatIsClosedWhileItIsBeingReleasedIsFreed() throws Exception {
        DatagramChannel channel = DatagramChannel.open().bind(new InetSocketAddress("127.0.0.1", 0));
        channel.configureBlocking(false);
        NioSocket socket = new NioSocket(backend, channel, TruncationPolicy.DISCARD);
        ReceiveSide receiving = new ReceiveSide(socket, channel, backend.pool(), TruncationPolicy.DISCARD);
        Lifetime lifetime = new Lifetime(socket, channel, socket.readiness());
        FutureTask<Void> releasing = new FutureTask<>(() -> {
            lifetime.release(receiving, new SendSide(socket, channel));
            return null;
        });
        Thread releaser = new Thread(releasing, "releaser");
        receiving.lock(); // as a receive that is going on
        try {
            releaser.start();
            while (releaser.getState() != Thread.State.WAITING) { // it waits for that receive
                assertTrue(releaser.isAlive(), "the release waits");
                Thread.onSpinWait();
            }
            assertTrue(lifetime.close());
        } finally {
            receiving.unlock();
        }
        ExecutionException refused = assertThrows(ExecutionException.class, () -> releasing.get(10, TimeUnit.SECONDS));
        assertEquals(ErrorKind.CLOSED, ((UdpException) refused.getCause()).kind());
        assertFalse(channel.isOpen(), "the close that came first holds");
    }

    @Test
    void stoppingTheBackendClosesEverything() throws Exception {
        NioBackend stopping = new NioBackend();
        UdpSocket socket = Loopback.socket(stopping);
        Poll poll = stopping.openPoll();
        poll.registry().register(socket, new Token(1), Interest.READABLE);
        stopping.resources().closeAll();
        assertFalse(socket.isOpen() || poll.isOpen());
        assertEquals(
                ErrorKind.CLOSED,
                assertThrows(UdpException.class, stopping::openPoll).kind());
        assertEquals(
                ErrorKind.CLOSED,
                assertThrows(UdpException.class, () -> Loopback.socket(stopping))
                        .kind());
    }

    @Test
    void noDescriptorIsLeaked() throws Exception {
        File descriptors = new File("/proc/self/fd");
        assumeTrue(descriptors.isDirectory(), "no /proc/self/fd to count in");
        openAndClose();
        int before = descriptors.list().length;
        for (int i = 0; i < 1_000; i++) {
            openAndClose();
        }
        int after = descriptors.list().length;
        assertTrue(after <= before + 2, before + " descriptors before, " + after + " after"); // the JVM has its own
    }

    private void openAndClose() throws Exception {
        Poll poll = backend.openPoll();
        UdpSocket socket = Loopback.socket(backend);
        UdpSocket other = Loopback.socket(backend);
        poll.registry().register(socket, new Token(1), Interest.READABLE);
        poll.registry().register(other, new Token(1), Interest.READABLE);
        socket.connect(other.localAddress());
        socket.send(ByteBuffer.allocate(0));
        socket.close();
        poll.close();
        other.close();
        assertThrows(
                UdpException.class,
                () -> backend.open(org.datagram4j.UdpConfig.of(new InetSocketAddress("192.0.2.77", 1))));
    }

    /**
     * Binds where a closed socket was bound, at once and once: where nobody is inside a poll or an operation, close itself
     * lets the port go before it returns.
     */
    private static void assertFree(UdpSocket closed) throws IOException {
        bindWhere(closed);
    }

    /**
     * The same while somebody polls, who has to get a processor before the port is let go. So the second that close has
     * is one of this thread's: a thousand naps of a millisecond take longer on a machine where that thread waits, too.
     */
    private static void assertFreed(UdpSocket closed) throws IOException {
        for (int naps = 0; ; naps++) {
            try {
                bindWhere(closed);
                return;
            } catch (BindException e) {
                if (naps == NAPS_IN_A_SECOND) {
                    throw e;
                }
                LockSupport.parkNanos(Duration.ofSeconds(1).toNanos() / NAPS_IN_A_SECOND);
            }
        }
    }

    private static void bindWhere(UdpSocket closed) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
            channel.bind(((NioSocket) closed).knownAddress());
        }
    }
}
