package org.datagram4j;

import java.io.Closeable;
import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Waits until registered sources are ready. One thread polls at a time; the registry, wakers and {@link #close()} are
 * for any thread.
 *
 * <p>Readiness is reported as edges; the package documentation has the model. Mirrors mio's {@code Poll}. Rules:
 * UDP-READY, UDP-WAKE, UDP-CLOSE.
 */
@ProviderType
public interface Poll extends Closeable {
    /**
     * Where to register sources.
     *
     * @return the same registry each time; after {@link #close()} its methods throw {@link ErrorKind#CLOSED}
     */
    Registry registry();

    /**
     * Makes a list for this backend's polls.
     *
     * @param capacity the most events one poll will put in, 1 or greater
     * @return an empty list
     * @throws IllegalArgumentException if the capacity is less than 1
     */
    Events newEvents(int capacity);

    /**
     * Waits for events.
     *
     * <p>Clears {@code events}, then returns as soon as something is ready, the time is over, or the thread is
     * interrupted. An interrupt before or during the wait makes it return promptly with the interrupt status kept,
     * nothing closed and possibly no event. The timeout is never cut short otherwise: signals and the backend's own
     * wakeups are absorbed. If more is ready than {@code events} can hold, wakers included, the rest comes with the
     * next polls in rotation, so that nothing starves.
     *
     * <p>Unspecified: the order of events; whether one source that is ready in both directions comes as one event or
     * two; how much later than the timeout the call returns.
     *
     * @param events filled with at most its capacity; made by a poll of the same backend
     * @param timeout null waits without end, zero does not wait, anything else is rounded up to what the system can do
     *     and never ends early as judged by {@link System#nanoTime()}; any length is accepted
     * @return the number of events, {@code events.size()}
     * @throws UdpException {@link ErrorKind#CLOSED} if the poll is closed, also while waiting
     * @throws IllegalArgumentException if the timeout is negative or {@code events} is another backend's
     * @throws IllegalStateException if another thread is inside this method
     * @throws NullPointerException if {@code events} is null
     */
    int poll(Events events, Duration timeout) throws UdpException;

    /**
     * Whether it is open.
     *
     * @return false once {@link #close()} was called or the backend stopped
     */
    boolean isOpen();

    /**
     * Ends the poll. From any thread, idempotent, never throws: a thread inside {@link #poll} gets
     * {@link ErrorKind#CLOSED}; its sockets stay open, become unregistered, and may register elsewhere; its wakers do
     * nothing any more.
     */
    @Override
    void close();
}
