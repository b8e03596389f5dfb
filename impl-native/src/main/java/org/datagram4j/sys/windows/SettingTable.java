package org.datagram4j.sys.windows;

import static org.datagram4j.sys.windows.SocketConstants.IPPROTO_IP;
import static org.datagram4j.sys.windows.SocketConstants.IPPROTO_IPV6;
import static org.datagram4j.sys.windows.SocketConstants.IPPROTO_UDP;
import static org.datagram4j.sys.windows.SocketConstants.SOL_SOCKET;

import org.datagram4j.sys.contract.Setting;

/**
 * Which socket options a setting stands for. An IPv6 socket has both versions of most of them, because it sends and
 * receives IPv4, too: its own counts when it is read, and the IPv4 one follows.
 */
final class SettingTable {
    /**
     * The options of one setting; 0 stands for none.
     *
     * @param level the level on an IPv4 socket, and for {@code v4} in any case
     * @param v4 the option on an IPv4 socket
     * @param v6 the option of level IPPROTO_IPV6 on an IPv6 socket
     * @param both whether an IPv6 socket has the first, too
     */
    record Options(int level, int v4, int v6, boolean both) {}

    private static final Options NONE = new Options(0, 0, 0, false);
    private static final Options[] TABLE = new Options[Setting.values().length];

    static {
        socket(Setting.REUSE_ADDRESS, SocketConstants.SO_REUSEADDR);
        socket(Setting.RECEIVE_BUFFER, SocketConstants.SO_RCVBUF);
        socket(Setting.SEND_BUFFER, SocketConstants.SO_SNDBUF);
        socket(Setting.BROADCAST, SocketConstants.SO_BROADCAST);
        ip(Setting.TRAFFIC_CLASS, SocketConstants.IP_TOS, SocketConstants.IPV6_TCLASS);
        ip(Setting.MULTICAST_LOOP, SocketConstants.IP_MULTICAST_LOOP, SocketConstants.IPV6_MULTICAST_LOOP);
        ip(Setting.MULTICAST_TTL, SocketConstants.IP_MULTICAST_TTL, SocketConstants.IPV6_MULTICAST_HOPS);
        ip(Setting.MULTICAST_INTERFACE, SocketConstants.IP_MULTICAST_IF, SocketConstants.IPV6_MULTICAST_IF);
        ip(Setting.DONT_FRAGMENT, SocketConstants.IP_DONTFRAGMENT, SocketConstants.IPV6_DONTFRAG);
        ip(Setting.RECEIVE_LOCAL, SocketConstants.IP_PKTINFO, SocketConstants.IPV6_PKTINFO);
        ip(Setting.RECEIVE_TRAFFIC_CLASS, SocketConstants.IP_RECVTOS, SocketConstants.IPV6_RECVTCLASS);
        ip(Setting.RECEIVE_HOP_LIMIT, SocketConstants.IP_RECVTTL, SocketConstants.IPV6_HOPLIMIT);
        put(Setting.PATH_MTU, new Options(IPPROTO_IP, SocketConstants.IP_MTU, SocketConstants.IPV6_MTU, false));
        put(Setting.UNICAST_TTL, new Options(IPPROTO_IP, SocketConstants.IP_TTL, 0, true));
        put(Setting.UNICAST_HOPS, new Options(IPPROTO_IP, 0, SocketConstants.IPV6_UNICAST_HOPS, false));
        put(Setting.V6_ONLY, new Options(IPPROTO_IP, 0, SocketConstants.IPV6_V6ONLY, false));
        put(Setting.COALESCING, new Options(IPPROTO_UDP, SocketConstants.UDP_RECV_MAX_COALESCED_SIZE, 0, true));
    }

    private SettingTable() {}

    private static void socket(Setting setting, int option) {
        put(setting, new Options(SOL_SOCKET, option, 0, true));
    }

    private static void ip(Setting setting, int v4, int v6) {
        put(setting, new Options(IPPROTO_IP, v4, v6, true));
    }

    private static void put(Setting setting, Options options) {
        TABLE[setting.ordinal()] = options;
    }

    private static Options of(Setting setting) {
        Options options = TABLE[setting.ordinal()];
        return options == null ? NONE : options;
    }

    /** Whether a socket has a setting at all. */
    static boolean has(boolean v6Socket, Setting setting) {
        Options options = of(setting);
        return v6Socket ? options.v6 != 0 || options.both : options.v4 != 0;
    }

    /** The option to read, level and name in one: the level is in the upper half. */
    static long main(boolean v6Socket, Setting setting) {
        Options options = of(setting);
        return v6Socket && options.v6 != 0 ? pair(IPPROTO_IPV6, options.v6) : pair(options.level, options.v4);
    }

    /** The option that follows on an IPv6 socket, or 0. */
    static long follower(boolean v6Socket, Setting setting) {
        Options options = of(setting);
        return v6Socket && options.v6 != 0 && options.both ? pair(options.level, options.v4) : 0;
    }

    private static long pair(int level, int name) {
        return (long) level << 32 | name;
    }
}
