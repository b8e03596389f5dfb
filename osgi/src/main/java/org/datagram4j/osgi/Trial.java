package org.datagram4j.osgi;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.Set;
import org.datagram4j.ErrorKind;
import org.datagram4j.Interest;
import org.datagram4j.Poll;
import org.datagram4j.Token;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;

/** Finds out whether a backend works at all, before anybody is told to rely on it. */
final class Trial {
    /** What says nothing about the backend: the machine is short of something, or the backend is leaving. */
    private static final Set<ErrorKind> NOT_ITS_FAULT = EnumSet.of(
            ErrorKind.TOO_MANY_OPEN_FILES,
            ErrorKind.NO_BUFFER_SPACE,
            ErrorKind.PERMISSION_DENIED,
            ErrorKind.ADDRESS_NOT_AVAILABLE,
            ErrorKind.WRONG_FAMILY,
            ErrorKind.CLOSED);

    private Trial() {}

    /** Opens a socket on loopback and registers it with a poll; returns what is wrong, or null. */
    static String of(UdpBackend backend) {
        try (Poll poll = backend.openPoll();
                UdpSocket socket = backend.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            poll.registry().register(socket, new Token(0), Interest.READABLE);
            return null;
        } catch (UdpException e) {
            return NOT_ITS_FAULT.contains(e.kind()) ? null : failed(e);
        } catch (Exception | LinkageError e) {
            return failed(e);
        }
    }

    private static String failed(Throwable e) {
        return "it could not open a socket on loopback: " + e;
    }
}
