package org.datagram4j;

import java.net.SocketOption;

/**
 * Socket options beyond {@link java.net.StandardSocketOptions}, whose constants work as well. For
 * {@link UdpSocket#getOption} and {@link UdpSocket#setOption}; {@link UdpSocket#supportedOptions()} tells which of them
 * one socket has.
 */
public final class UdpOptions {
    /** Time to live of IPv4 datagrams to one host, 1 to 255. Needs {@link Capability#UNICAST_TTL}. */
    public static final SocketOption<Integer> IP_TTL = new Option<>("IP_TTL", Integer.class);

    /** Hop limit of IPv6 datagrams to one host, 1 to 255. Needs {@link Capability#UNICAST_HOPS_V6}. */
    public static final SocketOption<Integer> IPV6_UNICAST_HOPS = new Option<>("IPV6_UNICAST_HOPS", Integer.class);

    /** Whether an IPv6 socket keeps out IPv4; read only, see {@link UdpConfig#withV6Only}. Needs {@link Capability#V6_ONLY}. */
    public static final SocketOption<Boolean> IPV6_V6ONLY = new Option<>("IPV6_V6ONLY", Boolean.class);

    /** Whether datagrams may not be fragmented on their way. Needs {@link Capability#DONT_FRAGMENT}. */
    public static final SocketOption<Boolean> IP_DONTFRAGMENT = new Option<>("IP_DONTFRAGMENT", Boolean.class);

    /** The path MTU in bytes towards the connected peer; read only. Needs {@link Capability#PATH_MTU}. */
    public static final SocketOption<Integer> IP_MTU = new Option<>("IP_MTU", Integer.class);

    /** How long the system may poll the device in a receive, in microseconds. Needs {@link Capability#BUSY_POLL}. */
    public static final SocketOption<Integer> SO_BUSY_POLL = new Option<>("SO_BUSY_POLL", Integer.class);

    private record Option<T>(String name, Class<T> type) implements SocketOption<T> {
        @Override
        public String toString() {
            return name;
        }
    }

    private UdpOptions() {}
}
