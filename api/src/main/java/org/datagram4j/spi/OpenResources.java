package org.datagram4j.spi;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.datagram4j.ErrorKind;
import org.datagram4j.UdpException;

/**
 * What a backend has open, so that all of it can be closed when the backend stops. Safe for use by any thread.
 *
 * <p>Something added while {@link #closeAll()} runs is refused or closed by it, never left over.
 */
public final class OpenResources {
    private final String owner;
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    /**
     * Nothing open yet.
     *
     * @param owner the backend's name, for the message
     */
    public OpenResources(String owner) {
        this.owner = owner;
    }

    /**
     * Refuses when the backend has stopped.
     *
     * @throws UdpException {@link ErrorKind#CLOSED}
     */
    public void requireRunning() throws UdpException {
        if (stopped) {
            throw new UdpException(
                    ErrorKind.CLOSED, "the backend '" + owner + "' has stopped: look for the next best service");
        }
    }

    /**
     * Remembers something that was opened; closes it instead if the backend has stopped meanwhile.
     *
     * @param resource whose {@code close()} throws nothing and calls {@link #remove}
     * @param <T> its type
     * @return the same
     * @throws UdpException {@link ErrorKind#CLOSED}
     */
    public <T extends Closeable> T add(T resource) throws UdpException {
        open.add(resource);
        if (stopped) {
            close(resource);
            requireRunning();
        }
        return resource;
    }

    /**
     * Forgets something that was closed.
     *
     * @param resource what was added
     */
    public void remove(Closeable resource) {
        open.remove(resource);
    }

    /**
     * What is open now.
     *
     * @return a copy
     */
    public List<Closeable> all() {
        return List.copyOf(open);
    }

    /** Closes everything, and refuses whatever comes later. Idempotent. */
    public void closeAll() {
        stopped = true;
        new ArrayList<>(open).forEach(OpenResources::close);
    }

    private static void close(Closeable resource) {
        try {
            resource.close();
        } catch (java.io.IOException e) {
            throw new AssertionError("sockets and polls do not throw when they are closed", e);
        }
    }
}
