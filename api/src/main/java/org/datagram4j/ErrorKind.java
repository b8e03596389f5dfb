package org.datagram4j;

/**
 * What went wrong, named the same in every backend and on every system.
 *
 * <p>The names in parentheses are the error numbers of Linux and Windows that a kind stands for. Would-block is not
 * among them: it is a value ({@link UdpSocket#WOULD_BLOCK}), never an exception. New kinds may be added in minor
 * versions, so a {@code switch} over kinds needs a default.
 */
public enum ErrorKind {
    /** The local address is taken, or the group is joined already (EADDRINUSE, WSAEADDRINUSE). */
    ADDRESS_IN_USE,
    /** The local address is not this machine's, or the group was not joined (EADDRNOTAVAIL, WSAEADDRNOTAVAIL). */
    ADDRESS_NOT_AVAILABLE,
    /** An address of the other IP version than the socket can use (EAFNOSUPPORT, WSAEAFNOSUPPORT). */
    WRONG_FAMILY,
    /** The peer of a connected socket has no socket on that port (ECONNREFUSED; WSAECONNRESET on a receive). */
    CONNECTION_REFUSED,
    /** No route to the network (ENETUNREACH, WSAENETUNREACH; WSAENETRESET when a TTL ran out). */
    NETWORK_UNREACHABLE,
    /** No answer from the host (EHOSTUNREACH, WSAEHOSTUNREACH). */
    HOST_UNREACHABLE,
    /** The network interface is down (ENETDOWN, WSAENETDOWN). */
    NETWORK_DOWN,
    /** The datagram is longer than the protocol or the path allows (EMSGSIZE, WSAEMSGSIZE on a send). Nothing was sent. */
    MESSAGE_TOO_LARGE,
    /** The datagram did not fit the buffer, and the policy is {@link TruncationPolicy#ERROR} (WSAEMSGSIZE). */
    MESSAGE_TRUNCATED,
    /** A send without destination, or a question for the peer, on an unconnected socket (EDESTADDRREQ, ENOTCONN). */
    NOT_CONNECTED,
    /** The system forbids it: broadcast that was not enabled, a port below 1024, a firewall (EACCES, EPERM). */
    PERMISSION_DENIED,
    /** The system is out of buffer memory for now; not would-block, because no event will follow (ENOBUFS, ENOMEM). */
    NO_BUFFER_SPACE,
    /** The process or the system may not open more sockets (EMFILE, ENFILE, WSAEMFILE). */
    TOO_MANY_OPEN_FILES,
    /** There is no such network interface (ENODEV, ENXIO). */
    NO_SUCH_DEVICE,
    /** The system refused an argument that the checks before the call could not judge (EINVAL, WSAEINVAL). */
    INVALID_INPUT,
    /** The system does not have what was asked for (EOPNOTSUPP, ENOPROTOOPT). */
    NOT_SUPPORTED,
    /** The source is registered already, with this or another poll (mio: AlreadyExists). */
    ALREADY_REGISTERED,
    /** The source is not registered with this poll (mio: NotFound). */
    NOT_REGISTERED,
    /** The socket, poll or waker is closed, or its backend has stopped. */
    CLOSED,
    /** Anything else; the message and {@link UdpException#code()} say what the system reported. */
    OTHER
}
