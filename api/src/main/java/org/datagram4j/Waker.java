package org.datagram4j;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Makes a {@link Poll} return, from any thread.
 *
 * <p>Wakes coalesce: any number of them before a poll gives one readable event with the waker's token. None is lost: a
 * wake before the poll, or racing with the start of its wait, is seen by it; a wake after the event was returned gives
 * another event. What a thread did before {@code wake()} is visible to the poll that reports it (happens-before).
 *
 * <p>Mirrors mio's {@code Waker}. Rules: UDP-WAKE.
 */
@ProviderType
public interface Waker extends AutoCloseable {
    /** Makes the poll return an event with this waker's token. Never blocks; does nothing once waker or poll are closed. */
    void wake();

    /** Ends the waker: wakes not reported yet are dropped. Idempotent, from any thread, never throws. */
    @Override
    void close();
}
