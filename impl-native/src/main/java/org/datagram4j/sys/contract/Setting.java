package org.datagram4j.sys.contract;

/** What can be set on a socket as a number. On/off settings are 1 and 0. */
public enum Setting {
    /** SO_REUSEADDR. */
    REUSE_ADDRESS,
    /** SO_REUSEPORT. */
    REUSE_PORT,
    /** SO_RCVBUF, in bytes. */
    RECEIVE_BUFFER,
    /** SO_SNDBUF, in bytes. */
    SEND_BUFFER,
    /** SO_BROADCAST. */
    BROADCAST,
    /** IP_TOS or IPV6_TCLASS, and both on an IPv6 socket. */
    TRAFFIC_CLASS,
    /** IP_MULTICAST_LOOP or IPV6_MULTICAST_LOOP. */
    MULTICAST_LOOP,
    /** IP_MULTICAST_TTL or IPV6_MULTICAST_HOPS. */
    MULTICAST_TTL,
    /** IP_MULTICAST_IF or IPV6_MULTICAST_IF, by index. */
    MULTICAST_INTERFACE,
    /** IP_TTL. */
    UNICAST_TTL,
    /** IPV6_UNICAST_HOPS. */
    UNICAST_HOPS,
    /** IPV6_V6ONLY. */
    V6_ONLY,
    /** IP_MTU_DISCOVER, IP_DONTFRAGMENT. */
    DONT_FRAGMENT,
    /** IP_MTU. */
    PATH_MTU,
    /** SO_BUSY_POLL, in microseconds. */
    BUSY_POLL,
    /** IP_MULTICAST_ALL: whether groups that others joined are heard. */
    MULTICAST_ALL,
    /** SO_BINDTOIFINDEX: the interface it is bound to, by index, or 0. */
    DEVICE,
    /** Metadata: the address and interface that a datagram came in by (IP_PKTINFO). */
    RECEIVE_LOCAL,
    /** Metadata: the traffic class (IP_RECVTOS). */
    RECEIVE_TRAFFIC_CLASS,
    /** Metadata: the hop limit (IP_RECVTTL). */
    RECEIVE_HOP_LIMIT,
    /** Metadata: the time of arrival (SO_TIMESTAMPNS). */
    RECEIVE_TIMESTAMP,
    /** Metadata: how many were dropped (SO_RXQ_OVFL). */
    RECEIVE_DROPS,
    /** Coalesced receives (UDP_GRO). */
    COALESCING,
    /** Errors of unconnected sockets, too (IP_RECVERR). */
    ERROR_QUEUE
}
