package org.datagram4j.sys.linux;

/**
 * epoll, {@code <sys/epoll.h>} and {@code <sys/eventfd.h>}.
 *
 * <pre>{@code
 * struct epoll_event {
 *     uint32_t     events;
 *     epoll_data_t data;      // 8 bytes, ours
 * } __EPOLL_PACKED;           // packed on x86-64, and only there
 * }</pre>
 */
final class EpollLayout {
    static final int EPOLLIN = 0x001;
    static final int EPOLLOUT = 0x004;
    static final int EPOLLERR = 0x008;
    static final int EPOLLHUP = 0x010;
    static final int EPOLLRDHUP = 0x2000;
    static final int EPOLLONESHOT = 1 << 30;
    static final int EPOLLET = 1 << 31;

    static final int EPOLL_CTL_ADD = 1;
    static final int EPOLL_CTL_DEL = 2;
    static final int EPOLL_CTL_MOD = 3;

    /** {@code EPOLL_CLOEXEC}, the same as {@code O_CLOEXEC}. */
    static final int EPOLL_CLOEXEC = 0x80000;

    static final int EFD_CLOEXEC = 0x80000;
    static final int EFD_NONBLOCK = 0x800;

    /** {@code __NR_epoll_pwait2}, {@code <asm/unistd.h>}: the same number on every processor. Linux 5.11. */
    static final long SYS_EPOLL_PWAIT2 = 441;

    static final int EVENTS = 0;

    /** Where the data is in an event. */
    final int data;

    /** How long an event is. */
    final int size;

    private EpollLayout(int data, int size) {
        this.data = data;
        this.size = size;
    }

    /** The layout on a processor, by Java's name for it. */
    static EpollLayout on(String processor) {
        boolean packed = processor.equals("amd64") || processor.equals("x86_64");
        return packed ? new EpollLayout(4, 12) : new EpollLayout(8, 16);
    }
}
