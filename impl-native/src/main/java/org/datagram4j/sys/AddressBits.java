package org.datagram4j.sys;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.datagram4j.sys.contract.RawAddress;

/**
 * Takes addresses apart. {@link InetAddress#getAddress()} copies each time it is asked, so what was taken apart before is
 * kept, as much as there is room for: sending to known addresses allocates nothing.
 *
 * <p>Safe for use by any thread, without locks: entries are immutable, and a lost race costs one allocation. Addresses
 * share a set of {@value #WAYS} places, so that this many never drive each other out.
 */
final class AddressBits {
    private static final int WAYS = 8;

    private record Entry(InetAddress address, long high, long low, int scopeId) {}

    private final Entry[] entries;
    private final int sets;
    private int next;

    /**
     * Nothing kept yet.
     *
     * @param size how many it keeps, a power of two and at least {@value #WAYS}
     */
    AddressBits(int size) {
        entries = new Entry[size];
        sets = size / WAYS;
    }

    /** Takes an address and port apart. */
    void set(RawAddress into, InetSocketAddress address) {
        set(into, address.getAddress(), address.getPort());
    }

    /** Takes an address apart. */
    void set(RawAddress into, InetAddress address, int port) {
        Entry entry = entry(address);
        into.set(entry.high, entry.low, port, entry.scopeId);
    }

    private Entry entry(InetAddress address) {
        int begin = ((address.hashCode() * 0x9E3779B9) >>> 16 & sets - 1) * WAYS;
        for (int i = begin; i < begin + WAYS; i++) {
            Entry entry = entries[i];
            if (entry != null && (entry.address == address || isSame(entry, address))) {
                return entry;
            }
        }
        Entry made = make(address);
        entries[begin + (next++ & WAYS - 1)] = made;
        return made;
    }

    /** IPv6 addresses are equal whatever their scopes. */
    private static boolean isSame(Entry entry, InetAddress address) {
        return entry.address.equals(address) && entry.scopeId == scopeId(address);
    }

    private static int scopeId(InetAddress address) {
        return address instanceof Inet6Address v6 ? v6.getScopeId() : 0;
    }

    private static Entry make(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            int v4 = (int) number(bytes, 0, 4);
            return new Entry(address, 0, RawAddress.mapped(v4), 0);
        }
        return new Entry(address, number(bytes, 0, 8), number(bytes, 8, 8), scopeId(address));
    }

    private static long number(byte[] bytes, int offset, int count) {
        long number = 0;
        for (int i = offset; i < offset + count; i++) {
            number = number << 8 | Byte.toUnsignedLong(bytes[i]);
        }
        return number;
    }
}
