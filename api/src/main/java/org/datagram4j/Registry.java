package org.datagram4j;

import java.io.IOException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Where sources are registered with one {@link Poll}. May be shared by any number of threads, also while another thread
 * is inside {@link Poll#poll}: changes take effect for the wait that is going on.
 *
 * <p>The registry is strict. A socket belongs to its first poll until the socket or that poll is closed.
 *
 * <p>Mirrors mio's {@code Registry}, with the checks of its debug builds always on. Rules: UDP-REG, UDP-WAKE.
 */
@ProviderType
public interface Registry {
    /**
     * Starts watching a source. Registering arms it: what is ready now is reported by the next poll.
     *
     * @param source the source to watch
     * @param token what its events will carry
     * @param interest the directions to watch
     * @throws UdpException {@link ErrorKind#ALREADY_REGISTERED} if it is registered with this poll, or belongs to
     *     another; {@link ErrorKind#CLOSED} if source or poll are closed. The registration that exists is unchanged.
     * @throws IllegalArgumentException if the source belongs to another backend
     * @throws NullPointerException if an argument is null
     * @throws IOException what a custom source throws, unchanged
     */
    void register(Source source, Token token, Interest interest) throws IOException;

    /**
     * Replaces token and interest of a registered source and arms it again: what is ready now is reported by the next
     * poll, also when it was reported before. This is the sanctioned way to stop draining early.
     *
     * @param source the source, registered with this poll
     * @param token what its events will carry from now on
     * @param interest the directions to watch from now on
     * @throws UdpException {@link ErrorKind#NOT_REGISTERED} if it is not registered with this poll;
     *     {@link ErrorKind#CLOSED} if source or poll are closed
     * @throws IllegalArgumentException if the source belongs to another backend
     * @throws NullPointerException if an argument is null
     * @throws IOException what a custom source throws, unchanged
     */
    void reregister(Source source, Token token, Interest interest) throws IOException;

    /**
     * Stops watching a source. After this returned (happens-before), no later poll reports its token; an {@link Events}
     * that was filled already may still hold it. Nothing queued is lost, and registering again with the same poll works
     * at once.
     *
     * @param source the source, registered with this poll
     * @throws UdpException {@link ErrorKind#NOT_REGISTERED} if it is not registered with this poll;
     *     {@link ErrorKind#CLOSED} if source or poll are closed
     * @throws IllegalArgumentException if the source belongs to another backend
     * @throws NullPointerException if the source is null
     * @throws IOException what a custom source throws, unchanged
     */
    void deregister(Source source) throws IOException;

    /**
     * Makes a waker for this poll. A poll may have any number of them, with equal or different tokens (mio: one).
     *
     * @param token what the waker's event carries; the event is readable
     * @return the waker, open
     * @throws UdpException {@link ErrorKind#CLOSED} if the poll is closed
     * @throws NullPointerException if the token is null
     */
    Waker newWaker(Token token) throws UdpException;
}
