package org.datagram4j.sys;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.datagram4j.ErrorKind;
import org.datagram4j.UdpException;

/**
 * The registrations of one poll, by ids that are never used again: the place in a table in the lower bits, a serial
 * number above. What the system says about an id that has gone finds nothing, whatever its handle is now.
 *
 * <p>The polling thread looks up without locking; others add and remove.
 */
final class Registrations {
    private static final int PLACE_BITS = 20;
    private static final int MOST = 1 << PLACE_BITS;

    private volatile AtomicReferenceArray<Registration> table = new AtomicReferenceArray<>(16);

    // Guarded by this; held for moments, never around a call that waits.
    private int[] free = new int[16];
    private int freeCount;
    private int used;
    private long serial;

    /** Gives a registration its id. */
    synchronized void add(Registration registration) throws UdpException {
        int place = freeCount > 0 ? free[--freeCount] : used++;
        if (place == MOST) {
            used--;
            throw new UdpException(ErrorKind.NO_BUFFER_SPACE, "a poll watches at most " + MOST + " sources");
        }
        if (place >= table.length()) {
            grow();
        }
        serial++;
        registration.id = serial << PLACE_BITS | place;
        table.set(place, registration);
    }

    synchronized void remove(Registration registration) {
        int place = place(registration.id);
        if (table.get(place) != registration) {
            return;
        }
        table.set(place, null);
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, 2 * freeCount);
        }
        free[freeCount++] = place;
    }

    /** The registration with an id, or null. */
    Registration get(long id) {
        AtomicReferenceArray<Registration> now = table;
        int place = place(id);
        Registration found = place < now.length() ? now.get(place) : null;
        return found != null && found.id == id ? found : null;
    }

    private static int place(long id) {
        return (int) id & MOST - 1;
    }

    private void grow() {
        AtomicReferenceArray<Registration> larger = new AtomicReferenceArray<>(2 * table.length());
        for (int i = 0; i < table.length(); i++) {
            larger.set(i, table.get(i));
        }
        table = larger;
    }
}
