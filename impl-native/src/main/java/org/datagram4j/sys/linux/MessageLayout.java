package org.datagram4j.sys.linux;

/**
 * Messages, {@code <sys/socket.h>} and {@code <sys/uio.h>}, where pointers and sizes have 8 bytes.
 *
 * <pre>{@code
 * struct msghdr {                      struct mmsghdr {
 *     void         *msg_name;              struct msghdr msg_hdr;
 *     socklen_t     msg_namelen;           unsigned int  msg_len;
 *     struct iovec *msg_iov;           };
 *     size_t        msg_iovlen;        struct iovec {
 *     void         *msg_control;           void  *iov_base;
 *     size_t        msg_controllen;        size_t iov_len;
 *     int           msg_flags;         };
 * };                                   struct cmsghdr {
 *                                          size_t cmsg_len;
 *                                          int    cmsg_level;
 *                                          int    cmsg_type;
 *                                      };
 * }</pre>
 */
final class MessageLayout {
    static final int NAME = 0;
    static final int NAME_LENGTH = 8;
    static final int IOV = 16;
    static final int IOV_LENGTH = 24;
    static final int CONTROL = 32;
    static final int CONTROL_LENGTH = 40;
    static final int FLAGS = 48;
    static final int MESSAGE_SIZE = 56;

    static final int MULTI_LENGTH = 56;
    static final int MULTI_SIZE = 64;

    static final int IOV_BASE = 0;
    static final int IOV_BYTES = 8;
    static final int IOV_SIZE = 16;

    static final int CONTROL_BYTES = 0;
    static final int CONTROL_LEVEL = 8;
    static final int CONTROL_TYPE = 12;
    static final int CONTROL_HEADER = 16;

    private MessageLayout() {}

    /** {@code CMSG_SPACE(length)}: what a control message takes, up to where the next may begin. */
    static int controlSpace(int length) {
        return CONTROL_HEADER + (length + 7 & ~7);
    }
}
