package org.datagram4j.sys.linkage;

/** The functions of Winsock that have no name, only an address, which it tells for the asking. */
public interface WindowsMessages {
    /**
     * {@code int WSARecvMsg(SOCKET socket, LPWSAMSG message, LPDWORD received, LPWSAOVERLAPPED overlapped,
     * LPWSAOVERLAPPED_COMPLETION_ROUTINE completion)}.
     */
    int receive(long socket, long message, long received, long overlapped, long completion);

    /**
     * {@code int WSASendMsg(SOCKET socket, LPWSAMSG message, DWORD flags, LPDWORD sent, LPWSAOVERLAPPED overlapped,
     * LPWSAOVERLAPPED_COMPLETION_ROUTINE completion)}.
     */
    int send(long socket, long message, int flags, long sent, long overlapped, long completion);
}
