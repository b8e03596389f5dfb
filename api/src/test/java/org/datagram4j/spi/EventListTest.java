package org.datagram4j.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.datagram4j.Event;
import org.datagram4j.Token;
import org.junit.jupiter.api.Test;

class EventListTest {
    private final EventList events = new EventList(3, this);

    @Test
    void takesNoMoreThanItsCapacity() {
        assertTrue(events.add(new Token(1), EventList.READABLE));
        assertTrue(events.add(new Token(2), EventList.WRITABLE));
        assertTrue(events.add(new Token(3), EventList.ERROR));
        assertTrue(events.isFull());
        assertFalse(events.add(new Token(4), EventList.READABLE));
        assertEquals(3, events.size());
        assertThrows(IllegalArgumentException.class, () -> new EventList(0, this));
    }

    @Test
    void keepsEachBitApart() {
        events.add(new Token(1), EventList.READABLE | EventList.READ_CLOSED);
        events.add(new Token(2), EventList.WRITABLE | EventList.WRITE_CLOSED | EventList.ERROR);
        Event first = events.get(0);
        assertEquals(List.of(true, false, false, true, false), bits(first));
        assertEquals(List.of(false, true, true, false, true), bits(events.get(1)));
        assertThrows(IndexOutOfBoundsException.class, () -> events.get(2));
    }

    @Test
    void loopsMayBeNestedAndLeftEarly() {
        for (long i = 1; i <= 3; i++) {
            events.add(new Token(i), EventList.READABLE);
        }
        List<Long> seen = new ArrayList<>();
        for (Event outer : events) {
            for (Event inner : events) {
                seen.add(outer.token().value() * 10 + inner.token().value());
                if (inner.token().value() == 2) {
                    break;
                }
            }
        }
        assertEquals(List.of(11L, 12L, 21L, 22L, 31L, 32L), seen);
    }

    @Test
    void reusesTheIteratorOfALoopThatEnded() {
        events.add(new Token(1), EventList.READABLE);
        Iterator<Event> first = events.iterator();
        assertNotSame(first, events.iterator(), "while the first loop goes on");
        first.next();
        assertFalse(first.hasNext());
        assertThrows(NoSuchElementException.class, first::next);
        assertSame(first, events.iterator());
        events.clear();
        assertSame(first, events.iterator(), "after a loop that was left early");
        assertTrue(events.isEmpty());
    }

    private static List<Boolean> bits(Event event) {
        return List.of(
                event.isReadable(), event.isWritable(), event.isError(), event.isReadClosed(), event.isWriteClosed());
    }
}
