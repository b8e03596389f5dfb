package org.datagram4j.sys.linkage;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/**
 * The functions of Linux by JNA. Direct mapping with primitives alone allocates nothing, and JNA keeps errno for the
 * thread after each call.
 */
final class JnaLinuxCalls implements LinuxCalls {
    /** The functions under their C names: JNA binds native methods by name. */
    private static final class C {
        private C() {}

        static native int socket(int domain, int type, int protocol);

        static native int bind(int fd, long address, int length);

        static native int connect(int fd, long address, int length);

        static native int getsockname(int fd, long address, long length);

        static native int getpeername(int fd, long address, long length);

        static native int getsockopt(int fd, int level, int option, long value, long length);

        static native int setsockopt(int fd, int level, int option, long value, int length);

        static native int fcntl(int fd, int command, int argument);

        static native int close(int fd);

        static native long sendto(int fd, long bytes, long count, int flags, long address, int length);

        static native long recvfrom(int fd, long bytes, long count, int flags, long address, long length);

        static native long sendmsg(int fd, long message, int flags);

        static native long recvmsg(int fd, long message, int flags);

        static native int sendmmsg(int fd, long messages, int count, int flags);

        static native int recvmmsg(int fd, long messages, int count, int flags, long timeout);

        static native int eventfd(int initial, int flags);

        static native long read(int fd, long bytes, long count);

        static native long write(int fd, long bytes, long count);

        static native int epoll_create1(int flags);

        static native int epoll_ctl(int epfd, int operation, int fd, long event);

        static native int epoll_wait(int epfd, long events, int most, int milliseconds);

        static native long syscall(long number, long a, long b, long c, long d, long e, long f);
    }

    private static final JnaBinding BINDING = new JnaBinding(C.class);

    JnaLinuxCalls() {
        BINDING.use(NativeLibrary::getProcess);
        C.close(-1); // binds all of them now
    }

    void close() {
        BINDING.leave();
    }

    private static int result(int result) {
        return result < 0 ? -Native.getLastError() : result;
    }

    private static long result(long result) {
        return result < 0 ? -Native.getLastError() : result;
    }

    @Override
    public int socket(int domain, int type, int protocol) {
        return result(C.socket(domain, type, protocol));
    }

    @Override
    public int bind(int fd, long address, int length) {
        return result(C.bind(fd, address, length));
    }

    @Override
    public int connect(int fd, long address, int length) {
        return result(C.connect(fd, address, length));
    }

    @Override
    public int getsockname(int fd, long address, long length) {
        return result(C.getsockname(fd, address, length));
    }

    @Override
    public int getpeername(int fd, long address, long length) {
        return result(C.getpeername(fd, address, length));
    }

    @Override
    public int getsockopt(int fd, int level, int option, long value, long length) {
        return result(C.getsockopt(fd, level, option, value, length));
    }

    @Override
    public int setsockopt(int fd, int level, int option, long value, int length) {
        return result(C.setsockopt(fd, level, option, value, length));
    }

    @Override
    public int fcntl(int fd, int command, int argument) {
        return result(C.fcntl(fd, command, argument));
    }

    @Override
    public int close(int fd) {
        return result(C.close(fd));
    }

    @Override
    public long sendto(int fd, long bytes, long count, int flags, long address, int length) {
        return result(C.sendto(fd, bytes, count, flags, address, length));
    }

    @Override
    public long recvfrom(int fd, long bytes, long count, int flags, long address, long length) {
        return result(C.recvfrom(fd, bytes, count, flags, address, length));
    }

    @Override
    public long sendmsg(int fd, long message, int flags) {
        return result(C.sendmsg(fd, message, flags));
    }

    @Override
    public long recvmsg(int fd, long message, int flags) {
        return result(C.recvmsg(fd, message, flags));
    }

    @Override
    public int sendmmsg(int fd, long messages, int count, int flags) {
        return result(C.sendmmsg(fd, messages, count, flags));
    }

    @Override
    public int recvmmsg(int fd, long messages, int count, int flags, long timeout) {
        return result(C.recvmmsg(fd, messages, count, flags, timeout));
    }

    @Override
    public int eventfd(int initial, int flags) {
        return result(C.eventfd(initial, flags));
    }

    @Override
    public long read(int fd, long bytes, long count) {
        return result(C.read(fd, bytes, count));
    }

    @Override
    public long write(int fd, long bytes, long count) {
        return result(C.write(fd, bytes, count));
    }

    @Override
    public int epollCreate(int flags) {
        return result(C.epoll_create1(flags));
    }

    @Override
    public int epollCtl(int epfd, int operation, int fd, long event) {
        return result(C.epoll_ctl(epfd, operation, fd, event));
    }

    @Override
    public int epollWait(int epfd, long events, int most, int milliseconds) {
        return result(C.epoll_wait(epfd, events, most, milliseconds));
    }

    @Override
    public int epollPwait2(long number, int epfd, long events, int most, long timeout) {
        return (int) syscall(number, epfd, events, most, timeout, 0, 0);
    }

    @Override
    public long syscall(long number, long a, long b, long c, long d, long e, long f) {
        return result(C.syscall(number, a, b, c, d, e, f));
    }
}
