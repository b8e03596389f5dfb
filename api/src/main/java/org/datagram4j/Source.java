package org.datagram4j;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Something that a {@link Poll} can watch. Sockets are sources; anyone may write another by delegating to one.
 *
 * <p>Applications call {@link Registry#register(Source, Token, Interest)} and its siblings, which call these methods. A
 * source that wraps another does whatever it needs and then calls the same method of the one it wraps; the checks for
 * strictness and ownership are made by the innermost (leaf) source, so delegation works at any depth. What an
 * implementation throws reaches the caller of the registry unchanged.
 *
 * <p>Mirrors mio's {@code event::Source}. This is a consumer type: it never gets another abstract method.
 */
@ConsumerType
public interface Source {
    /**
     * Starts watching; see {@link Registry#register(Source, Token, Interest)}.
     *
     * @param registry the registry to register with
     * @param token what events will carry
     * @param interest the directions to watch
     * @throws IOException what the registry documents, or the implementation's own
     */
    void register(Registry registry, Token token, Interest interest) throws IOException;

    /**
     * Replaces token and interest, and arms again; see {@link Registry#reregister(Source, Token, Interest)}.
     *
     * @param registry the registry it is registered with
     * @param token what events will carry from now on
     * @param interest the directions to watch from now on
     * @throws IOException what the registry documents, or the implementation's own
     */
    void reregister(Registry registry, Token token, Interest interest) throws IOException;

    /**
     * Stops watching; see {@link Registry#deregister(Source)}.
     *
     * @param registry the registry it is registered with
     * @throws IOException what the registry documents, or the implementation's own
     */
    void deregister(Registry registry) throws IOException;
}
