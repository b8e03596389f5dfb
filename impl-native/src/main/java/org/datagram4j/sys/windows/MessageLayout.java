package org.datagram4j.sys.windows;

/**
 * Messages, {@code <ws2def.h>}, where pointers and sizes have 8 bytes.
 *
 * <pre>{@code
 * typedef struct _WSAMSG {             typedef struct _WSABUF {
 *     LPSOCKADDR name;                     ULONG len;
 *     INT        namelen;                  CHAR  *buf;
 *     LPWSABUF   lpBuffers;            } WSABUF;
 *     ULONG      dwBufferCount;        typedef struct _WSACMSGHDR {
 *     WSABUF     Control;                  SIZE_T cmsg_len;
 *     ULONG      dwFlags;                  INT    cmsg_level;
 * } WSAMSG;                                INT    cmsg_type;
 *                                      } WSACMSGHDR;
 * }</pre>
 */
final class MessageLayout {
    static final int NAME = 0;
    static final int NAME_LENGTH = 8;
    static final int BUFFERS = 16;
    static final int BUFFER_COUNT = 24;
    static final int CONTROL = 32;
    static final int FLAGS = 48;
    static final int MESSAGE_SIZE = 56;

    static final int BUFFER_BYTES = 0;
    static final int BUFFER_ADDRESS = 8;
    static final int BUFFER_SIZE = 16;

    static final int CONTROL_BYTES = 0;
    static final int CONTROL_LEVEL = 8;
    static final int CONTROL_TYPE = 12;
    static final int CONTROL_HEADER = 16;

    private MessageLayout() {}

    /** {@code WSA_CMSG_SPACE(length)}: what a control message takes, up to where the next may begin. */
    static int controlSpace(int length) {
        return CONTROL_HEADER + (length + 7 & ~7);
    }
}
