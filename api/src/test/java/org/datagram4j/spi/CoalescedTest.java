package org.datagram4j.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CoalescedTest {
    @Test
    void whatIsAskedForDuringARunComesAfterIt() {
        AtomicReference<Coalesced> action = new AtomicReference<>();
        List<String> done = new ArrayList<>();
        action.set(new Coalesced(() -> {
            done.add("begin");
            if (done.size() == 1) {
                action.get().run();
                action.get().run();
            }
            done.add("end");
        }));
        action.get().run();

        assertEquals(List.of("begin", "end", "begin", "end"), done);
    }

    @Test
    void manyThreadsRunItOneAtATimeAndItSeesTheLastChange() throws InterruptedException {
        AtomicInteger state = new AtomicInteger();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger seen = new AtomicInteger();
        Coalesced action = new Coalesced(() -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            seen.set(state.get());
            inside.decrementAndGet();
        });
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> {
                for (int change = 0; change < 1_000; change++) {
                    state.incrementAndGet();
                    action.run();
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertEquals(4_000, seen.get());
        assertEquals(1, most.get());
    }

    @Test
    void aFailureDoesNotKeepLaterRunsAway() {
        AtomicInteger runs = new AtomicInteger();
        Coalesced action = new Coalesced(() -> {
            if (runs.incrementAndGet() == 1) {
                throw new IllegalStateException("the first");
            }
        });

        assertThrows(IllegalStateException.class, action::run);
        action.run();
        assertEquals(2, runs.get());
    }
}
