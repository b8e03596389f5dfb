package org.datagram4j.sys.linux;

import org.datagram4j.sys.linkage.Memory;

/**
 * The queue of errors that IP_RECVERR asks for, {@code <linux/errqueue.h>}. Taking an entry has the kernel report the
 * next one as the socket's pending error.
 *
 * <pre>{@code
 * struct sock_extended_err {
 *     uint32_t ee_errno;
 *     uint8_t  ee_origin, ee_type, ee_code, ee_pad;
 *     uint32_t ee_info, ee_data;
 * };
 * }</pre>
 */
final class ErrorQueue {
    static final int ERRNO = 0;

    // Where things are in the memory of a control call; the message header comes first.
    private static final int CONTROL = 128;
    private static final int CONTROL_SIZE = 256;

    private final LinuxSystem system;

    ErrorQueue(LinuxSystem system) {
        this.system = system;
    }

    /**
     * The code of the oldest entry, which is taken out, or {@link LinuxSystem#WOULD_BLOCK}; also where a queue cannot be
     * read at all: whoever empties it would never be done.
     */
    int take(int fd) {
        Memory m = system.borrow();
        try {
            for (int i = 0; i < MessageLayout.MESSAGE_SIZE; i += 8) {
                m.bytes.putLong(i, 0);
            }
            m.bytes.putLong(MessageLayout.CONTROL, m.address + CONTROL);
            m.bytes.putLong(MessageLayout.CONTROL_LENGTH, CONTROL_SIZE);
            long result =
                    system.calls().recvmsg(fd, m.address, SocketConstants.MSG_ERRQUEUE | SocketConstants.MSG_DONTWAIT);
            return result < 0 ? LinuxSystem.WOULD_BLOCK : read(m);
        } finally {
            system.giveBack(m);
        }
    }

    private static int read(Memory m) {
        int length = (int) m.bytes.getLong(MessageLayout.CONTROL_LENGTH);
        int at = CONTROL;
        int end = CONTROL + Math.min(length, CONTROL_SIZE);
        while (end - at >= MessageLayout.CONTROL_HEADER + 4) {
            int size = (int) m.bytes.getLong(at + MessageLayout.CONTROL_BYTES);
            int level = m.bytes.getInt(at + MessageLayout.CONTROL_LEVEL);
            int type = m.bytes.getInt(at + MessageLayout.CONTROL_TYPE);
            if (level == SocketConstants.IPPROTO_IP && type == SocketConstants.IP_RECVERR
                    || level == SocketConstants.IPPROTO_IPV6 && type == SocketConstants.IPV6_RECVERR) {
                return m.bytes.getInt(at + MessageLayout.CONTROL_HEADER + ERRNO);
            }
            if (size < MessageLayout.CONTROL_HEADER) {
                break;
            }
            at += MessageLayout.controlSpace(size - MessageLayout.CONTROL_HEADER);
        }
        return Errno.EIO.code; // an entry that does not say
    }
}
