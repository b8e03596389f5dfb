package org.datagram4j;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The reusable list that a poll fills. Made by {@link Poll#newEvents(int)}, used by one thread at a time.
 *
 * <p>Neither filling nor reading it allocates; a {@code for} loop over it reuses one iterator unless loops are nested.
 * Mirrors mio's {@code Events}.
 */
@ProviderType
public interface Events extends Iterable<Event> {
    /**
     * The most events one poll puts in.
     *
     * @return the capacity, 1 or greater
     */
    int capacity();

    /**
     * How many events the last poll put in.
     *
     * @return 0 to {@link #capacity()}
     */
    int size();

    /**
     * Whether the last poll found nothing.
     *
     * @return true if {@link #size()} is 0
     */
    boolean isEmpty();

    /**
     * One event.
     *
     * @param index 0 to {@code size() - 1}
     * @return the event, valid until the next poll
     * @throws IndexOutOfBoundsException if there is no such event
     */
    Event get(int index);

    /** Forgets all events, as every poll does when it starts. */
    void clear();
}
