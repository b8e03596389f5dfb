package org.datagram4j.conformance.lab;

import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/** A thread of a rule: a daemon that is waited for with a limit, and whose failure reaches the rule. */
public final class Worker implements AutoCloseable {
    private static final long SETTLED_NANOS = 3_000_000;
    private static final int LOOKS = 100;

    private final Lab lab;
    private final Thread thread;
    private volatile Throwable failure;

    Worker(Lab lab, String name, Lab.Action action) {
        this.lab = lab;
        this.thread = new Thread(() -> run(action), name);
        thread.setDaemon(true);
        thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        thread.start();
    }

    private void run(Lab.Action action) {
        try {
            action.run();
        } catch (Throwable e) {
            failure = e;
        }
    }

    /** Interrupts it. */
    public void interrupt() {
        thread.interrupt();
    }

    /**
     * Lets it come to a wait, most probably: until its stack stays the same for some milliseconds. A rule must hold
     * whether it has or not.
     */
    public void settle() {
        StackTraceElement[] before = thread.getStackTrace();
        for (int i = 0; i < LOOKS && thread.isAlive(); i++) {
            LockSupport.parkNanos(SETTLED_NANOS);
            StackTraceElement[] now = thread.getStackTrace();
            if (now.length > 0 && Arrays.equals(before, now)) { // it has none before it runs
                return;
            }
            before = now;
        }
    }

    /**
     * Waits for its end.
     *
     * @throws AssertionError if it does not end within {@link Lab#patience()}, or ended with an error: that one
     */
    public void join() {
        try {
            thread.join(lab.patience().toMillis());
        } catch (InterruptedException e) {
            throw new AssertionError("the rule was interrupted while it waited for " + thread.getName(), e);
        }
        if (thread.isAlive()) {
            StackTraceElement[] where = thread.getStackTrace();
            throw new AssertionError("expected an end of the thread '" + thread.getName() + "' within "
                    + lab.patience().toMillis() + " ms, actual: still in "
                    + (where.length == 0 ? "nothing" : where[0]));
        }
        if (failure instanceof AssertionError ours) {
            throw ours;
        }
        if (failure != null) {
            throw new AssertionError(
                    "expected no error in the thread '" + thread.getName() + "', actual: " + failure, failure);
        }
    }

    /** Interrupts it, in case it is still there. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
