package org.datagram4j.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import org.datagram4j.Events;
import org.datagram4j.Interest;
import org.datagram4j.Poll;
import org.datagram4j.Token;
import org.datagram4j.UdpSocket;
import org.datagram4j.Waker;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Virtual threads, by reflection because this is compiled for Java 17, too. */
class VirtualThreadTest {
    private final NativeBackend backend = new NativeBackend();
    private ThreadFactory factory;

    @BeforeEach
    void findFactory() throws Exception {
        assumeTrue(Runtime.version().feature() >= 21, "this Java has no virtual threads");
        Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
        Method make = Class.forName("java.lang.Thread$Builder").getMethod("factory");
        factory = (ThreadFactory) make.invoke(builder);
    }

    private <T> FutureTask<T> start(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        factory.newThread(task).start();
        return task;
    }

    @Test
    void waitsDoNotHoldTheCarriers() throws Exception {
        int many = 4 * Runtime.getRuntime().availableProcessors();
        List<Poll> polls = new ArrayList<>();
        List<FutureTask<Integer>> waits = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            Poll poll = backend.openPoll();
            polls.add(poll);
            waits.add(start(() -> poll.poll(poll.newEvents(1), Lab.PATIENCE)));
        }
        for (Poll poll : polls) {
            Waker waker = poll.registry().newWaker(new Token(1));
            Lab.join(start(() -> {
                waker.wake();
                return null;
            }));
        }
        for (FutureTask<Integer> wait : waits) {
            assertEquals(1, Lab.join(wait));
        }
        polls.forEach(Poll::close);
    }

    @RepeatedTest(200)
    void twoOfThemTalk() throws Exception {
        try (UdpSocket a = backend.bind(Lab.any());
                UdpSocket b = backend.bind(Lab.any())) {
            a.connect(b.localAddress());
            b.connect(a.localAddress());
            FutureTask<Integer> echo = start(() -> talk(b, false));
            FutureTask<Integer> ask = start(() -> talk(a, true));
            assertEquals(20, Lab.join(ask));
            assertEquals(20, Lab.join(echo));
        }
    }

    private int talk(UdpSocket socket, boolean begins) throws Exception {
        try (Poll poll = backend.openPoll()) {
            poll.registry().register(socket, new Token(1), Interest.READABLE);
            Events events = poll.newEvents(1);
            ByteBuffer buffer = ByteBuffer.allocate(10);
            int received = 0;
            if (begins) {
                socket.send(buffer.clear());
            }
            while (received < 20) {
                if (socket.recv(buffer.clear()) == UdpSocket.WOULD_BLOCK) {
                    assertTrue(poll.poll(events, Lab.PATIENCE) > 0, "nothing arrives");
                } else {
                    received++;
                    if (received < 20 || !begins) {
                        socket.send(buffer.clear());
                    }
                }
            }
            return received;
        }
    }

    @RepeatedTest(20)
    void anInterruptEndsTheWait() throws Exception {
        try (Poll poll = backend.openPoll()) {
            FutureTask<Boolean> task = new FutureTask<>(() -> {
                assertEquals(0, poll.poll(poll.newEvents(1), null));
                return Thread.currentThread().isInterrupted();
            });
            Thread waiter = factory.newThread(task);
            waiter.start();
            waiter.interrupt();
            assertTrue(Lab.join(task));
        }
    }

    @Test
    void timeoutsAreKept() throws Exception {
        try (Poll poll = backend.openPoll()) {
            long took = Lab.join(start(() -> {
                long start = System.nanoTime();
                assertEquals(0, poll.poll(poll.newEvents(1), Duration.ofMillis(20)));
                return System.nanoTime() - start;
            }));
            assertTrue(took >= 20_000_000, "too early: " + took);
        }
    }
}
