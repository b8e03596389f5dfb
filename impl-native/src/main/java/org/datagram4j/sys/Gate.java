package org.datagram4j.sys;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts who is inside, so that what they use is freed by the last one out: never under anybody, and without waiting.
 * Once shut, nobody gets in any more.
 */
final class Gate {
    private static final int SHUT = Integer.MIN_VALUE;

    private final AtomicInteger state = new AtomicInteger();
    private final Runnable emptied;

    /**
     * Open, with nobody inside.
     *
     * @param emptied run once, by whoever is last: the one that shuts it or the one that leaves
     */
    Gate(Runnable emptied) {
        this.emptied = emptied;
    }

    /** Goes in; returns false if it is shut. */
    boolean enter() {
        int now;
        do {
            now = state.get();
            if (now < 0) {
                return false;
            }
        } while (!state.compareAndSet(now, now + 1));
        return true;
    }

    /** Comes out. */
    void leave() {
        if (state.decrementAndGet() == SHUT) {
            emptied.run();
        }
    }

    /** Lets nobody in from now on. */
    void shut() {
        if (state.getAndUpdate(now -> now | SHUT) == 0) {
            emptied.run();
        }
    }
}
