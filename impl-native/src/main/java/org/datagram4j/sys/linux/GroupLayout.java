package org.datagram4j.sys.linux;

/**
 * Multicast requests, {@code <netinet/in.h>} and {@code <linux/in.h>}.
 *
 * <pre>{@code
 * struct group_req {                           struct group_source_req {
 *     uint32_t                gr_interface;        uint32_t                gsr_interface;
 *     struct sockaddr_storage gr_group;            struct sockaddr_storage gsr_group;
 * };                                               struct sockaddr_storage gsr_source;
 *                                              };
 * struct ip_mreqn {
 *     struct in_addr imr_multiaddr;
 *     struct in_addr imr_address;
 *     int            imr_ifindex;
 * };
 * }</pre>
 */
final class GroupLayout {
    static final int INTERFACE = 0;
    static final int GROUP = 8;
    static final int SIZE = 136;
    static final int SOURCE = 136;
    static final int SOURCE_SIZE = 264;

    static final int MREQN_INTERFACE = 8;
    static final int MREQN_SIZE = 12;

    private GroupLayout() {}
}
