package org.datagram4j.conformance.mutant;

import java.nio.ByteBuffer;
import java.util.List;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.spi.ForwardingSocket;

/** Broken backends for the area RECV. */
final class RecvMutants {
    static final List<Mutant> ALL = List.of(Mutant.ofSockets(
            "WouldBlockMovesPosition",
            "UDP-RECV-01",
            "a receive that would block moves the position of the buffer",
            socket -> new ForwardingSocket(socket) {
                @Override
                public int recv(ByteBuffer buffer) throws UdpException {
                    int count = super.recv(buffer);
                    if (count == UdpSocket.WOULD_BLOCK && buffer.hasRemaining()) {
                        buffer.position(buffer.position() + 1);
                    }
                    return count;
                }
            }));

    private RecvMutants() {}
}
