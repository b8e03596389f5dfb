package org.datagram4j;

import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Objects;

/**
 * The one checked error of datagram4j: a kind that is the same everywhere, and the system's own code where there is one.
 *
 * <p>Programming errors (null, negative, a source of another backend) are unchecked exceptions instead, thrown before
 * any system call. An operation that threw this has changed nothing unless its documentation says otherwise.
 */
public final class UdpException extends SocketException {
    private static final long serialVersionUID = 1L;

    /** What {@link #code()} returns where the system gave no number. */
    public static final int NO_CODE = 0;

    /** What went wrong. */
    private final ErrorKind kind;

    /** The system's own number for it. */
    private final int code;

    /** Which slot of a batch failed, or -1. */
    private final int slot;

    private final transient Truncation truncation;

    private record Truncation(InetSocketAddress sender, int deliveredBytes, int originalBytes) {}

    /**
     * An error without a code of the system.
     *
     * @param kind what went wrong
     * @param message what was asked, what the system said and what to do about it
     */
    public UdpException(ErrorKind kind, String message) {
        this(kind, NO_CODE, message, null);
    }

    /**
     * An error that the system reported.
     *
     * @param kind what went wrong
     * @param code errno or WSA code, or {@link #NO_CODE}
     * @param message what was asked, what the system said and what to do about it
     * @param cause the underlying exception, or null
     */
    public UdpException(ErrorKind kind, int code, String message, Throwable cause) {
        this(kind, code, message, cause, -1, null);
    }

    private UdpException(ErrorKind kind, int code, String message, Throwable cause, int slot, Truncation truncation) {
        super(message);
        this.kind = Objects.requireNonNull(kind, "kind");
        this.code = code;
        this.slot = slot;
        this.truncation = truncation;
        if (cause != null) {
            initCause(cause);
        }
    }

    /**
     * The error of a receive that {@link TruncationPolicy#ERROR} asks for.
     *
     * @param code 10040 (WSAEMSGSIZE) on Windows, the system's EMSGSIZE elsewhere
     * @param sender who sent the datagram
     * @param deliveredBytes how many bytes the buffer got
     * @param originalBytes how many were sent, or -1 where that is unknown
     * @return the exception, to be thrown
     */
    public static UdpException truncated(int code, InetSocketAddress sender, int deliveredBytes, int originalBytes) {
        String length = originalBytes < 0 ? "a longer datagram" : "a datagram of " + originalBytes + " bytes";
        return new UdpException(
                ErrorKind.MESSAGE_TRUNCATED,
                code,
                "received " + deliveredBytes + " bytes of " + length + " from " + sender
                        + ": offer a larger buffer, or choose TruncationPolicy.DISCARD",
                null,
                -1,
                new Truncation(sender, deliveredBytes, originalBytes));
    }

    /**
     * The same error, said of one slot of a batch.
     *
     * @param index the slot that failed, 0 or greater
     * @return a new exception with this one as its cause
     */
    public UdpException atSlot(int index) {
        return new UdpException(kind, code, "slot " + index + ": " + getMessage(), this, index, truncation);
    }

    /**
     * What went wrong.
     *
     * @return the kind, never null
     */
    public ErrorKind kind() {
        return kind;
    }

    /**
     * The system's own number for it.
     *
     * @return errno on Unix, the WSA code on Windows, {@link #NO_CODE} where the backend does not see one
     */
    public int code() {
        return code;
    }

    /**
     * Which slot of a batch failed.
     *
     * @return the slot's index, or -1 if this is not about a batch
     */
    public int slot() {
        return slot;
    }

    /**
     * Who sent the datagram that was truncated.
     *
     * @return the sender for {@link ErrorKind#MESSAGE_TRUNCATED}, otherwise null; also null after serialization
     */
    public InetSocketAddress sender() {
        return truncation == null ? null : truncation.sender;
    }

    /**
     * How many bytes of a truncated datagram the buffer got.
     *
     * @return the count for {@link ErrorKind#MESSAGE_TRUNCATED}, otherwise 0
     */
    public int deliveredBytes() {
        return truncation == null ? 0 : truncation.deliveredBytes;
    }

    /**
     * How long a truncated datagram was when it was sent.
     *
     * @return the length in bytes for {@link ErrorKind#MESSAGE_TRUNCATED}, or -1 where it is unknown
     */
    public int originalBytes() {
        return truncation == null ? -1 : truncation.originalBytes;
    }
}
