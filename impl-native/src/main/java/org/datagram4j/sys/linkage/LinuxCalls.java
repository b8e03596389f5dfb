package org.datagram4j.sys.linkage;

/**
 * The functions of the C library that the Linux part calls, by their C names and in their C order of arguments.
 *
 * <p>Pointers are addresses. A call that fails returns its {@code errno} negated, everything else what C returns.
 */
public interface LinuxCalls {
    /** {@code int socket(int domain, int type, int protocol)}. */
    int socket(int domain, int type, int protocol);

    /** {@code int bind(int fd, const struct sockaddr *address, socklen_t length)}. */
    int bind(int fd, long address, int length);

    /** {@code int connect(int fd, const struct sockaddr *address, socklen_t length)}. */
    int connect(int fd, long address, int length);

    /** {@code int getsockname(int fd, struct sockaddr *address, socklen_t *length)}. */
    int getsockname(int fd, long address, long length);

    /** {@code int getpeername(int fd, struct sockaddr *address, socklen_t *length)}. */
    int getpeername(int fd, long address, long length);

    /** {@code int getsockopt(int fd, int level, int option, void *value, socklen_t *length)}. */
    int getsockopt(int fd, int level, int option, long value, long length);

    /** {@code int setsockopt(int fd, int level, int option, const void *value, socklen_t length)}. */
    int setsockopt(int fd, int level, int option, long value, int length);

    /** {@code int fcntl(int fd, int command, ...)}, with an int for the third. */
    int fcntl(int fd, int command, int argument);

    /** {@code int close(int fd)}. */
    int close(int fd);

    /** {@code ssize_t sendto(int fd, const void *bytes, size_t n, int flags, const struct sockaddr *to, socklen_t length)}. */
    long sendto(int fd, long bytes, long count, int flags, long address, int length);

    /** {@code ssize_t recvfrom(int fd, void *bytes, size_t n, int flags, struct sockaddr *from, socklen_t *length)}. */
    long recvfrom(int fd, long bytes, long count, int flags, long address, long length);

    /** {@code ssize_t sendmsg(int fd, const struct msghdr *message, int flags)}. */
    long sendmsg(int fd, long message, int flags);

    /** {@code ssize_t recvmsg(int fd, struct msghdr *message, int flags)}. */
    long recvmsg(int fd, long message, int flags);

    /** {@code int sendmmsg(int fd, struct mmsghdr *messages, unsigned int count, int flags)}. */
    int sendmmsg(int fd, long messages, int count, int flags);

    /** {@code int recvmmsg(int fd, struct mmsghdr *messages, unsigned int count, int flags, struct timespec *timeout)}. */
    int recvmmsg(int fd, long messages, int count, int flags, long timeout);

    /** {@code int eventfd(unsigned int initial, int flags)}. */
    int eventfd(int initial, int flags);

    /** {@code ssize_t read(int fd, void *bytes, size_t count)}. */
    long read(int fd, long bytes, long count);

    /** {@code ssize_t write(int fd, const void *bytes, size_t count)}. */
    long write(int fd, long bytes, long count);

    /** {@code int epoll_create1(int flags)}. */
    int epollCreate(int flags);

    /** {@code int epoll_ctl(int epfd, int operation, int fd, struct epoll_event *event)}. */
    int epollCtl(int epfd, int operation, int fd, long event);

    /** {@code int epoll_wait(int epfd, struct epoll_event *events, int most, int milliseconds)}. */
    int epollWait(int epfd, long events, int most, int milliseconds);

    /**
     * {@code int epoll_pwait2(int epfd, struct epoll_event *events, int most, const struct timespec *timeout, NULL, 0)},
     * by its number. Only where {@link #syscall} has shown that the kernel has it.
     */
    int epollPwait2(long number, int epfd, long events, int most, long timeout);

    /**
     * {@code long syscall(long number, ...)}, with six longs. For what the C library may be too old to know; on x86-64
     * and aarch64 a system call takes ints and pointers as longs alike.
     */
    long syscall(long number, long a, long b, long c, long d, long e, long f);
}
