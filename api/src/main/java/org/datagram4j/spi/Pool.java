package org.datagram4j.spi;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A few objects that are lent for the length of a call, for what is too large or too costly to have with every socket.
 * Safe for use by any thread, without locks; a call that finds all of them lent makes one more, which is left to the
 * garbage collector when it comes back.
 *
 * @param <T> what is lent
 */
public final class Pool<T extends Pool.Item> {
    private final AtomicReferenceArray<T> items;
    private final Supplier<T> maker;

    /** What can be lent: it knows itself whether it is, so that it comes back without being put anywhere. */
    @ConsumerType
    public abstract static class Item {
        private static final AtomicIntegerFieldUpdater<Item> LENT =
                AtomicIntegerFieldUpdater.newUpdater(Item.class, "lent");

        /** 1 while it is lent; new ones are, to whoever makes them. */
        private volatile int lent = 1;

        /** Lent to whoever makes it. */
        protected Item() {}

        final boolean take() {
            return lent == 0 && LENT.compareAndSet(this, 0, 1);
        }
    }

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
        this.items = new AtomicReferenceArray<>(keeps);
        this.maker = Objects.requireNonNull(maker, "maker");
    }

    /**
     * A pool that keeps as many as there can be threads inside a call at a time, or a little more.
     *
     * @param maker makes one more
     * @param <T> what is lent
     * @return an empty pool
     */
    public static <T extends Item> Pool<T> perProcessor(Supplier<T> maker) {
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
        int mask = items.length() - 1;
        for (int i = 0; i <= mask; i++) {
            int place = first + i & mask;
            T found = items.getAcquire(place);
            if (found == null) {
                T made = maker.get();
                items.compareAndSet(place, null, made);
                return made;
            }
            if (found.take()) {
                return found;
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
        Item.LENT.lazySet(lent, 0);
    }

    /** Each thread looks first where it looked before: there it finds what is still in its processor's cache. */
    private int start() {
        return System.identityHashCode(Thread.currentThread()) & items.length() - 1;
    }
}
