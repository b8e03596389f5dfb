package org.datagram4j.sys.linkage;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/** The functions of Windows by JNA, which keeps the last error for the thread after each call. */
final class JnaWindowsCalls implements WindowsCalls {
    /** Functions of ws2_32 under their C names: JNA binds native methods by name. */
    private static final class Ws2 {
        private Ws2() {}

        static native int WSAStartup(short version, long data);

        static native long WSASocketW(int family, int type, int protocol, long info, int group, int flags);

        static native int closesocket(long socket);

        static native int bind(long socket, long address, int length);

        static native int connect(long socket, long address, int length);

        static native int getsockname(long socket, long address, long length);

        static native int getpeername(long socket, long address, long length);

        static native int getsockopt(long socket, int level, int option, long value, long length);

        static native int setsockopt(long socket, int level, int option, long value, int length);

        static native int WSAIoctl(
                long socket,
                int code,
                long in,
                int inLength,
                long out,
                int outLength,
                long returned,
                long overlapped,
                long completion);

        static native int sendto(long socket, long bytes, int count, int flags, long address, int length);

        static native int WSARecvFrom(
                long socket,
                long buffers,
                int count,
                long received,
                long flags,
                long from,
                long length,
                long overlapped,
                long completion);
    }

    /** Functions of kernel32 under their C names: JNA binds native methods by name. */
    private static final class Kernel {
        private Kernel() {}

        static native long CreateIoCompletionPort(long file, long port, long key, int threads);

        static native int GetQueuedCompletionStatusEx(
                long port, long entries, int most, long removed, int milliseconds, int alertable);

        static native int PostQueuedCompletionStatus(long port, int bytes, long key, long overlapped);

        static native int CloseHandle(long handle);

        static native int GetHandleInformation(long handle, long flags);

        static native int SetFileCompletionNotificationModes(long handle, byte modes);
    }

    /** Functions of ntdll under their C names: JNA binds native methods by name. */
    private static final class Nt {
        private Nt() {}

        static native int NtCreateFile(
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
                int extendedLength);

        static native int NtDeviceIoControlFile(
                long handle,
                long event,
                long routine,
                long context,
                long status,
                int code,
                long in,
                int inLength,
                long out,
                int outLength);

        static native int NtCancelIoFileEx(long handle, long which, long status);

        static native int RtlNtStatusToDosError(int status);
    }

    private static final JnaBinding WS2 = new JnaBinding(Ws2.class);
    private static final JnaBinding KERNEL = new JnaBinding(Kernel.class);
    private static final JnaBinding NT = new JnaBinding(Nt.class);

    private JnaWindowsMessages messages;

    JnaWindowsCalls() {
        WS2.use(() -> NativeLibrary.getInstance("ws2_32"));
        KERNEL.use(() -> NativeLibrary.getInstance("kernel32"));
        NT.use(() -> NativeLibrary.getInstance("ntdll"));
        Ws2.closesocket(-1); // binds all of them now
        Kernel.CloseHandle(0);
        Nt.RtlNtStatusToDosError(0);
    }

    void close() {
        if (messages != null) {
            messages.close();
        }
        NT.leave();
        KERNEL.leave();
        WS2.leave();
    }

    private static int result(int result) {
        return result == -1 ? -Native.getLastError() : result;
    }

    private static int truth(int result) {
        return result == 0 ? -Native.getLastError() : 1;
    }

    @Override
    public int startup(int version, long data) {
        return Ws2.WSAStartup((short) version, data);
    }

    @Override
    public long socket(int family, int type, int protocol, long info, int group, int flags) {
        long result = Ws2.WSASocketW(family, type, protocol, info, group, flags);
        return result == -1 ? -Native.getLastError() : result;
    }

    @Override
    public int close(long socket) {
        return result(Ws2.closesocket(socket));
    }

    @Override
    public int bind(long socket, long address, int length) {
        return result(Ws2.bind(socket, address, length));
    }

    @Override
    public int connect(long socket, long address, int length) {
        return result(Ws2.connect(socket, address, length));
    }

    @Override
    public int getsockname(long socket, long address, long length) {
        return result(Ws2.getsockname(socket, address, length));
    }

    @Override
    public int getpeername(long socket, long address, long length) {
        return result(Ws2.getpeername(socket, address, length));
    }

    @Override
    public int getsockopt(long socket, int level, int option, long value, long length) {
        return result(Ws2.getsockopt(socket, level, option, value, length));
    }

    @Override
    public int setsockopt(long socket, int level, int option, long value, int length) {
        return result(Ws2.setsockopt(socket, level, option, value, length));
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
        return result(Ws2.WSAIoctl(socket, code, in, inLength, out, outLength, returned, overlapped, completion));
    }

    @Override
    public int sendto(long socket, long bytes, int count, int flags, long address, int length) {
        return result(Ws2.sendto(socket, bytes, count, flags, address, length));
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
        return result(Ws2.WSARecvFrom(socket, buffers, count, received, flags, from, length, overlapped, completion));
    }

    @Override
    public long createCompletionPort(long file, long port, long key, int threads) {
        long result = Kernel.CreateIoCompletionPort(file, port, key, threads);
        return result == 0 ? -Native.getLastError() : result;
    }

    @Override
    public int completions(long port, long entries, int most, long removed, int milliseconds, int alertable) {
        return truth(Kernel.GetQueuedCompletionStatusEx(port, entries, most, removed, milliseconds, alertable));
    }

    @Override
    public int postCompletion(long port, int bytes, long key, long overlapped) {
        return truth(Kernel.PostQueuedCompletionStatus(port, bytes, key, overlapped));
    }

    @Override
    public int closeHandle(long handle) {
        return truth(Kernel.CloseHandle(handle));
    }

    @Override
    public int handleInformation(long handle, long flags) {
        return truth(Kernel.GetHandleInformation(handle, flags));
    }

    @Override
    public int notificationModes(long handle, int modes) {
        return truth(Kernel.SetFileCompletionNotificationModes(handle, (byte) modes));
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
        return Nt.NtCreateFile(
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
        return Nt.NtDeviceIoControlFile(handle, event, routine, context, status, code, in, inLength, out, outLength);
    }

    @Override
    public int cancel(long handle, long which, long status) {
        return Nt.NtCancelIoFileEx(handle, which, status);
    }

    @Override
    public int dosError(int status) {
        return Nt.RtlNtStatusToDosError(status);
    }

    @Override
    public WindowsMessages messages(long receive, long send) {
        messages = new JnaWindowsMessages(receive, send);
        return messages;
    }
}
