package org.datagram4j.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.datagram4j.Event;
import org.datagram4j.Token;
import org.junit.jupiter.api.Test;

class SignalLineTest {
    private final AtomicInteger woken = new AtomicInteger();
    private final SignalLine line = new SignalLine(woken::incrementAndGet);

    private final class Numbered extends Signal {
        private final Token token;

        Numbered(long number) {
            super(line);
            token = new Token(number);
        }

        @Override
        protected void publish(EventList events) {
            events.add(token, EventList.READABLE);
        }
    }

    private List<Long> served(int capacity) {
        EventList events = new EventList(capacity, this);
        line.collect();
        line.serve(events);
        List<Long> tokens = new ArrayList<>();
        for (Event event : events) {
            tokens.add(event.token().value());
        }
        return tokens;
    }

    @Test
    void servesInOrderAndKeepsWhatDoesNotFit() {
        Numbered[] signals = {new Numbered(0), new Numbered(1), new Numbered(2)};
        signals[2].signal();
        signals[0].signal();
        signals[0].signal();
        signals[1].signal();
        assertEquals(3, woken.get(), "signals coalesce");
        assertFalse(line.isEmpty());
        assertEquals(List.of(2L, 0L), served(2));
        signals[2].signal();
        assertEquals(List.of(1L, 2L), served(2));
        assertTrue(line.isEmpty());
        assertEquals(List.of(), served(2));
    }
}
