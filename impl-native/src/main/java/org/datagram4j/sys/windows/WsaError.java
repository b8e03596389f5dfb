package org.datagram4j.sys.windows;

import java.util.HashMap;
import java.util.Map;
import org.datagram4j.ErrorKind;
import org.datagram4j.sys.contract.SystemError;

/** The error numbers that sockets and waiting know, {@code <winerror.h>}, and what they mean to a user. */
enum WsaError {
    ERROR_ACCESS_DENIED(5, ErrorKind.PERMISSION_DENIED, "not permitted"),
    ERROR_INVALID_HANDLE(6, ErrorKind.CLOSED, "no open handle"),
    ERROR_NOT_ENOUGH_MEMORY(8, ErrorKind.NO_BUFFER_SPACE, "the system is out of memory: try again later"),
    ERROR_NOT_FOUND(1168, ErrorKind.NOT_REGISTERED, "no such entry"),
    WSAEACCES(10013, ErrorKind.PERMISSION_DENIED, "not allowed: broadcast needs setBroadcast(true)"),
    WSAEFAULT(10014, ErrorKind.OTHER, "bad address of memory"),
    WSAEINVAL(10022, ErrorKind.INVALID_INPUT, "invalid argument"),
    WSAEMFILE(10024, ErrorKind.TOO_MANY_OPEN_FILES, "too many sockets: close some"),
    WSAEWOULDBLOCK(10035, ErrorKind.OTHER, "would block"),
    WSAENOTSOCK(10038, ErrorKind.INVALID_INPUT, "not a socket, or closed by somebody else"),
    WSAEDESTADDRREQ(10039, ErrorKind.NOT_CONNECTED, "no destination: connect the socket, or name one with sendTo"),
    WSAEMSGSIZE(10040, ErrorKind.MESSAGE_TOO_LARGE, "longer than the protocol or the path allows: send less at a time"),
    WSAENOPROTOOPT(10042, ErrorKind.NOT_SUPPORTED, "no such option"),
    WSAEPROTONOSUPPORT(10043, ErrorKind.NOT_SUPPORTED, "no such protocol"),
    WSAEOPNOTSUPP(10045, ErrorKind.NOT_SUPPORTED, "not supported"),
    WSAEAFNOSUPPORT(10047, ErrorKind.WRONG_FAMILY, "this socket, or this system, lacks that IP version"),
    WSAEADDRINUSE(
            10048, ErrorKind.ADDRESS_IN_USE, "in use: choose another, or share it with UdpConfig.withReuseAddress"),
    WSAEADDRNOTAVAIL(10049, ErrorKind.ADDRESS_NOT_AVAILABLE, "not an address of this machine, or not joined"),
    WSAENETDOWN(10050, ErrorKind.NETWORK_DOWN, "the network is down"),
    WSAENETUNREACH(10051, ErrorKind.NETWORK_UNREACHABLE, "no route to the network"),
    WSAENETRESET(10052, ErrorKind.NETWORK_UNREACHABLE, "a datagram ran out of hops on its way"),
    WSAECONNRESET(10054, ErrorKind.CONNECTION_REFUSED, "nobody listens on that port"),
    WSAENOBUFS(10055, ErrorKind.NO_BUFFER_SPACE, "the system is out of buffers: try again later"),
    WSAENOTCONN(10057, ErrorKind.NOT_CONNECTED, "not connected: connect it first, or name a destination with sendTo"),
    WSAESHUTDOWN(10058, ErrorKind.OTHER, "shut down"),
    WSAETIMEDOUT(10060, ErrorKind.HOST_UNREACHABLE, "no answer in time"),
    WSAECONNREFUSED(10061, ErrorKind.CONNECTION_REFUSED, "nobody listens on that port"),
    WSAEHOSTDOWN(10064, ErrorKind.HOST_UNREACHABLE, "the host is down"),
    WSAEHOSTUNREACH(10065, ErrorKind.HOST_UNREACHABLE, "no route to the host");

    private static final Map<Integer, SystemError> BY_CODE = new HashMap<>();

    static {
        for (WsaError error : values()) {
            BY_CODE.put(error.code, new SystemError(error.code, error.name(), error.kind, error.text));
        }
    }

    /** The number. */
    final int code;

    private final ErrorKind kind;
    private final String text;

    WsaError(int code, ErrorKind kind, String text) {
        this.code = code;
        this.kind = kind;
        this.text = text;
    }

    /** What a number means, known or not. */
    static SystemError describe(int code) {
        SystemError known = BY_CODE.get(code);
        return known != null
                ? known
                : new SystemError(code, "error", ErrorKind.OTHER, "see 'net helpmsg " + code + "'");
    }
}
