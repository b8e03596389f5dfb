package org.datagram4j.sys.linux;

import java.nio.ByteBuffer;
import org.datagram4j.sys.contract.RawAddress;

/**
 * Socket addresses, {@code <netinet/in.h>}. Ports and addresses are in network order, the rest in the processor's.
 *
 * <pre>{@code
 * struct sockaddr_in {            struct sockaddr_in6 {
 *     sa_family_t    sin_family;      sa_family_t     sin6_family;
 *     in_port_t      sin_port;        in_port_t       sin6_port;
 *     struct in_addr sin_addr;        uint32_t        sin6_flowinfo;
 *     unsigned char  sin_zero[8];     struct in6_addr sin6_addr;
 * };                                  uint32_t        sin6_scope_id;
 *                                 };
 * }</pre>
 */
final class AddressLayout {
    static final int FAMILY = 0;
    static final int PORT = 2;
    static final int V4_ADDRESS = 4;
    static final int V4_SIZE = 16;
    static final int V6_FLOWINFO = 4;
    static final int V6_ADDRESS = 8;
    static final int V6_SCOPE_ID = 24;
    static final int V6_SIZE = 28;

    private AddressLayout() {}

    /**
     * Writes an address. An IPv4 address is written as such for an IPv4 socket, mapped for an IPv6 one; an IPv6 address
     * is written as such always, for the kernel to refuse.
     *
     * @return its size
     */
    static int write(ByteBuffer to, int at, RawAddress address, boolean v4Socket) {
        short port = Short.reverseBytes((short) address.port);
        if (v4Socket && address.isV4()) {
            to.putShort(at + FAMILY, (short) SocketConstants.AF_INET);
            to.putShort(at + PORT, port);
            to.putInt(at + V4_ADDRESS, Integer.reverseBytes((int) address.low));
            to.putLong(at + V4_ADDRESS + 4, 0);
            return V4_SIZE;
        }
        to.putShort(at + FAMILY, (short) SocketConstants.AF_INET6);
        to.putShort(at + PORT, port);
        to.putInt(at + V6_FLOWINFO, 0);
        writeV6(to, at + V6_ADDRESS, address);
        to.putInt(at + V6_SCOPE_ID, address.scopeId);
        return V6_SIZE;
    }

    /** Writes the 16 bytes of an address. */
    static void writeV6(ByteBuffer to, int at, RawAddress address) {
        to.putLong(at, Long.reverseBytes(address.high));
        to.putLong(at + 8, Long.reverseBytes(address.low));
    }

    /** Reads an address; returns false if it is of another family, as that of a socket that was never bound may be. */
    static boolean read(ByteBuffer from, int at, RawAddress into) {
        int family = from.getShort(at + FAMILY);
        int port = Short.toUnsignedInt(Short.reverseBytes(from.getShort(at + PORT)));
        if (family == SocketConstants.AF_INET) {
            into.setV4(Integer.reverseBytes(from.getInt(at + V4_ADDRESS)), port);
            return true;
        }
        if (family == SocketConstants.AF_INET6) {
            long high = Long.reverseBytes(from.getLong(at + V6_ADDRESS));
            long low = Long.reverseBytes(from.getLong(at + V6_ADDRESS + 8));
            into.set(high, low, port, from.getInt(at + V6_SCOPE_ID));
            return true;
        }
        return false;
    }
}
