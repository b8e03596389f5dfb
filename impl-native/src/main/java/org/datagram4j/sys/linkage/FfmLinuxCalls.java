package org.datagram4j.sys.linkage;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The functions of Linux by java.lang.foreign. Handles are constants and called exactly, pointers are longs, which
 * registers do not tell apart: so a compiled call allocates nothing.
 */
@SuppressWarnings("restricted")
final class FfmLinuxCalls implements LinuxCalls {
    private static final Linker LINKER = Linker.nativeLinker();

    private static final MethodHandle SOCKET =
            link("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle BIND =
            link("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT));
    private static final MethodHandle CONNECT =
            link("connect", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT));
    private static final MethodHandle GETSOCKNAME =
            link("getsockname", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle GETPEERNAME =
            link("getpeername", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle GETSOCKOPT =
            link("getsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle SETSOCKOPT =
            link("setsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT));
    private static final MethodHandle FCNTL = link(
            "fcntl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle CLOSE = link("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle SENDTO = link(
            "sendto", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT));
    private static final MethodHandle RECVFROM = link(
            "recvfrom",
            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle SENDMSG =
            link("sendmsg", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT));
    private static final MethodHandle RECVMSG =
            link("recvmsg", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT));
    private static final MethodHandle SENDMMSG =
            link("sendmmsg", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT));
    private static final MethodHandle RECVMMSG =
            link("recvmmsg", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final MethodHandle EVENTFD = link("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle READ =
            link("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle WRITE =
            link("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle EPOLL_CREATE1 = link("epoll_create1", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle EPOLL_CTL =
            link("epoll_ctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final MethodHandle EPOLL_WAIT =
            link("epoll_wait", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT));
    private static final MethodHandle SYSCALL = link(
            "syscall",
            FunctionDescriptor.of(
                    JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
            Linker.Option.firstVariadicArg(1));

    // Waits without errno: taking it costs an object until the last compiler has the call, which may be never.
    private static final MethodHandle PLAIN_EPOLL_WAIT = LINKER.downcallHandle(
            function("epoll_wait"), FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT));
    private static final MethodHandle PLAIN_SYSCALL = LINKER.downcallHandle(
            function("syscall"),
            FunctionDescriptor.of(
                    JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
            Linker.Option.firstVariadicArg(1));

    /** Interrupted system call: asm-generic/errno-base.h, {@code #define EINTR 4}. */
    private static final int EINTR = 4;

    /** Where a call leaves its errno; null if any thread may call. */
    private final MemorySegment own;

    FfmLinuxCalls() {
        own = null;
        close(-1); // links all of them now
    }

    /** For one thread at a time, with a place for its errno. */
    FfmLinuxCalls(MemorySegment errno) {
        own = errno;
    }

    private MemorySegment borrow() {
        return own != null ? own : FfmErrno.borrow();
    }

    private void giveBack(MemorySegment state) {
        if (own == null) {
            FfmErrno.giveBack(state);
        }
    }

    private static MethodHandle link(String name, FunctionDescriptor type, Linker.Option... options) {
        Linker.Option[] all = new Linker.Option[options.length + 1];
        System.arraycopy(options, 0, all, 1, options.length);
        all[0] = Linker.Option.captureCallState("errno");
        return LINKER.downcallHandle(function(name), type, all);
    }

    private static MemorySegment function(String name) {
        return LINKER.defaultLookup().find(name).orElseThrow(() -> new UnsatisfiedLinkError("no function " + name));
    }

    /** What a call cannot throw: method handles declare Throwable, and C has no exceptions. */
    private static AssertionError unexpected(Throwable thrown) {
        return new AssertionError("calling the system", thrown);
    }

    @Override
    public int socket(int domain, int type, int protocol) {
        MemorySegment state = borrow();
        try {
            return FfmErrno.result((int) SOCKET.invokeExact(state, domain, type, protocol), state);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        } finally {
            giveBack(state);
        }
    }

    @Override
    public int bind(int fd, long address, int length) {
        MemorySegment state = borrow();
        try {
            return FfmErrno.result((int) BIND.invokeExact(state, fd, address, length), state);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        } finally {
            giveBack(state);
        }
    }

    @Override
    public int connect(int fd, long address, int length) {
        MemorySegment state = borrow();
        try {
            return FfmErrno.result((int) CONNECT.invokeExact(state, fd, address, length), state);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        } finally {
            giveBack(state);
        }
    }

    @Override
    public int getsockname(int fd, long address, long length) {
        MemorySegment state = borrow();
        try {
            return FfmErrno.result((int) GETSOCKNAME.invokeExact(state, fd, address, length), state);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        } finally {
            giveBack(state);
        }
    }

    @Override
    public int getpeername(int fd, long address, long length) {
        MemorySegment state = borrow();
        try {
            return FfmErrno.result((int) GETPEERNAME.invokeExact(state, fd, address, length), state);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        } finally {
            giveBack(state);
        }
    }

    @Override
    public int getsockopt(int fd, int level, int option, long value, long length) {
        MemorySegment state = borrow();
        try {
            return FfmErrno.result((int) GETSOCKOPT.invokeExact(state, fd, level, option, value, length), state);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        } finally {
            giveBack(state);
        }
    }

    @Override
    public int setsockopt(int fd, int level, int option, long value, int length) {
        MemorySegment state = borrow();
        try {
            return FfmErrno.result((int) SETSOCKOPT.invokeExact(state, fd, level, option, value, length), state);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        } finally {
            giveBack(state);
        }
    }

    @Override
    public int fcntl(int fd, int command, int argument) {
        MemorySegment state = borrow();
        try {
            return FfmErrno.result((int) FCNTL.invokeExact(state, fd, command, argument), state);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        } finally {
            giveBack(state);
        }
    }

    @Override
    public int close(int fd) {
        MemorySegment state = borrow();
        try {
            return FfmErrno.result((int) CLOSE.invokeExact(state, fd), state);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        } finally {
            giveBack(state);
        }
    }

    @Override
    public long sendto(int fd, long bytes, long count, int flags, long address, int length) {
        MemorySegment state = borrow();
        try {
            return FfmErrno.result((long) SENDTO.invokeExact(state, fd, bytes, count, flags, address, length), state);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        } finally {
            giveBack(state);
        }
    }

    @Override
    public long recvfrom(int fd, long bytes, long count, int flags, long address, long length) {
        MemorySegment state = borrow();
        try {
            return FfmErrno.result((long) RECVFROM.invokeExact(state, fd, bytes, count, flags, address, length), state);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        } finally {
            giveBack(state);
        }
    }

    @Override
    public long sendmsg(int fd, long message, int flags) {
        MemorySegment state = borrow();
        try {
            return FfmErrno.result((long) SENDMSG.invokeExact(state, fd, message, flags), state);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        } finally {
            giveBack(state);
        }
    }

    @Override
    public long recvmsg(int fd, long message, int flags) {
        MemorySegment state = borrow();
        try {
            return FfmErrno.result((long) RECVMSG.invokeExact(state, fd, message, flags), state);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        } finally {
            giveBack(state);
        }
    }

    @Override
    public int sendmmsg(int fd, long messages, int count, int flags) {
        MemorySegment state = borrow();
        try {
            return FfmErrno.result((int) SENDMMSG.invokeExact(state, fd, messages, count, flags), state);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        } finally {
            giveBack(state);
        }
    }

    @Override
    public int recvmmsg(int fd, long messages, int count, int flags, long timeout) {
        MemorySegment state = borrow();
        try {
            return FfmErrno.result((int) RECVMMSG.invokeExact(state, fd, messages, count, flags, timeout), state);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        } finally {
            giveBack(state);
        }
    }

    @Override
    public int eventfd(int initial, int flags) {
        MemorySegment state = borrow();
        try {
            return FfmErrno.result((int) EVENTFD.invokeExact(state, initial, flags), state);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        } finally {
            giveBack(state);
        }
    }

    @Override
    public long read(int fd, long bytes, long count) {
        MemorySegment state = borrow();
        try {
            return FfmErrno.result((long) READ.invokeExact(state, fd, bytes, count), state);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        } finally {
            giveBack(state);
        }
    }

    @Override
    public long write(int fd, long bytes, long count) {
        MemorySegment state = borrow();
        try {
            return FfmErrno.result((long) WRITE.invokeExact(state, fd, bytes, count), state);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        } finally {
            giveBack(state);
        }
    }

    @Override
    public int epollCreate(int flags) {
        MemorySegment state = borrow();
        try {
            return FfmErrno.result((int) EPOLL_CREATE1.invokeExact(state, flags), state);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        } finally {
            giveBack(state);
        }
    }

    @Override
    public int epollCtl(int epfd, int operation, int fd, long event) {
        MemorySegment state = borrow();
        try {
            return FfmErrno.result((int) EPOLL_CTL.invokeExact(state, epfd, operation, fd, event), state);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        } finally {
            giveBack(state);
        }
    }

    @Override
    public int epollWait(int epfd, long events, int most, int milliseconds) {
        try {
            int found = (int) PLAIN_EPOLL_WAIT.invokeExact(epfd, events, most, milliseconds);
            return found >= 0 ? found : afterFailedWait(epfd, events, most);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    @Override
    public int epollPwait2(long number, int epfd, long events, int most, long timeout) {
        try {
            long found = (long) PLAIN_SYSCALL.invokeExact(number, (long) epfd, events, (long) most, timeout, 0L, 0L);
            return found >= 0 ? (int) found : afterFailedWait(epfd, events, most);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** Looks once more, with errno and without waiting: what is no lasting error was an interrupt. */
    private int afterFailedWait(int epfd, long events, int most) throws Throwable {
        MemorySegment state = borrow();
        try {
            int found = FfmErrno.result((int) EPOLL_WAIT.invokeExact(state, epfd, events, most, 0), state);
            return found == 0 ? -EINTR : found;
        } finally {
            giveBack(state);
        }
    }

    @Override
    public long syscall(long number, long a, long b, long c, long d, long e, long f) {
        MemorySegment state = borrow();
        try {
            return FfmErrno.result((long) SYSCALL.invokeExact(state, number, a, b, c, d, e, f), state);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        } finally {
            giveBack(state);
        }
    }
}
