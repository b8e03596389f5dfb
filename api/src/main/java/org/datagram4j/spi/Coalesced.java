package org.datagram4j.spi;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An action that follows the state of something: it runs after every change, one run at a time, by whichever thread came
 * first; who comes meanwhile makes it run once more, and does not wait. So no lock is held while it calls others, and it
 * may be asked for by what it calls.
 */
public final class Coalesced {
    private final Runnable action;
    private final AtomicInteger asked = new AtomicInteger();

    /**
     * An action that has not run yet.
     *
     * @param action looks at the state and acts accordingly
     */
    public Coalesced(Runnable action) {
        this.action = Objects.requireNonNull(action, "action");
    }

    /** Has the action run, after this was called: in this thread, or in the one where it is running now. */
    public void run() {
        if (asked.getAndIncrement() > 0) {
            return;
        }
        int seen;
        do {
            seen = asked.get();
            try {
                action.run();
            } catch (RuntimeException | Error e) {
                asked.set(0);
                throw e;
            }
        } while (!asked.compareAndSet(seen, 0));
    }
}
