package org.datagram4j;

import org.osgi.annotation.versioning.ProviderType;

/**
 * One source's readiness, as found by a poll. Valid until the next poll with the same {@link Events}: the object is
 * reused, so keep its values, not the event.
 *
 * <p>Only {@link #isReadable()} and {@link #isWritable()} are portable. Readiness is a hint: an operation after a
 * spurious event simply would block. Rules: UDP-READY.
 */
@ProviderType
public interface Event {
    /**
     * Which registration became ready.
     *
     * @return a token equal to the one given at registration
     */
    Token token();

    /**
     * Whether to receive: a datagram or an error is waiting.
     *
     * @return true if the direction is registered and ready, and for every waker's event
     */
    boolean isReadable();

    /**
     * Whether to send: a send that would have blocked may succeed, or an error is waiting.
     *
     * @return true if the direction is registered and ready
     */
    boolean isWritable();

    /**
     * Whether an error is pending. The directions registered are ready as well then, so that a loop that looks at
     * {@link #isReadable()} alone sees the error from its receive.
     *
     * @return true if an error is known to be pending; a backend without {@link Capability#ERROR_READINESS} may always
     *     say false
     */
    boolean isError();

    /**
     * Whether no more can be received. A hint; UDP sockets have no such state on most systems.
     *
     * @return true if the system said so
     */
    boolean isReadClosed();

    /**
     * Whether no more can be sent. A hint; UDP sockets have no such state on most systems.
     *
     * @return true if the system said so
     */
    boolean isWriteClosed();
}
