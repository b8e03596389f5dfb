package org.datagram4j.sys.windows;

import java.nio.ByteBuffer;
import org.datagram4j.sys.contract.RawAddress;

/**
 * Socket addresses, {@code <ws2def.h>} and {@code <ws2ipdef.h>}. Ports and addresses are in network order, the rest in the processor's.
 *
 * <pre>{@code
 * struct sockaddr_in {            struct sockaddr_in6 {
 *     ADDRESS_FAMILY sin_family;      ADDRESS_FAMILY  sin6_family;
 *     USHORT         sin_port;        USHORT          sin6_port;
 *     IN_ADDR        sin_addr;        ULONG           sin6_flowinfo;
 *     CHAR           sin_zero[8];     IN6_ADDR        sin6_addr;
 * };                                  ULONG           sin6_scope_id;
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

    /** Makes loopback of the wildcard address, which Windows takes for no destination. */
    static void replaceAny(ByteBuffer of, int at) {
        if (of.getShort(at + FAMILY) == SocketConstants.AF_INET) {
            if (of.getInt(at + V4_ADDRESS) == 0) {
                of.putInt(at + V4_ADDRESS, Integer.reverseBytes(0x7F00_0001));
            }
            return;
        }
        long high = of.getLong(at + V6_ADDRESS);
        long low = Long.reverseBytes(of.getLong(at + V6_ADDRESS + 8));
        if (high == 0 && low == 0) {
            of.putLong(at + V6_ADDRESS + 8, Long.reverseBytes(1));
        } else if (high == 0 && low == RawAddress.mapped(0)) {
            of.putLong(at + V6_ADDRESS + 8, Long.reverseBytes(RawAddress.mapped(0x7F00_0001)));
        }
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
