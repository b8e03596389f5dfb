package org.datagram4j.sys.windows;

/** Constants of the socket headers, by their C names. */
final class SocketConstants {
    // <winsock2.h>
    static final int AF_UNSPEC = 0;
    static final int AF_INET = 2;
    static final int SOCK_DGRAM = 2;
    static final int FIONBIO = 0x8004_667E;
    static final int WSA_FLAG_OVERLAPPED = 0x01;
    static final int WSA_FLAG_NO_HANDLE_INHERIT = 0x80;

    static final int MSG_PEEK = 0x2;
    static final int MSG_TRUNC = 0x100;
    static final int MSG_CTRUNC = 0x200;

    static final int SOL_SOCKET = 0xFFFF;
    static final int SO_REUSEADDR = 0x4;
    static final int SO_EXCLUSIVEADDRUSE = ~SO_REUSEADDR;
    static final int SO_BROADCAST = 0x20;
    static final int SO_SNDBUF = 0x1001;
    static final int SO_RCVBUF = 0x1002;
    static final int SO_ERROR = 0x1007;
    static final int SO_TYPE = 0x1008;

    // <ws2def.h>
    static final int AF_INET6 = 23;
    static final int IPPROTO_IP = 0;
    static final int IPPROTO_UDP = 17;
    static final int IPPROTO_IPV6 = 41;

    // <mswsock.h>
    static final int SIO_UDP_CONNRESET = 0x9800_000C;
    static final int SIO_UDP_NETRESET = 0x9800_000F;
    static final int SIO_BASE_HANDLE = 0x4800_0022;
    static final int SIO_GET_EXTENSION_FUNCTION_POINTER = 0xC800_0006;

    // <ws2ipdef.h>
    static final int IP_TOS = 3;
    static final int IP_TTL = 4;
    static final int IP_MULTICAST_IF = 9;
    static final int IP_MULTICAST_TTL = 10;
    static final int IP_MULTICAST_LOOP = 11;
    static final int IP_ADD_MEMBERSHIP = 12;
    static final int IP_DROP_MEMBERSHIP = 13;
    static final int IP_DONTFRAGMENT = 14;
    static final int IP_ADD_SOURCE_MEMBERSHIP = 15;
    static final int IP_DROP_SOURCE_MEMBERSHIP = 16;
    static final int IP_PKTINFO = 19;
    static final int IP_RECVTTL = 21;
    static final int IP_RECVTOS = 40;
    static final int IP_MTU = 73;
    static final int MCAST_JOIN_GROUP = 41;
    static final int MCAST_LEAVE_GROUP = 42;
    static final int MCAST_JOIN_SOURCE_GROUP = 45;
    static final int MCAST_LEAVE_SOURCE_GROUP = 46;
    static final int IPV6_UNICAST_HOPS = 4;
    static final int IPV6_MULTICAST_IF = 9;
    static final int IPV6_MULTICAST_HOPS = 10;
    static final int IPV6_MULTICAST_LOOP = 11;
    static final int IPV6_ADD_MEMBERSHIP = 12;
    static final int IPV6_DROP_MEMBERSHIP = 13;
    static final int IPV6_DONTFRAG = 14;
    static final int IPV6_PKTINFO = 19;
    static final int IPV6_HOPLIMIT = 21;
    static final int IPV6_V6ONLY = 27;
    static final int IPV6_TCLASS = 39;
    static final int IPV6_RECVTCLASS = 40;
    static final int IPV6_MTU = 72;

    // <ws2ipdef.h>, level IPPROTO_UDP
    static final int UDP_SEND_MSG_SIZE = 2;
    static final int UDP_RECV_MAX_COALESCED_SIZE = 3;
    static final int UDP_COALESCED_INFO = 3;

    private SocketConstants() {}
}
