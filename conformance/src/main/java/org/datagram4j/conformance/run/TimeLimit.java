package org.datagram4j.conformance.run;

import java.time.Duration;

/**
 * Gives an action some time, on a thread of its own.
 *
 * @param limit how long
 */
record TimeLimit(Duration limit) {
    /** What has to end in time. */
    interface Action {
        void run() throws Throwable;
    }

    /** The action was still busy; the stack is the action's. */
    static final class Exceeded extends Exception {
        private static final long serialVersionUID = 1L;

        Exceeded(String message, StackTraceElement[] where) {
            super(message);
            setStackTrace(where);
        }
    }

    /**
     * Runs an action.
     *
     * @param name for its thread
     * @param action what to run
     * @param cleanup run, on yet another thread, if the action is cut off; it may hang, too
     * @throws Exceeded if it did not end in time; it is interrupted and left to itself
     * @throws Throwable what the action throws
     */
    void run(String name, Action action, Runnable cleanup) throws Throwable {
        Throwable[] thrown = new Throwable[1];
        Thread thread = thread(name, () -> {
            try {
                action.run();
            } catch (Throwable e) {
                thrown[0] = e;
            }
        });
        thread.join(Math.max(1, limit.toMillis()));
        if (thread.isAlive()) {
            StackTraceElement[] where = thread.getStackTrace();
            thread.interrupt();
            thread(name + " cleanup", cleanup);
            throw new Exceeded(
                    "expected an end within " + limit.toMillis() + " ms, actual: still busy in "
                            + (where.length == 0 ? "nothing" : where[0]) + "; it was cut off",
                    where);
        }
        if (thrown[0] != null) {
            throw thrown[0];
        }
    }

    private static Thread thread(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true); // a backend that hangs must not keep the process
        thread.setUncaughtExceptionHandler((of, e) -> {}); // of a cleanup that comes too late to matter
        thread.start();
        return thread;
    }
}
