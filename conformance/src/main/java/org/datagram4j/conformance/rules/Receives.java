package org.datagram4j.conformance.rules;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.datagram4j.DatagramInfo;
import org.datagram4j.ErrorKind;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.conformance.lab.Lab;

/** The six ways to receive or peek, made alike. */
enum Receives {
    RECV(false) {
        @Override
        Got once(UdpSocket socket, ByteBuffer buffer, DatagramInfo info) throws UdpException {
            return got(socket.recv(buffer), null, null);
        }
    },
    RECV_FROM(false) {
        @Override
        Got once(UdpSocket socket, ByteBuffer buffer, DatagramInfo info) throws UdpException {
            int start = buffer.position();
            InetSocketAddress sender = socket.recvFrom(buffer);
            return sender == null ? null : got(buffer.position() - start, sender, null);
        }
    },
    RECEIVE(false) {
        @Override
        Got once(UdpSocket socket, ByteBuffer buffer, DatagramInfo info) throws UdpException {
            int count = socket.receive(buffer, info);
            return got(count, info.sender(), info);
        }
    },
    PEEK(true) {
        @Override
        Got once(UdpSocket socket, ByteBuffer buffer, DatagramInfo info) throws UdpException {
            return got(socket.peek(buffer), null, null);
        }
    },
    PEEK_FROM(true) {
        @Override
        Got once(UdpSocket socket, ByteBuffer buffer, DatagramInfo info) throws UdpException {
            int start = buffer.position();
            InetSocketAddress sender = socket.peekFrom(buffer);
            return sender == null ? null : got(buffer.position() - start, sender, null);
        }
    },
    PEEK_INFO(true) {
        @Override
        Got once(UdpSocket socket, ByteBuffer buffer, DatagramInfo info) throws UdpException {
            int count = socket.peek(buffer, info);
            return got(count, info.sender(), info);
        }
    };

    /** Those that take the datagram. */
    static final List<Receives> TAKING = List.of(RECV, RECV_FROM, RECEIVE);

    /** Those that leave it queued. */
    static final List<Receives> PEEKING = List.of(PEEK, PEEK_FROM, PEEK_INFO);

    private final boolean peeks;

    Receives(boolean peeks) {
        this.peeks = peeks;
    }

    /** What came: the sender is null where the method hides it, the info where it has none. */
    record Got(int count, InetSocketAddress sender, DatagramInfo info) {}

    /** Whether the datagram stays queued. */
    boolean peeks() {
        return peeks;
    }

    /** Whether the method tells the sender. */
    boolean namesSender() {
        return this != RECV && this != PEEK;
    }

    /** Tries once; null if it would block. */
    abstract Got once(UdpSocket socket, ByteBuffer buffer, DatagramInfo info) throws UdpException;

    /** Waits for the next datagram. */
    Got next(Lab lab, UdpSocket socket, ByteBuffer buffer) throws IOException {
        return next(lab, socket, buffer, new DatagramInfo());
    }

    /** Waits for the next datagram, with an info of the caller's. */
    Got next(Lab lab, UdpSocket socket, ByteBuffer buffer, DatagramInfo info) throws IOException {
        Got[] got = new Got[1];
        lab.eventually("a datagram by " + this, () -> (got[0] = once(socket, buffer, info)) != null);
        return got[0];
    }

    /** Waits for the next datagram, which must be too long under ERROR. */
    UdpException nextTruncated(Lab lab, UdpSocket socket, ByteBuffer buffer, DatagramInfo info) {
        return Lab.expectError(ErrorKind.MESSAGE_TRUNCATED, () -> next(lab, socket, buffer, info));
    }

    private static Got got(int count, InetSocketAddress sender, DatagramInfo info) {
        return count == UdpSocket.WOULD_BLOCK ? null : new Got(count, sender, info);
    }
}
