package org.datagram4j.sys;

import java.util.concurrent.locks.LockSupport;
import org.datagram4j.sys.contract.SystemPoll;

/**
 * Waits on behalf of virtual threads. A native call holds the thread that carries a virtual one, and with it everybody
 * else who wants to run there, perhaps the one who would end the wait; so a platform thread makes the call, and the
 * virtual thread parks. The platform thread is started when it is first needed, and ends when it was not needed for a
 * while.
 *
 * <p>One virtual thread at a time.
 */
final class WaitingThread {
    private static final long IDLE_NANOS = 5_000_000_000L;

    private final SystemPoll system;
    private final String name;

    // One request at a time: written by the requester, then by the thread that serves it.
    private long nanos;
    private int result;
    private Throwable failure;
    private Thread requester;
    private volatile boolean requested;

    /** The thread that serves, or null. Guarded by this while it changes. */
    private volatile Thread server;

    WaitingThread(SystemPoll system, String name) {
        this.system = system;
        this.name = name;
    }

    /** As {@link SystemPoll#await}; an interrupt ends it, and stays pending. */
    int await(long nanosToWait) {
        nanos = nanosToWait;
        failure = null;
        requester = Thread.currentThread();
        requested = true;
        LockSupport.unpark(serving());
        boolean interrupted = false;
        while (requested) {
            LockSupport.park(this);
            if (Thread.interrupted()) {
                interrupted = true;
                system.wakeUp();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw new IllegalStateException("waiting on behalf of a virtual thread failed", failure);
        }
        return result;
    }

    private synchronized Thread serving() {
        if (server == null) {
            server = new Thread(this::serve, name);
            server.setDaemon(true);
            server.start();
        }
        return server;
    }

    private void serve() {
        long idleSince = System.nanoTime();
        while (true) {
            if (requested) {
                try {
                    result = system.await(nanos);
                } catch (RuntimeException | Error e) {
                    failure = e; // the virtual thread must not park for ever
                }
                Thread served = requester;
                requester = null;
                requested = false;
                LockSupport.unpark(served);
                idleSince = System.nanoTime();
            } else if (System.nanoTime() - idleSince < IDLE_NANOS) {
                LockSupport.parkNanos(this, IDLE_NANOS);
            } else if (retire()) {
                return;
            }
        }
    }

    /** Ends, unless there is a request by now. */
    private synchronized boolean retire() {
        if (requested) {
            return false;
        }
        server = null;
        return true;
    }
}
