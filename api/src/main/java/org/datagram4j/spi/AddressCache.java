package org.datagram4j.spi;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * Makes address objects from raw bytes, and keeps as many as it has room for, so that naming a sender again allocates
 * nothing. Bounded: the senders that share a set of {@value #WAYS} places replace each other in turn, so spoofed
 * addresses cannot fill the memory, and that many never drive each other out.
 *
 * <p>Safe for use by any thread, without locks: entries are immutable, and a lost race costs one allocation. An address
 * is 16 bytes in two longs, in network order; IPv4 is mapped ({@code ::ffff:a.b.c.d}).
 */
public final class AddressCache {
    /** How many addresses are kept for certain, whatever they are; fewer only in a cache that is smaller. */
    public static final int WAYS = 8;

    private static final long MAPPED = 0xFFFFL << 32;

    private record Entry(long high, long low, int port, int scopeId, InetSocketAddress address) {}

    private final Entry[] entries;
    private final int ways;
    private int next;

    /**
     * A cache with room for some addresses.
     *
     * @param size how many it keeps, a power of two
     * @throws IllegalArgumentException if not a power of two
     */
    public AddressCache(int size) {
        if (Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException("the size must be a power of two, not " + size);
        }
        entries = new Entry[size];
        ways = Math.min(size, WAYS);
    }

    /**
     * The object for an address and port.
     *
     * @param high the upper 8 bytes
     * @param low the lower 8 bytes
     * @param port the port, 0 to 65,535
     * @param scopeId the scope id of a link-local address, otherwise 0
     * @return the address, equal for equal arguments
     */
    public InetSocketAddress socketAddress(long high, long low, int port, int scopeId) {
        long mixed = (high ^ Long.rotateLeft(low, 32) ^ port ^ ((long) scopeId << 16)) * 0x9E3779B97F4A7C15L;
        int begin = (int) (mixed >>> 40) & (entries.length - 1) & -ways;
        for (int place = begin; place < begin + ways; place++) {
            Entry entry = entries[place];
            if (entry != null
                    && entry.low == low
                    && entry.port == port
                    && entry.high == high
                    && entry.scopeId == scopeId) {
                return entry.address;
            }
        }
        Entry entry = new Entry(high, low, port, scopeId, new InetSocketAddress(address(high, low, scopeId), port));
        entries[begin + (next++ & ways - 1)] = entry;
        return entry.address;
    }

    /**
     * The object for an address; made anew each time.
     *
     * @param high the upper 8 bytes
     * @param low the lower 8 bytes
     * @param scopeId the scope id, kept if the address is link-local
     * @return an {@link java.net.Inet4Address} if mapped, otherwise an {@link Inet6Address}
     */
    public InetAddress address(long high, long low, int scopeId) {
        byte[] sixteen = new byte[16];
        int length = bytes(high, low, sixteen);
        try {
            if (length == 4) {
                return InetAddress.getByAddress(new byte[] {sixteen[0], sixteen[1], sixteen[2], sixteen[3]});
            }
            InetAddress plain = InetAddress.getByAddress(sixteen);
            boolean scoped = scopeId > 0 && (plain.isLinkLocalAddress() || plain.isMCLinkLocal());
            return scoped ? Inet6Address.getByAddress(null, sixteen, scopeId) : plain;
        } catch (UnknownHostException e) {
            throw new AssertionError("4 and 16 bytes are always an address", e);
        }
    }

    /**
     * Unpacks an address.
     *
     * @param high the upper 8 bytes
     * @param low the lower 8 bytes
     * @param target gets 4 bytes if mapped, otherwise 16
     * @return 4 or 16
     */
    public static int bytes(long high, long low, byte[] target) {
        if (high == 0 && (low & 0xFFFF_FFFF_0000_0000L) == MAPPED) {
            put(low << 32, target, 0, 4);
            return 4;
        }
        put(high, target, 0, 8);
        put(low, target, 8, 8);
        return 16;
    }

    private static void put(long value, byte[] target, int offset, int count) {
        for (int i = 0; i < count; i++) {
            target[offset + i] = (byte) (value >>> (56 - 8 * i));
        }
    }
}
