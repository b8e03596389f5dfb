package org.datagram4j.conformance.lab;

import java.io.IOException;
import java.net.InetSocketAddress;

/** The other end of a traffic rule: plain JDK sockets, or a socket of the backend itself in a {@code self} variant. */
public interface Peer extends AutoCloseable {
    /**
     * Where it is bound.
     *
     * @return its local address
     */
    InetSocketAddress address();

    /**
     * Sends a datagram.
     *
     * @param payload its bytes
     * @param to whom
     * @throws IOException if it cannot
     */
    void send(byte[] payload, InetSocketAddress to) throws IOException;

    /**
     * Waits for a datagram.
     *
     * @return the next datagram
     * @throws IOException if it cannot
     * @throws AssertionError if none comes within the limit
     */
    Message receive() throws IOException;

    @Override
    void close();
}
