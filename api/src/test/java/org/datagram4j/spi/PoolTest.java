package org.datagram4j.spi;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class PoolTest {
    private static final class Thing extends Pool.Item {}

    private final Pool<Thing> pool = new Pool<>(2, Thing::new);

    @Test
    void whatComesBackIsLentAgain() {
        Thing first = pool.borrow();
        Thing second = pool.borrow();
        assertNotSame(first, second);
        pool.giveBack(first);
        assertSame(first, pool.borrow());
        assertNotSame(second, pool.borrow());
    }

    @Test
    void moreThanItKeepsIsLetGo() {
        Thing[] lent = {pool.borrow(), pool.borrow(), pool.borrow()};
        for (Thing one : lent) {
            pool.giveBack(one);
        }
        pool.borrow();
        pool.borrow();
        Thing third = pool.borrow();
        for (Thing one : lent) {
            assertNotSame(one, third);
        }
    }

    @Test
    void wantsAPowerOfTwo() {
        assertThrows(IllegalArgumentException.class, () -> new Pool<>(3, Thing::new));
    }
}
