package org.datagram4j.sys.linux;

import java.util.HashMap;
import java.util.Map;
import org.datagram4j.ErrorKind;
import org.datagram4j.sys.contract.SystemError;

/** The error numbers of Linux that sockets and epoll know, {@code <errno.h>}, and what they mean to a user. */
enum Errno {
    EPERM(
            1,
            ErrorKind.PERMISSION_DENIED,
            "not permitted: a firewall, a missing privilege, or a handle that cannot be waited for"),
    ENOENT(2, ErrorKind.NOT_REGISTERED, "no such entry"),
    EINTR(4, ErrorKind.OTHER, "interrupted by a signal: try again"),
    EIO(5, ErrorKind.OTHER, "the device refuses: it may lack checksum offloading"),
    ENXIO(6, ErrorKind.NO_SUCH_DEVICE, "no such device"),
    EBADF(9, ErrorKind.CLOSED, "no open descriptor"),
    EAGAIN(11, ErrorKind.OTHER, "would block"),
    ENOMEM(12, ErrorKind.NO_BUFFER_SPACE, "the system is out of memory: try again later"),
    EACCES(
            13,
            ErrorKind.PERMISSION_DENIED,
            "not allowed: broadcast needs setBroadcast(true), a port below 1024 a privilege"),
    EFAULT(14, ErrorKind.OTHER, "bad address of memory"),
    EEXIST(17, ErrorKind.ALREADY_REGISTERED, "watched already"),
    ENODEV(19, ErrorKind.NO_SUCH_DEVICE, "no such network interface"),
    EINVAL(22, ErrorKind.INVALID_INPUT, "invalid argument"),
    ENFILE(23, ErrorKind.TOO_MANY_OPEN_FILES, "too many open files in the system"),
    EMFILE(24, ErrorKind.TOO_MANY_OPEN_FILES, "too many open files: close some, or raise the limit (ulimit -n)"),
    ENOSPC(28, ErrorKind.NO_BUFFER_SPACE, "no more descriptors can be watched (fs.epoll.max_user_watches)"),
    EPIPE(32, ErrorKind.OTHER, "shut down for sending"),
    ENOSYS(38, ErrorKind.NOT_SUPPORTED, "this kernel, or a filter on system calls, does not have the function"),
    ENOTSOCK(88, ErrorKind.INVALID_INPUT, "not a socket"),
    EDESTADDRREQ(89, ErrorKind.NOT_CONNECTED, "no destination: connect the socket, or name one with sendTo"),
    EMSGSIZE(90, ErrorKind.MESSAGE_TOO_LARGE, "longer than the protocol or the path allows: send less at a time"),
    EPROTOTYPE(91, ErrorKind.INVALID_INPUT, "wrong type of socket"),
    ENOPROTOOPT(92, ErrorKind.NOT_SUPPORTED, "no such option"),
    EPROTONOSUPPORT(93, ErrorKind.NOT_SUPPORTED, "no such protocol"),
    EOPNOTSUPP(95, ErrorKind.NOT_SUPPORTED, "not supported"),
    EAFNOSUPPORT(97, ErrorKind.WRONG_FAMILY, "this socket, or this system, lacks that IP version"),
    EADDRINUSE(98, ErrorKind.ADDRESS_IN_USE, "in use: choose another, or share it with UdpConfig.withReuseAddress"),
    EADDRNOTAVAIL(99, ErrorKind.ADDRESS_NOT_AVAILABLE, "not an address of this machine, or not joined"),
    ENETDOWN(100, ErrorKind.NETWORK_DOWN, "the network interface is down"),
    ENETUNREACH(101, ErrorKind.NETWORK_UNREACHABLE, "no route to the network"),
    ECONNABORTED(103, ErrorKind.OTHER, "aborted"),
    ECONNRESET(104, ErrorKind.CONNECTION_REFUSED, "nobody listens on that port"),
    ENOBUFS(105, ErrorKind.NO_BUFFER_SPACE, "the system is out of buffers: try again later"),
    EISCONN(106, ErrorKind.OTHER, "connected already"),
    ENOTCONN(107, ErrorKind.NOT_CONNECTED, "not connected: connect it first"),
    ETIMEDOUT(110, ErrorKind.HOST_UNREACHABLE, "no answer in time"),
    ECONNREFUSED(111, ErrorKind.CONNECTION_REFUSED, "nobody listens on that port"),
    EHOSTDOWN(112, ErrorKind.HOST_UNREACHABLE, "the host is down"),
    EHOSTUNREACH(113, ErrorKind.HOST_UNREACHABLE, "no answer from the host");

    private static final Map<Integer, SystemError> BY_CODE = new HashMap<>();

    static {
        for (Errno errno : values()) {
            BY_CODE.put(errno.code, new SystemError(errno.code, errno.name(), errno.kind, errno.text));
        }
    }

    /** The number. */
    final int code;

    private final ErrorKind kind;
    private final String text;

    Errno(int code, ErrorKind kind, String text) {
        this.code = code;
        this.kind = kind;
        this.text = text;
    }

    /** What a number means, known or not. */
    static SystemError describe(int code) {
        SystemError known = BY_CODE.get(code);
        return known != null ? known : new SystemError(code, "errno", ErrorKind.OTHER, "see 'man 3 errno'");
    }
}
