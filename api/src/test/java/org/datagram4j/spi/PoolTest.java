package org.datagram4j.spi;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class PoolTest {
    private final Pool<Object> pool = new Pool<>(2, Object::new);

    @Test
    void whatComesBackIsLentAgain() {
        Object first = pool.borrow();
        Object second = pool.borrow();
        assertNotSame(first, second);
        pool.giveBack(first);
        assertSame(first, pool.borrow());
        assertNotSame(second, pool.borrow());
    }

    @Test
    void moreThanItKeepsIsLetGo() {
        Object[] lent = {pool.borrow(), pool.borrow(), pool.borrow()};
        for (Object one : lent) {
            pool.giveBack(one);
        }
        pool.borrow();
        pool.borrow();
        Object third = pool.borrow();
        for (Object one : lent) {
            assertNotSame(one, third);
        }
    }

    @Test
    void wantsAPowerOfTwo() {
        assertThrows(IllegalArgumentException.class, () -> new Pool<>(3, Object::new));
    }
}
