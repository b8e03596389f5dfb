package org.datagram4j.sys.windows;

import static org.datagram4j.sys.windows.MessageLayout.CONTROL_BYTES;
import static org.datagram4j.sys.windows.MessageLayout.CONTROL_HEADER;
import static org.datagram4j.sys.windows.MessageLayout.CONTROL_LEVEL;
import static org.datagram4j.sys.windows.MessageLayout.CONTROL_TYPE;

import java.nio.ByteBuffer;
import org.datagram4j.sys.contract.RawAddress;

/**
 * Writes control messages for a send. Whether IPv4 or IPv6 ones count depends on how the datagram goes, not on the
 * socket.
 *
 * <pre>{@code
 * typedef struct in_pktinfo {         typedef struct in6_pktinfo {
 *     IN_ADDR ipi_addr;                   IN6_ADDR ipi6_addr;
 *     ULONG   ipi_ifindex;                ULONG    ipi6_ifindex;
 * } IN_PKTINFO;                       } IN6_PKTINFO;
 * }</pre>
 */
final class ControlWriter {
    static final int V4_INFO_ADDRESS = 0;
    static final int V4_INFO_INTERFACE = 4;
    static final int V4_INFO_SIZE = 8;
    static final int V6_INFO_ADDRESS = 0;
    static final int V6_INFO_INTERFACE = 16;
    static final int V6_INFO_SIZE = 20;

    private ControlWriter() {}

    /** {@code UDP_SEND_MSG_SIZE}, a DWORD. Returns where the next message begins. */
    static int segment(ByteBuffer to, int at, int bytes) {
        header(to, at, SocketConstants.IPPROTO_UDP, SocketConstants.UDP_SEND_MSG_SIZE, 4);
        to.putInt(at + CONTROL_HEADER, bytes);
        return at + MessageLayout.controlSpace(4);
    }

    /** {@code IP_PKTINFO}; a source of null and an interface of 0 or less leave it to the system. */
    static int source(ByteBuffer to, int at, boolean v4, RawAddress source, int interfaceIndex) {
        int data = at + CONTROL_HEADER;
        int index = Math.max(interfaceIndex, 0);
        if (v4) {
            header(to, at, SocketConstants.IPPROTO_IP, SocketConstants.IP_PKTINFO, V4_INFO_SIZE);
            to.putInt(data + V4_INFO_ADDRESS, source == null ? 0 : Integer.reverseBytes((int) source.low));
            to.putInt(data + V4_INFO_INTERFACE, index);
            return at + MessageLayout.controlSpace(V4_INFO_SIZE);
        }
        header(to, at, SocketConstants.IPPROTO_IPV6, SocketConstants.IPV6_PKTINFO, V6_INFO_SIZE);
        to.putLong(data + V6_INFO_ADDRESS, source == null ? 0 : Long.reverseBytes(source.high));
        to.putLong(data + V6_INFO_ADDRESS + 8, source == null ? 0 : Long.reverseBytes(source.low));
        to.putInt(data + V6_INFO_INTERFACE, index);
        return at + MessageLayout.controlSpace(V6_INFO_SIZE);
    }

    private static void header(ByteBuffer to, int at, int level, int type, int length) {
        to.putLong(at + CONTROL_BYTES, CONTROL_HEADER + length);
        to.putInt(at + CONTROL_LEVEL, level);
        to.putInt(at + CONTROL_TYPE, type);
    }
}
