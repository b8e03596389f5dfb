package org.datagram4j.sys.linux;

import static org.datagram4j.sys.linux.MessageLayout.CONTROL_BYTES;
import static org.datagram4j.sys.linux.MessageLayout.CONTROL_HEADER;
import static org.datagram4j.sys.linux.MessageLayout.CONTROL_LEVEL;
import static org.datagram4j.sys.linux.MessageLayout.CONTROL_TYPE;

import java.nio.ByteBuffer;
import org.datagram4j.sys.contract.RawAddress;

/**
 * Writes control messages for a send. Whether IPv4 or IPv6 ones count depends on how the datagram goes, not on the
 * socket: what an IPv6 socket sends to a mapped address takes those of IPv4.
 *
 * <pre>{@code
 * struct in_pktinfo {                 struct in6_pktinfo {
 *     int            ipi_ifindex;         struct in6_addr ipi6_addr;
 *     struct in_addr ipi_spec_dst;        unsigned int    ipi6_ifindex;
 *     struct in_addr ipi_addr;        };
 * };
 * }</pre>
 */
final class ControlWriter {
    static final int V4_INFO_INTERFACE = 0;
    static final int V4_INFO_SOURCE = 4;
    static final int V4_INFO_ADDRESS = 8;
    static final int V4_INFO_SIZE = 12;
    static final int V6_INFO_ADDRESS = 0;
    static final int V6_INFO_INTERFACE = 16;
    static final int V6_INFO_SIZE = 20;

    /** Room for everything that one send can say. */
    static final int MOST = MessageLayout.controlSpace(V6_INFO_SIZE) + 3 * MessageLayout.controlSpace(4);

    private ControlWriter() {}

    /** {@code UDP_SEGMENT}, a 16-bit number. Returns where the next message begins. */
    static int segment(ByteBuffer to, int at, int bytes) {
        header(to, at, SocketConstants.IPPROTO_UDP, SocketConstants.UDP_SEGMENT, 2);
        to.putShort(at + CONTROL_HEADER, (short) bytes);
        return at + MessageLayout.controlSpace(2);
    }

    /** {@code IP_PKTINFO}; a source of null and an interface of 0 or less leave it to the kernel. */
    static int source(ByteBuffer to, int at, boolean v4, RawAddress source, int interfaceIndex) {
        int data = at + CONTROL_HEADER;
        int index = Math.max(interfaceIndex, 0);
        if (v4) {
            header(to, at, SocketConstants.IPPROTO_IP, SocketConstants.IP_PKTINFO, V4_INFO_SIZE);
            to.putInt(data + V4_INFO_INTERFACE, index);
            to.putInt(data + V4_INFO_SOURCE, source == null ? 0 : Integer.reverseBytes((int) source.low));
            to.putInt(data + V4_INFO_ADDRESS, 0);
            return at + MessageLayout.controlSpace(V4_INFO_SIZE);
        }
        header(to, at, SocketConstants.IPPROTO_IPV6, SocketConstants.IPV6_PKTINFO, V6_INFO_SIZE);
        to.putLong(data + V6_INFO_ADDRESS, source == null ? 0 : Long.reverseBytes(source.high));
        to.putLong(data + V6_INFO_ADDRESS + 8, source == null ? 0 : Long.reverseBytes(source.low));
        to.putInt(data + V6_INFO_INTERFACE, index);
        return at + MessageLayout.controlSpace(V6_INFO_SIZE);
    }

    /** {@code IP_TOS} or {@code IPV6_TCLASS}. */
    static int trafficClass(ByteBuffer to, int at, boolean v4, int value) {
        return v4
                ? number(to, at, SocketConstants.IPPROTO_IP, SocketConstants.IP_TOS, value)
                : number(to, at, SocketConstants.IPPROTO_IPV6, SocketConstants.IPV6_TCLASS, value);
    }

    /** {@code IP_TTL} or {@code IPV6_HOPLIMIT}. */
    static int hopLimit(ByteBuffer to, int at, boolean v4, int value) {
        return v4
                ? number(to, at, SocketConstants.IPPROTO_IP, SocketConstants.IP_TTL, value)
                : number(to, at, SocketConstants.IPPROTO_IPV6, SocketConstants.IPV6_HOPLIMIT, value);
    }

    private static int number(ByteBuffer to, int at, int level, int type, int value) {
        header(to, at, level, type, 4);
        to.putInt(at + CONTROL_HEADER, value);
        return at + MessageLayout.controlSpace(4);
    }

    private static void header(ByteBuffer to, int at, int level, int type, int length) {
        to.putLong(at + CONTROL_BYTES, CONTROL_HEADER + length);
        to.putInt(at + CONTROL_LEVEL, level);
        to.putInt(at + CONTROL_TYPE, type);
    }
}
