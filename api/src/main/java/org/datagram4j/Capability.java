package org.datagram4j;

/**
 * What a backend can do beyond the part of the contract that every backend keeps.
 *
 * <p>Found out when the backend is created and constant then. What a capability means when it is absent depends on its
 * {@link Kind}; both sides are certified (rules UDP-PLAT). New capabilities may be added in minor versions.
 */
public enum Capability {
    /** {@link UdpSocket#rawHandle()}: the descriptor or SOCKET itself. */
    RAW_HANDLE(Kind.OPERATION),
    /** {@link UdpBackend#adopt(long)}: sockets from descriptors made elsewhere. */
    ADOPT_HANDLE(Kind.OPERATION),
    /** {@link UdpSocket#releaseHandle()}: handing the descriptor over to the caller. */
    RELEASE_HANDLE(Kind.OPERATION),
    /** {@link UdpBackend#adopt(java.nio.channels.DatagramChannel)}. */
    ADOPT_CHANNEL(Kind.OPERATION),
    /** {@link UdpSocket#releaseChannel()}. */
    RELEASE_CHANNEL(Kind.OPERATION),
    /** {@link UdpBackend#source(long)}: watching a foreign descriptor. */
    HANDLE_SOURCE(Kind.OPERATION),
    /** {@link UdpBackend#source(java.nio.channels.SelectableChannel)}: watching a foreign channel. */
    CHANNEL_SOURCE(Kind.OPERATION),
    /** Sending to somebody else than the peer while connected. Linux and Windows can, macOS cannot (EISCONN). */
    SEND_TO_WHEN_CONNECTED(Kind.OPERATION),
    /** {@link UdpConfig#withReusePort(boolean)} (SO_REUSEPORT). */
    REUSE_PORT(Kind.OPERATION),
    /** {@link UdpConfig#withDevice(String)} (SO_BINDTODEVICE). */
    BIND_DEVICE(Kind.OPERATION),
    /** {@link UdpConfig#withV6Only(boolean)} set to true, and {@link UdpSocket#onlyV6()} (IPV6_V6ONLY). */
    V6_ONLY(Kind.OPERATION),
    /** {@link UdpOptions#IP_TTL}: the time to live of IPv4 datagrams to one host. */
    UNICAST_TTL(Kind.OPERATION),
    /** {@link UdpOptions#IPV6_UNICAST_HOPS}: the hop limit of IPv6 datagrams to one host. */
    UNICAST_HOPS_V6(Kind.OPERATION),
    /** {@link UdpSocket#join(java.net.InetAddress, java.net.NetworkInterface, java.net.InetAddress)} (RFC 4607). */
    MULTICAST_SOURCE(Kind.OPERATION),
    /** {@link UdpOptions#IP_DONTFRAGMENT}. */
    DONT_FRAGMENT(Kind.OPERATION),
    /** {@link UdpOptions#IP_MTU}: the path MTU the system knows for the connected peer. */
    PATH_MTU(Kind.OPERATION),
    /** {@link UdpConfig#withErrorQueue(boolean)} (IP_RECVERR): ICMP errors on unconnected sockets too. */
    ERROR_QUEUE(Kind.OPERATION),
    /** {@link UdpOptions#SO_BUSY_POLL}. */
    BUSY_POLL(Kind.OPERATION),
    /** {@link SendInfo#sourceAddress(java.net.InetAddress)} and {@link SendInfo#interfaceIndex(int)} (IP_PKTINFO). */
    SOURCE_SELECTION(Kind.OPERATION),
    /** {@link SendInfo#ecn(int)} and {@link SendInfo#trafficClass(int)}, per datagram (IP_TOS, IPV6_TCLASS). */
    SEND_TRAFFIC_CLASS(Kind.OPERATION),
    /** {@link SendInfo#hopLimit(int)}, per datagram (IP_TTL, IPV6_HOPLIMIT). */
    SEND_HOP_LIMIT(Kind.OPERATION),
    /** {@link UdpConfig#withCoalescing(boolean)}: one receive may deliver several datagrams of a flow (UDP_GRO, URO). */
    GRO(Kind.OPERATION),

    /** {@link DatagramInfo#originalLength()} of a truncated datagram (MSG_TRUNC). Absent: -1. */
    ORIGINAL_LENGTH(Kind.FIELD),
    /** {@link DatagramInfo#localAddress()} (IP_PKTINFO). Absent: null. */
    LOCAL_ADDRESS(Kind.FIELD),
    /** {@link DatagramInfo#interfaceIndex()} (IP_PKTINFO). Absent: -1. */
    LOCAL_INTERFACE(Kind.FIELD),
    /** {@link DatagramInfo#ecn()} and {@link DatagramInfo#trafficClass()} (IP_RECVTOS, IPV6_RECVTCLASS). Absent: -1. */
    RECV_TRAFFIC_CLASS(Kind.FIELD),
    /** {@link DatagramInfo#hopLimit()} (IP_RECVTTL, IPV6_RECVHOPLIMIT). Absent: -1. */
    RECV_HOP_LIMIT(Kind.FIELD),
    /** {@link DatagramInfo#timestampNanos()} (SO_TIMESTAMPNS). Absent: -1. */
    RECV_TIMESTAMP(Kind.FIELD),
    /** {@link DatagramInfo#dropCount()} (SO_RXQ_OVFL). Absent: -1. */
    DROP_COUNT(Kind.FIELD),

    /** A send of an empty datagram that returns 0 has sent it. Absent: it may have been dropped where it would block. */
    EMPTY_SEND_CONFIRMED(Kind.GUARANTEE),
    /** Connecting and disconnecting keep what is queued. Absent: queued datagrams may be lost. */
    CONNECT_KEEPS_QUEUE(Kind.GUARANTEE),
    /**
     * A disconnected IPv6 socket hears every host again. Absent: it may go on hearing the host alone that it was connected
     * to, from any port (Linux keeps that filter when IPv6 sockets dissolve their association). IPv4 always hears all.
     */
    DISCONNECT_HEARS_ALL_V6(Kind.GUARANTEE),
    /**
     * {@link Event#isError()} tells of pending errors, in every direction that is registered. Absent: it may stay false, and
     * a direction that was reported and is not armed again stays silent; the next call throws the error all the same.
     */
    ERROR_READINESS(Kind.GUARANTEE),
    /** {@link UdpException#code()} is the system's number. Absent: {@link UdpException#NO_CODE} where it is not seen. */
    ERROR_CODE(Kind.GUARANTEE),
    /** IPv4 sockets get only the groups they joined (IP_MULTICAST_ALL off). Absent: also what others on the host joined. */
    MULTICAST_ISOLATION_V4(Kind.GUARANTEE),
    /** IPv6 sockets get only the groups they joined (IPV6_MULTICAST_ALL off). Absent: also what others joined. */
    MULTICAST_ISOLATION_V6(Kind.GUARANTEE),
    /**
     * In steady state no send, receive or poll allocates, with any number of senders. Absent: address objects may be made,
     * fewer than 256 bytes for each call.
     */
    ZERO_ALLOC(Kind.GUARANTEE),
    /** A batch is one system call per {@link Limit#RECV_BATCH_SLOTS} slots (recvmmsg, sendmmsg). Absent: one per slot. */
    NATIVE_BATCH(Kind.GUARANTEE),
    /** {@link UdpSocket#sendSegmented} is one system call (UDP_SEGMENT, USO). Absent: one per segment. */
    GSO(Kind.GUARANTEE);

    /** What the absence of a capability means. */
    public enum Kind {
        /** Absent: the operation throws {@link UnsupportedOperationException} that names the capability. */
        OPERATION,
        /**
         * A field of {@link DatagramInfo}. Absent: its getter returns the documented "unknown", and asking for it by
         * {@link UdpConfig#withMetadata} is refused, with its name, when the socket is opened.
         */
        FIELD,
        /** A promise about behaviour. Absent: the weaker behaviour that the capability documents. */
        GUARANTEE
    }

    private final Kind kind;

    Capability(Kind kind) {
        this.kind = kind;
    }

    /**
     * What the absence of this capability means.
     *
     * @return the kind, never null
     */
    public Kind kind() {
        return kind;
    }
}
