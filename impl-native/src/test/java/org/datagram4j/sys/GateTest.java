package org.datagram4j.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class GateTest {
    private final AtomicInteger emptied = new AtomicInteger();
    private final Gate gate = new Gate(emptied::incrementAndGet);

    @Test
    void theLastOneOutEmptiesIt() {
        assertTrue(gate.enter());
        assertTrue(gate.enter());
        gate.shut();
        assertFalse(gate.enter());
        gate.leave();
        assertEquals(0, emptied.get());
        gate.leave();
        assertEquals(1, emptied.get());
    }

    @Test
    void anEmptyOneIsEmptiedByShutting() {
        gate.shut();
        gate.shut();
        assertEquals(1, emptied.get());
    }

    @RepeatedTest(200)
    void nobodyIsInsideWhenItIsEmptied() throws Exception {
        List<FutureTask<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            tasks.add(Lab.start(() -> {
                while (gate.enter()) {
                    assertEquals(0, emptied.get());
                    gate.leave();
                }
                return null;
            }));
        }
        Thread.onSpinWait();
        gate.shut();
        for (FutureTask<Void> task : tasks) {
            Lab.join(task);
        }
        assertEquals(1, emptied.get());
    }
}
