package org.datagram4j.benchmarks.loop;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Sends back what it receives, on threads of its own, and counts. */
public abstract class Server implements Loop {
    private final AtomicLong served = new AtomicLong();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private volatile int port;

    /** What one receiver does until it is closed. */
    @FunctionalInterface
    public interface Receiver {
        /**
         * Serves.
         *
         * @throws Exception when it is closed, too
         */
        void serve() throws Exception;
    }

    /** Made by the thread that waits. */
    protected Server() {}

    /** What the calling thread allocates counts; not for virtual ones, where nobody can tell. */
    protected final void counted() {
        threads.add(Thread.currentThread());
    }

    /** So many datagrams were sent back. */
    protected final void count(int datagrams) {
        served.addAndGet(datagrams);
    }

    /** Where it receives. */
    protected final void listens(int at) {
        port = at;
    }

    /** Starts a receiver, and returns when it serves. */
    protected final void start(Receiver receiver) throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        Thread thread = new Thread(
                () -> {
                    MeasuredThreads.register();
                    counted();
                    started.countDown();
                    try {
                        receiver.serve();
                    } catch (Exception e) {
                        if (!isClosed()) {
                            e.printStackTrace();
                            Runtime.getRuntime().halt(1);
                        }
                    }
                },
                "receiver");
        thread.setDaemon(true);
        thread.start();
        started.await();
    }

    /** Whether an exception of a receiver means nothing. */
    protected abstract boolean isClosed();

    @Override
    public final int port() {
        return port;
    }

    @Override
    public final Report run(long nanos, long leastSteps) throws InterruptedException {
        long allocated = allocated();
        long count = served.get();
        long start = System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(nanos);
        long end = System.nanoTime();
        count = served.get() - count;
        double bytes = threads.isEmpty() ? Double.NaN : allocated() - allocated;
        return new Report(end - start, count, bytes, null);
    }

    private long allocated() {
        return threads.stream().mapToLong(Meter::allocatedBytes).sum();
    }
}
