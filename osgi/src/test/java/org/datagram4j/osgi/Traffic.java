package org.datagram4j.osgi;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.datagram4j.ErrorKind;
import org.datagram4j.Events;
import org.datagram4j.Interest;
import org.datagram4j.Poll;
import org.datagram4j.Token;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;

/**
 * Threads that poll: all but one send themselves one datagram after another, one waits for what never comes. Each moves to
 * the best backend when that changes; whatever ends otherwise than with CLOSED is a failure.
 */
final class Traffic implements AutoCloseable {
    private static final Token TOKEN = new Token(7);
    private static final long PACE_NANOS = 200_000;

    private final List<Worker> workers = new ArrayList<>();
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong datagrams = new AtomicLong();
    private final AtomicLong closed = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // Guarded by the lock.
    private UdpBackend best;
    private boolean ended;

    Traffic(int threads) {
        for (int i = 0; i < threads; i++) {
            workers.add(new Worker(i == 0));
        }
        workers.forEach(Thread::start);
    }

    /** What the tracker says. */
    void use(UdpBackend backend) {
        lock.lock();
        try {
            best = backend;
            changed.signalAll();
            workers.forEach(Worker::leaveOther);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until every thread works with a backend of this name, or with none if it is null. */
    void awaitAllOn(String name) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(TestFramework.PATIENCE_SECONDS);
            while (!workers.stream().allMatch(worker -> worker.isOn(name))) {
                if (!failures.isEmpty()) {
                    throw new AssertionError("traffic failed", failures.peek());
                }
                if (left <= 0) {
                    throw new AssertionError("threads hang: wanted " + name + ", are " + describe());
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    long datagrams() {
        return datagrams.get();
    }

    long closed() {
        return closed.get();
    }

    private String describe() {
        StringBuilder text = new StringBuilder();
        for (Worker worker : workers) {
            text.append('\n').append(worker.getName()).append(' ').append(worker.working);
            for (StackTraceElement element : worker.getStackTrace()) {
                text.append("\n    ").append(element);
            }
        }
        return text.toString();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            ended = true;
            best = null;
            changed.signalAll();
            workers.forEach(Worker::leaveOther);
        } finally {
            lock.unlock();
        }
        for (Worker worker : workers) {
            try {
                worker.join(TimeUnit.SECONDS.toMillis(TestFramework.PATIENCE_SECONDS));
            } catch (InterruptedException e) {
                throw new AssertionError("the test was interrupted", e);
            }
            if (worker.isAlive()) {
                throw new AssertionError("a thread hangs: " + describe());
            }
        }
        if (!failures.isEmpty()) {
            throw new AssertionError("traffic failed", failures.peek());
        }
    }

    private final class Worker extends Thread {
        private final boolean idle;

        /** What this thread said last. */
        private String told;

        // Guarded by the lock.
        private UdpBackend backend;
        private Poll poll;
        private String working;

        Worker(boolean idle) {
            super("traffic");
            this.idle = idle;
            setDaemon(true);
        }

        boolean isOn(String name) {
            return name == null ? working == null : name.equals(working);
        }

        /** Ends what goes on with another backend than the best, if there is a best; without, the end comes by itself. */
        void leaveOther() {
            if (poll != null && backend != best && (best != null || ended)) {
                poll.close();
            }
        }

        @Override
        public void run() {
            try {
                UdpBackend next = next();
                while (next != null) {
                    work(next);
                    next = next();
                }
            } catch (Throwable e) {
                failures.add(e);
            } finally {
                set(null, null, null);
            }
        }

        private UdpBackend next() throws InterruptedException {
            lock.lock();
            try {
                while (best == null && !ended) {
                    changed.await();
                }
                return ended ? null : best;
            } finally {
                lock.unlock();
            }
        }

        private void set(UdpBackend with, Poll on, String name) {
            if (with != null && name != null && name.equals(told)) {
                return; // as before
            }
            lock.lock();
            try {
                told = name;
                backend = with;
                poll = on;
                working = name;
                changed.signalAll();
                leaveOther();
            } finally {
                lock.unlock();
            }
        }

        private void work(UdpBackend with) throws Exception {
            try (Poll on = with.openPoll();
                    UdpSocket socket = with.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
                Events events = on.newEvents(4);
                on.registry().register(socket, TOKEN, Interest.READABLE);
                set(with, on, idle ? with.name() : null);
                ByteBuffer buffer = ByteBuffer.allocateDirect(64);
                InetSocketAddress self = socket.localAddress();
                while (true) {
                    if (!idle) {
                        buffer.clear().limit(8);
                        socket.sendTo(buffer, self);
                    }
                    on.poll(events, null);
                    LockSupport.parkNanos(PACE_NANOS); // others need the machine, too
                    while (socket.recvFrom(buffer.clear()) != null) {
                        datagrams.incrementAndGet();
                        set(with, on, with.name());
                    }
                }
            } catch (UdpException e) {
                if (e.kind() != ErrorKind.CLOSED) {
                    throw e;
                }
                closed.incrementAndGet();
            } finally {
                set(null, null, null);
            }
        }
    }
}
