package org.datagram4j;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/** A caller's own operation on a socket's handle, for {@link UdpSocket#tryIo(Interest, IoOperation)}. */
@ConsumerType
@FunctionalInterface
public interface IoOperation {
    /**
     * Tries once, without blocking.
     *
     * @return {@link UdpSocket#WOULD_BLOCK} if the system said it would block, otherwise any other number
     * @throws IOException what the operation met, passed on unchanged
     */
    int run() throws IOException;
}
