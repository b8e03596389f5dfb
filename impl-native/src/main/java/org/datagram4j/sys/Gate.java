package org.datagram4j.sys;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * Counts who is inside, so that what they use is freed by the last one out: never under anybody, and without waiting.
 * Once shut, nobody gets in any more.
 */
final class Gate {
    private static final AtomicIntegerFieldUpdater<Gate> INSIDE =
            AtomicIntegerFieldUpdater.newUpdater(Gate.class, "inside");
    private static final int SHUT = Integer.MIN_VALUE;

    private final Runnable emptied;
    private volatile int inside;

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
            now = inside;
            if (now < 0) {
                return false;
            }
        } while (!INSIDE.compareAndSet(this, now, now + 1));
        return true;
    }

    /** Comes out. */
    void leave() {
        if (INSIDE.decrementAndGet(this) == SHUT) {
            emptied.run();
        }
    }

    /** Lets nobody in from now on. */
    void shut() {
        if (INSIDE.getAndUpdate(this, now -> now | SHUT) == 0) {
            emptied.run();
        }
    }
}
