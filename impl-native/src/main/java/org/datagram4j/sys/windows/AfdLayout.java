package org.datagram4j.sys.windows;

/**
 * AFD, the driver behind Winsock, and the calls of ntdll and kernel32 that reach it. AFD has no public header: codes and
 * layout are what every program that polls by it uses.
 *
 * <pre>{@code
 * struct AFD_POLL_INFO {               struct AFD_POLL_HANDLE_INFO {
 *     LARGE_INTEGER Timeout;               HANDLE   Handle;
 *     ULONG NumberOfHandles;               ULONG    Events;
 *     ULONG Exclusive;                     NTSTATUS Status;
 *     AFD_POLL_HANDLE_INFO Handles[1]; };
 * };
 * typedef struct _IO_STATUS_BLOCK {    typedef struct _OVERLAPPED_ENTRY {
 *     NTSTATUS  Status; // 8 bytes         ULONG_PTR    lpCompletionKey;
 *     ULONG_PTR Information;               LPOVERLAPPED lpOverlapped;
 * } IO_STATUS_BLOCK;                       ULONG_PTR    Internal;
 *                                          DWORD        dwNumberOfBytesTransferred;
 * typedef struct _UNICODE_STRING {     } OVERLAPPED_ENTRY;
 *     USHORT Length;                   typedef struct _OBJECT_ATTRIBUTES {
 *     USHORT MaximumLength;                ULONG           Length;
 *     PWSTR  Buffer;                       HANDLE          RootDirectory;
 * } UNICODE_STRING;                        PUNICODE_STRING ObjectName;
 *                                          ULONG           Attributes;
 *                                          PVOID           SecurityDescriptor;
 *                                          PVOID           SecurityQualityOfService;
 *                                      } OBJECT_ATTRIBUTES;
 * }</pre>
 */
final class AfdLayout {
    static final int IOCTL_AFD_POLL = 0x0001_2024;

    static final int AFD_POLL_RECEIVE = 0x1;
    static final int AFD_POLL_SEND = 0x4;
    static final int AFD_POLL_ABORT = 0x10;
    static final int AFD_POLL_LOCAL_CLOSE = 0x20;
    static final int AFD_POLL_CONNECT_FAIL = 0x100;

    static final int TIMEOUT = 0;
    static final int HANDLE_COUNT = 8;
    static final int EXCLUSIVE = 12;
    static final int HANDLE = 16;
    static final int EVENTS = 24;
    static final int STATUS = 28;
    static final int POLL_SIZE = 32;

    static final int IO_STATUS = 0;
    static final int IO_STATUS_SIZE = 16;

    static final int ENTRY_KEY = 0;
    static final int ENTRY_OVERLAPPED = 8;
    static final int ENTRY_SIZE = 32;

    // <ntstatus.h>
    static final int STATUS_SUCCESS = 0;
    static final int STATUS_PENDING = 0x103;
    static final int STATUS_CANCELLED = 0xC000_0120;

    // <winnt.h>, <ntifs.h>, <winbase.h>
    static final int SYNCHRONIZE = 0x0010_0000;
    static final int FILE_SHARE_READ_WRITE = 3;
    static final int FILE_OPEN = 1;
    static final int FILE_SKIP_SET_EVENT_ON_HANDLE = 2;
    static final long INVALID_HANDLE_VALUE = -1;
    static final int INFINITE = -1;
    static final int WAIT_TIMEOUT = 258;

    static final int NAME_LENGTH = 0;
    static final int NAME_ROOM = 2;
    static final int NAME_BUFFER = 8;
    static final int NAME_SIZE = 16;

    static final int ATTRIBUTES_LENGTH = 0;
    static final int ATTRIBUTES_NAME = 16;
    static final int ATTRIBUTES_SIZE = 48;

    private AfdLayout() {}
}
