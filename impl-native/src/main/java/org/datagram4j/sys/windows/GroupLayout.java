package org.datagram4j.sys.windows;

/**
 * Multicast requests, {@code <ws2ipdef.h>}.
 *
 * <pre>{@code
 * typedef struct group_req {               typedef struct group_source_req {
 *     ULONG            gr_interface;           ULONG            gsr_interface;
 *     SOCKADDR_STORAGE gr_group;               SOCKADDR_STORAGE gsr_group;
 * } GROUP_REQ;                                 SOCKADDR_STORAGE gsr_source;
 *                                          } GROUP_SOURCE_REQ;
 * typedef struct ip_mreq {                 typedef struct ip_mreq_source {
 *     IN_ADDR imr_multiaddr;                   IN_ADDR imr_multiaddr;
 *     IN_ADDR imr_interface;                   IN_ADDR imr_sourceaddr;
 * } IP_MREQ;                                   IN_ADDR imr_interface;
 *                                          } IP_MREQ_SOURCE;
 * typedef struct ipv6_mreq {
 *     IN6_ADDR ipv6mr_multiaddr;
 *     ULONG    ipv6mr_interface;
 * } IPV6_MREQ;
 * }</pre>
 */
final class GroupLayout {
    static final int INTERFACE = 0;
    static final int GROUP = 8;
    static final int SIZE = 136;
    static final int SOURCE = 136;
    static final int SOURCE_SIZE = 264;

    static final int V4_GROUP = 0;
    static final int V4_INTERFACE = 4;
    static final int V4_SIZE = 8;
    static final int V4_SOURCE = 4;
    static final int V4_SOURCE_INTERFACE = 8;
    static final int V4_SOURCE_SIZE = 12;

    static final int V6_GROUP = 0;
    static final int V6_INTERFACE = 16;
    static final int V6_SIZE = 20;

    private GroupLayout() {}
}
