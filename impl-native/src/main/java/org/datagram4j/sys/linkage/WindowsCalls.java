package org.datagram4j.sys.linkage;

/**
 * The functions of Windows that its part calls, in their C order of arguments, from ws2_32, kernel32 and ntdll.
 *
 * <p>Handles are longs, pointers are addresses. A call that fails returns its error ({@code WSAGetLastError},
 * {@code GetLastError}) negated, everything else what C returns, truth as 1; the functions of ntdll return their status.
 */
public interface WindowsCalls {
    /** {@code int WSAStartup(WORD version, LPWSADATA data)}. Returns an error as a positive number. */
    int startup(int version, long data);

    /** {@code SOCKET WSASocketW(int family, int type, int protocol, LPWSAPROTOCOL_INFOW info, GROUP group, DWORD flags)}. */
    long socket(int family, int type, int protocol, long info, int group, int flags);

    /** {@code int closesocket(SOCKET socket)}. */
    int close(long socket);

    /** {@code int bind(SOCKET socket, const struct sockaddr *address, int length)}. */
    int bind(long socket, long address, int length);

    /** {@code int connect(SOCKET socket, const struct sockaddr *address, int length)}. */
    int connect(long socket, long address, int length);

    /** {@code int getsockname(SOCKET socket, struct sockaddr *address, int *length)}. */
    int getsockname(long socket, long address, long length);

    /** {@code int getpeername(SOCKET socket, struct sockaddr *address, int *length)}. */
    int getpeername(long socket, long address, long length);

    /** {@code int getsockopt(SOCKET socket, int level, int option, char *value, int *length)}. */
    int getsockopt(long socket, int level, int option, long value, long length);

    /** {@code int setsockopt(SOCKET socket, int level, int option, const char *value, int length)}. */
    int setsockopt(long socket, int level, int option, long value, int length);

    /**
     * {@code int WSAIoctl(SOCKET socket, DWORD code, LPVOID in, DWORD inLength, LPVOID out, DWORD outLength, LPDWORD
     * returned, LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE completion)}.
     */
    int ioctl(
            long socket,
            int code,
            long in,
            int inLength,
            long out,
            int outLength,
            long returned,
            long overlapped,
            long completion);

    /** {@code int sendto(SOCKET socket, const char *bytes, int count, int flags, const struct sockaddr *address, int length)}. */
    int sendto(long socket, long bytes, int count, int flags, long address, int length);

    /**
     * {@code int WSARecvFrom(SOCKET socket, LPWSABUF buffers, DWORD count, LPDWORD received, LPDWORD flags, struct sockaddr
     * *from, LPINT length, LPWSAOVERLAPPED overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE completion)}.
     */
    int receiveFrom(
            long socket,
            long buffers,
            int count,
            long received,
            long flags,
            long from,
            long length,
            long overlapped,
            long completion);

    /** {@code HANDLE CreateIoCompletionPort(HANDLE file, HANDLE port, ULONG_PTR key, DWORD threads)}. */
    long createCompletionPort(long file, long port, long key, int threads);

    /**
     * {@code BOOL GetQueuedCompletionStatusEx(HANDLE port, LPOVERLAPPED_ENTRY entries, ULONG most, PULONG removed, DWORD
     * milliseconds, BOOL alertable)}.
     */
    int completions(long port, long entries, int most, long removed, int milliseconds, int alertable);

    /** {@code BOOL PostQueuedCompletionStatus(HANDLE port, DWORD bytes, ULONG_PTR key, LPOVERLAPPED overlapped)}. */
    int postCompletion(long port, int bytes, long key, long overlapped);

    /** {@code BOOL CloseHandle(HANDLE handle)}. */
    int closeHandle(long handle);

    /** {@code BOOL GetHandleInformation(HANDLE handle, LPDWORD flags)}. */
    int handleInformation(long handle, long flags);

    /** {@code BOOL SetFileCompletionNotificationModes(HANDLE handle, UCHAR modes)}. */
    int notificationModes(long handle, int modes);

    /**
     * {@code NTSTATUS NtCreateFile(PHANDLE handle, ACCESS_MASK access, POBJECT_ATTRIBUTES attributes, PIO_STATUS_BLOCK status,
     * PLARGE_INTEGER size, ULONG fileAttributes, ULONG share, ULONG disposition, ULONG options, PVOID extended, ULONG
     * extendedLength)}.
     */
    int createFile(
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

    /**
     * {@code NTSTATUS NtDeviceIoControlFile(HANDLE handle, HANDLE event, PIO_APC_ROUTINE routine, PVOID context,
     * PIO_STATUS_BLOCK status, ULONG code, PVOID in, ULONG inLength, PVOID out, ULONG outLength)}.
     */
    int deviceControl(
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

    /** {@code NTSTATUS NtCancelIoFileEx(HANDLE handle, PIO_STATUS_BLOCK which, PIO_STATUS_BLOCK status)}. */
    int cancel(long handle, long which, long status);

    /** {@code ULONG RtlNtStatusToDosError(NTSTATUS status)}. */
    int dosError(int status);

    /**
     * Links the functions that Winsock gives out by {@code SIO_GET_EXTENSION_FUNCTION_POINTER} only.
     *
     * @param receive the address of {@code WSARecvMsg}
     * @param send the address of {@code WSASendMsg}
     */
    WindowsMessages messages(long receive, long send);
}
