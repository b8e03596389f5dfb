package org.datagram4j.spi;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * A few objects that are lent for the length of a call, for what is too large or too costly to have with every socket.
 * Safe for use by any thread, without locks; a call that finds nothing idle makes a new object, and what finds no place
 * when it comes back is left to the garbage collector.
 *
 * @param <T> what is lent
 */
public final class Pool<T> {
    private final AtomicReferenceArray<T> idle;
    private final Supplier<T> maker;

    /**
     * An empty pool.
     *
     * @param keeps how many it keeps at most, a power of two
     * @param maker makes one more
     * @throws IllegalArgumentException if not a power of two
     */
    public Pool(int keeps, Supplier<T> maker) {
        if (Integer.bitCount(keeps) != 1) {
            throw new IllegalArgumentException("the number kept must be a power of two, not " + keeps);
        }
        this.idle = new AtomicReferenceArray<>(keeps);
        this.maker = Objects.requireNonNull(maker, "maker");
    }

    /**
     * A pool that keeps as many as there can be threads inside a call at a time, or a little more.
     *
     * @param maker makes one more
     * @param <T> what is lent
     * @return an empty pool
     */
    public static <T> Pool<T> perProcessor(Supplier<T> maker) {
        int processors = Math.max(2, Runtime.getRuntime().availableProcessors());
        return new Pool<>(Integer.highestOneBit(4 * processors - 1), maker);
    }

    /**
     * Lends an object.
     *
     * @return one that nobody else has
     */
    public T borrow() {
        int first = start();
        int mask = idle.length() - 1;
        for (int i = 0; i <= mask; i++) {
            int place = first + i & mask;
            if (idle.getPlain(place) != null) {
                T found = idle.getAndSet(place, null);
                if (found != null) {
                    return found;
                }
            }
        }
        return maker.get();
    }

    /**
     * Takes an object back.
     *
     * @param lent what {@link #borrow()} returned; not to be used any more
     */
    public void giveBack(T lent) {
        int first = start();
        int mask = idle.length() - 1;
        for (int i = 0; i <= mask; i++) {
            int place = first + i & mask;
            if (idle.getPlain(place) == null && idle.compareAndSet(place, null, lent)) {
                return;
            }
        }
    }

    /** Each thread looks first where it looked before: there it finds what is still in its processor's cache. */
    private int start() {
        return System.identityHashCode(Thread.currentThread()) & idle.length() - 1;
    }
}
