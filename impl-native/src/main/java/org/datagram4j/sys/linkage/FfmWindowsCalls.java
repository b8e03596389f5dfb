package org.datagram4j.sys.linkage;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The functions of Windows by java.lang.foreign. Handles are constants and called exactly, pointers are longs. */
@SuppressWarnings("restricted")
final class FfmWindowsCalls implements WindowsCalls {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup WS2_32 = SymbolLookup.libraryLookup("ws2_32", Arena.global());
    private static final SymbolLookup KERNEL32 = SymbolLookup.libraryLookup("kernel32", Arena.global());
    private static final SymbolLookup NTDLL = SymbolLookup.libraryLookup("ntdll", Arena.global());

    /** The same as what WSAGetLastError reads: both are the thread's. */
    private static final long LAST_ERROR =
            Linker.Option.captureStateLayout().byteOffset(MemoryLayout.PathElement.groupElement("GetLastError"));

    private static final MethodHandle STARTUP =
            plain(WS2_32, "WSAStartup", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final MethodHandle SOCKET = link(
            WS2_32,
            "WSASocketW",
            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT));
    private static final MethodHandle CLOSE = link(WS2_32, "closesocket", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
    private static final MethodHandle BIND =
            link(WS2_32, "bind", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
    private static final MethodHandle CONNECT =
            link(WS2_32, "connect", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
    private static final MethodHandle GETSOCKNAME =
            link(WS2_32, "getsockname", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle GETPEERNAME =
            link(WS2_32, "getpeername", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle GETSOCKOPT = link(
            WS2_32, "getsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle SETSOCKOPT = link(
            WS2_32, "setsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT));
    private static final MethodHandle IOCTL = link(
            WS2_32,
            "WSAIoctl",
            FunctionDescriptor.of(
                    JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG,
                    JAVA_LONG));
    private static final MethodHandle SENDTO = link(
            WS2_32,
            "sendto",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT));
    private static final MethodHandle RECEIVE_FROM = link(
            WS2_32,
            "WSARecvFrom",
            FunctionDescriptor.of(
                    JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                    JAVA_LONG));
    private static final MethodHandle CREATE_COMPLETION_PORT = link(
            KERNEL32,
            "CreateIoCompletionPort",
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT));
    private static final MethodHandle COMPLETIONS = link(
            KERNEL32,
            "GetQueuedCompletionStatusEx",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT));
    private static final MethodHandle POST_COMPLETION = link(
            KERNEL32,
            "PostQueuedCompletionStatus",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle CLOSE_HANDLE =
            link(KERNEL32, "CloseHandle", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
    private static final MethodHandle HANDLE_INFORMATION =
            link(KERNEL32, "GetHandleInformation", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle NOTIFICATION_MODES =
            link(KERNEL32, "SetFileCompletionNotificationModes", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT));
    private static final MethodHandle CREATE_FILE = plain(
            NTDLL,
            "NtCreateFile",
            FunctionDescriptor.of(
                    JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT,
                    JAVA_INT, JAVA_LONG, JAVA_INT));
    private static final MethodHandle DEVICE_CONTROL = plain(
            NTDLL,
            "NtDeviceIoControlFile",
            FunctionDescriptor.of(
                    JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT,
                    JAVA_LONG, JAVA_INT));
    private static final MethodHandle CANCEL =
            plain(NTDLL, "NtCancelIoFileEx", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle DOS_ERROR =
            plain(NTDLL, "RtlNtStatusToDosError", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    static Linker.Option capture() {
        return Linker.Option.captureCallState("GetLastError");
    }

    private static MethodHandle link(SymbolLookup library, String name, FunctionDescriptor type) {
        return LINKER.downcallHandle(function(library, name), type, capture());
    }

    /** A function whose errors are in its result. */
    private static MethodHandle plain(SymbolLookup library, String name, FunctionDescriptor type) {
        return LINKER.downcallHandle(function(library, name), type);
    }

    private static MemorySegment function(SymbolLookup library, String name) {
        return library.find(name).orElseThrow(() -> new UnsatisfiedLinkError("no function " + name));
    }

    static int error(MemorySegment state) {
        return -state.get(ValueLayout.JAVA_INT, LAST_ERROR);
    }

    /** What a call cannot throw: method handles declare Throwable, and C has no exceptions. */
    static AssertionError unexpected(Throwable thrown) {
        return new AssertionError("calling the system", thrown);
    }

    @Override
    public int startup(int version, long data) {
        try {
            return (int) STARTUP.invokeExact(version, data);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    @Override
    public long socket(int family, int type, int protocol, long info, int group, int flags) {
        MemorySegment state = FfmErrno.borrow();
        try {
            long result = (long) SOCKET.invokeExact(state, family, type, protocol, info, group, flags);
            return result == -1 ? error(state) : result;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        } finally {
            FfmErrno.giveBack(state);
        }
    }

    @Override
    public int close(long socket) {
        MemorySegment state = FfmErrno.borrow();
        try {
            int result = (int) CLOSE.invokeExact(state, socket);
            return result == -1 ? error(state) : result;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        } finally {
            FfmErrno.giveBack(state);
        }
    }

    @Override
    public int bind(long socket, long address, int length) {
        MemorySegment state = FfmErrno.borrow();
        try {
            int result = (int) BIND.invokeExact(state, socket, address, length);
            return result == -1 ? error(state) : result;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        } finally {
            FfmErrno.giveBack(state);
        }
    }

    @Override
    public int connect(long socket, long address, int length) {
        MemorySegment state = FfmErrno.borrow();
        try {
            int result = (int) CONNECT.invokeExact(state, socket, address, length);
            return result == -1 ? error(state) : result;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        } finally {
            FfmErrno.giveBack(state);
        }
    }

    @Override
    public int getsockname(long socket, long address, long length) {
        MemorySegment state = FfmErrno.borrow();
        try {
            int result = (int) GETSOCKNAME.invokeExact(state, socket, address, length);
            return result == -1 ? error(state) : result;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        } finally {
            FfmErrno.giveBack(state);
        }
    }

    @Override
    public int getpeername(long socket, long address, long length) {
        MemorySegment state = FfmErrno.borrow();
        try {
            int result = (int) GETPEERNAME.invokeExact(state, socket, address, length);
            return result == -1 ? error(state) : result;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        } finally {
            FfmErrno.giveBack(state);
        }
    }

    @Override
    public int getsockopt(long socket, int level, int option, long value, long length) {
        MemorySegment state = FfmErrno.borrow();
        try {
            int result = (int) GETSOCKOPT.invokeExact(state, socket, level, option, value, length);
            return result == -1 ? error(state) : result;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        } finally {
            FfmErrno.giveBack(state);
        }
    }

    @Override
    public int setsockopt(long socket, int level, int option, long value, int length) {
        MemorySegment state = FfmErrno.borrow();
        try {
            int result = (int) SETSOCKOPT.invokeExact(state, socket, level, option, value, length);
            return result == -1 ? error(state) : result;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        } finally {
            FfmErrno.giveBack(state);
        }
    }

    @Override
    public int ioctl(
            long socket,
            int code,
            long in,
            int inLength,
            long out,
            int outLength,
            long returned,
            long overlapped,
            long completion) {
        MemorySegment state = FfmErrno.borrow();
        try {
            int result = (int) IOCTL.invokeExact(
                    state, socket, code, in, inLength, out, outLength, returned, overlapped, completion);
            return result == -1 ? error(state) : result;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        } finally {
            FfmErrno.giveBack(state);
        }
    }

    @Override
    public int sendto(long socket, long bytes, int count, int flags, long address, int length) {
        MemorySegment state = FfmErrno.borrow();
        try {
            int result = (int) SENDTO.invokeExact(state, socket, bytes, count, flags, address, length);
            return result == -1 ? error(state) : result;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        } finally {
            FfmErrno.giveBack(state);
        }
    }

    @Override
    public int receiveFrom(
            long socket,
            long buffers,
            int count,
            long received,
            long flags,
            long from,
            long length,
            long overlapped,
            long completion) {
        MemorySegment state = FfmErrno.borrow();
        try {
            int result = (int) RECEIVE_FROM.invokeExact(
                    state, socket, buffers, count, received, flags, from, length, overlapped, completion);
            return result == -1 ? error(state) : result;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        } finally {
            FfmErrno.giveBack(state);
        }
    }

    @Override
    public long createCompletionPort(long file, long port, long key, int threads) {
        MemorySegment state = FfmErrno.borrow();
        try {
            long result = (long) CREATE_COMPLETION_PORT.invokeExact(state, file, port, key, threads);
            return result == 0 ? error(state) : result;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        } finally {
            FfmErrno.giveBack(state);
        }
    }

    @Override
    public int completions(long port, long entries, int most, long removed, int milliseconds, int alertable) {
        MemorySegment state = FfmErrno.borrow();
        try {
            int result = (int) COMPLETIONS.invokeExact(state, port, entries, most, removed, milliseconds, alertable);
            return result == 0 ? error(state) : 1;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        } finally {
            FfmErrno.giveBack(state);
        }
    }

    @Override
    public int postCompletion(long port, int bytes, long key, long overlapped) {
        MemorySegment state = FfmErrno.borrow();
        try {
            int result = (int) POST_COMPLETION.invokeExact(state, port, bytes, key, overlapped);
            return result == 0 ? error(state) : 1;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        } finally {
            FfmErrno.giveBack(state);
        }
    }

    @Override
    public int closeHandle(long handle) {
        MemorySegment state = FfmErrno.borrow();
        try {
            int result = (int) CLOSE_HANDLE.invokeExact(state, handle);
            return result == 0 ? error(state) : 1;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        } finally {
            FfmErrno.giveBack(state);
        }
    }

    @Override
    public int handleInformation(long handle, long flags) {
        MemorySegment state = FfmErrno.borrow();
        try {
            int result = (int) HANDLE_INFORMATION.invokeExact(state, handle, flags);
            return result == 0 ? error(state) : 1;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        } finally {
            FfmErrno.giveBack(state);
        }
    }

    @Override
    public int notificationModes(long handle, int modes) {
        MemorySegment state = FfmErrno.borrow();
        try {
            int result = (int) NOTIFICATION_MODES.invokeExact(state, handle, modes);
            return result == 0 ? error(state) : 1;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        } finally {
            FfmErrno.giveBack(state);
        }
    }

    @Override
    public int createFile(
            long handle,
            int access,
            long attributes,
            long status,
            long size,
            int fileAttributes,
            int share,
            int disposition,
            int options,
            long extended,
            int extendedLength) {
        try {
            return (int) CREATE_FILE.invokeExact(
                    handle,
                    access,
                    attributes,
                    status,
                    size,
                    fileAttributes,
                    share,
                    disposition,
                    options,
                    extended,
                    extendedLength);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    @Override
    public int deviceControl(
            long handle,
            long event,
            long routine,
            long context,
            long status,
            int code,
            long in,
            int inLength,
            long out,
            int outLength) {
        try {
            return (int) DEVICE_CONTROL.invokeExact(
                    handle, event, routine, context, status, code, in, inLength, out, outLength);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    @Override
    public int cancel(long handle, long which, long status) {
        try {
            return (int) CANCEL.invokeExact(handle, which, status);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    @Override
    public int dosError(int status) {
        try {
            return (int) DOS_ERROR.invokeExact(status);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    @Override
    public WindowsMessages messages(long receive, long send) {
        return new FfmWindowsMessages(receive, send);
    }
}
