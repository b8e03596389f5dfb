package org.datagram4j.adapters.netty;

import io.netty.channel.unix.Errors.NativeIoException;
import java.net.BindException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.datagram4j.ErrorKind;
import org.datagram4j.UdpException;

/** What Netty throws, in the words of the contract: by the system's number where Netty passes it on. */
final class Failures {
    /** Linux's numbers (errno.h). */
    private static final Map<Integer, ErrorKind> NUMBERS = Map.ofEntries(
            Map.entry(1, ErrorKind.PERMISSION_DENIED), // EPERM
            Map.entry(9, ErrorKind.CLOSED), // EBADF
            Map.entry(13, ErrorKind.PERMISSION_DENIED), // EACCES
            Map.entry(19, ErrorKind.NO_SUCH_DEVICE), // ENODEV
            Map.entry(22, ErrorKind.INVALID_INPUT), // EINVAL
            Map.entry(24, ErrorKind.TOO_MANY_OPEN_FILES), // EMFILE
            Map.entry(89, ErrorKind.NOT_CONNECTED), // EDESTADDRREQ
            Map.entry(90, ErrorKind.MESSAGE_TOO_LARGE), // EMSGSIZE
            Map.entry(97, ErrorKind.WRONG_FAMILY), // EAFNOSUPPORT
            Map.entry(98, ErrorKind.ADDRESS_IN_USE), // EADDRINUSE
            Map.entry(99, ErrorKind.ADDRESS_NOT_AVAILABLE), // EADDRNOTAVAIL
            Map.entry(100, ErrorKind.NETWORK_DOWN), // ENETDOWN
            Map.entry(101, ErrorKind.NETWORK_UNREACHABLE), // ENETUNREACH
            Map.entry(105, ErrorKind.NO_BUFFER_SPACE), // ENOBUFS
            Map.entry(107, ErrorKind.NOT_CONNECTED), // ENOTCONN
            Map.entry(111, ErrorKind.CONNECTION_REFUSED), // ECONNREFUSED
            Map.entry(113, ErrorKind.HOST_UNREACHABLE)); // EHOSTUNREACH

    /** The system's words, for what comes without a number. */
    private static final List<Map.Entry<String, ErrorKind>> WORDS = List.of(
            Map.entry("address already in use", ErrorKind.ADDRESS_IN_USE),
            Map.entry("cannot assign requested address", ErrorKind.ADDRESS_NOT_AVAILABLE),
            Map.entry("permission denied", ErrorKind.PERMISSION_DENIED),
            Map.entry("operation not permitted", ErrorKind.PERMISSION_DENIED),
            Map.entry("message too long", ErrorKind.MESSAGE_TOO_LARGE),
            Map.entry("network is unreachable", ErrorKind.NETWORK_UNREACHABLE),
            Map.entry("no route to host", ErrorKind.HOST_UNREACHABLE),
            Map.entry("connection refused", ErrorKind.CONNECTION_REFUSED),
            Map.entry("no buffer space", ErrorKind.NO_BUFFER_SPACE),
            Map.entry("too many open files", ErrorKind.TOO_MANY_OPEN_FILES),
            Map.entry("no such device", ErrorKind.NO_SUCH_DEVICE),
            Map.entry("network interface cannot be identified", ErrorKind.NO_SUCH_DEVICE),
            Map.entry("address family not supported", ErrorKind.WRONG_FAMILY),
            Map.entry("invalid argument", ErrorKind.INVALID_INPUT),
            Map.entry("destination address required", ErrorKind.NOT_CONNECTED),
            Map.entry("bad file descriptor", ErrorKind.CLOSED),
            Map.entry("socket closed", ErrorKind.CLOSED));

    private Failures() {}

    /**
     * A failure, as an exception to be thrown. Errors, and what the caller did wrong, are thrown as they are.
     *
     * @param doing what was being done: a phrase or the object itself
     * @param thrown what Netty threw
     */
    static UdpException translate(Object doing, Throwable thrown) {
        if (thrown instanceof UdpException known) {
            return known;
        }
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof IllegalArgumentException mistake
                && !(thrown instanceof UnsupportedAddressTypeException)) {
            throw mistake;
        }
        if (thrown instanceof UnsupportedOperationException mistake) {
            throw mistake;
        }
        String said = thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage();
        return new UdpException(kind(thrown), code(thrown), doing + ": " + said, thrown);
    }

    private static int code(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof NativeIoException told) {
                return -told.expectedErr();
            }
        }
        return UdpException.NO_CODE;
    }

    private static ErrorKind kind(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            ErrorKind kind = kindOfOne(cause);
            if (kind != null) {
                return kind;
            }
        }
        return thrown instanceof BindException ? ErrorKind.PERMISSION_DENIED : ErrorKind.OTHER;
    }

    private static ErrorKind kindOfOne(Throwable thrown) {
        if (thrown instanceof NativeIoException told && NUMBERS.containsKey(-told.expectedErr())) {
            return NUMBERS.get(-told.expectedErr());
        } else if (thrown instanceof ClosedChannelException) {
            return ErrorKind.CLOSED;
        } else if (thrown instanceof PortUnreachableException) {
            return ErrorKind.CONNECTION_REFUSED;
        } else if (thrown instanceof NoRouteToHostException) {
            return ErrorKind.HOST_UNREACHABLE;
        } else if (thrown instanceof NotYetConnectedException) {
            return ErrorKind.NOT_CONNECTED;
        } else if (thrown instanceof UnsupportedAddressTypeException) {
            return ErrorKind.WRONG_FAMILY;
        }
        String said = String.valueOf(thrown.getMessage()).toLowerCase(Locale.ROOT);
        for (Map.Entry<String, ErrorKind> words : WORDS) {
            if (said.contains(words.getKey())) {
                return words.getValue();
            }
        }
        return null;
    }
}
