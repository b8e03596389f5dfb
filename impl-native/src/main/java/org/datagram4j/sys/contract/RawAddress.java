package org.datagram4j.sys.contract;

/**
 * An address and port as plain numbers: 16 bytes in two longs, in network order, IPv4 mapped ({@code ::ffff:a.b.c.d}).
 * Belongs to one thread at a time.
 */
public final class RawAddress {
    private static final long MAPPED = 0xFFFFL << 32;

    /** The upper 8 bytes. */
    public long high;

    /** The lower 8 bytes. */
    public long low;

    /** The port, 0 to 65,535. */
    public int port;

    /** The scope id of a link-local address, otherwise 0. */
    public int scopeId;

    /** An address that is all zero. */
    public RawAddress() {}

    /**
     * Sets everything.
     *
     * @param newHigh the upper 8 bytes
     * @param newLow the lower 8 bytes
     * @param newPort the port
     * @param newScopeId the scope id
     */
    public void set(long newHigh, long newLow, int newPort, int newScopeId) {
        high = newHigh;
        low = newLow;
        port = newPort;
        scopeId = newScopeId;
    }

    /**
     * Sets an IPv4 address.
     *
     * @param v4 its 4 bytes
     * @param newPort the port
     */
    public void setV4(int v4, int newPort) {
        set(0, mapped(v4), newPort, 0);
    }

    /**
     * Whether it is an IPv4 address.
     *
     * @return true if it is mapped
     */
    public boolean isV4() {
        return isV4(high, low);
    }

    /**
     * Whether two longs are an IPv4 address.
     *
     * @param high the upper 8 bytes
     * @param low the lower 8 bytes
     * @return true if they are mapped
     */
    public static boolean isV4(long high, long low) {
        return high == 0 && (low & 0xFFFF_FFFF_0000_0000L) == MAPPED;
    }

    /**
     * The lower 8 bytes of a mapped IPv4 address; the upper ones are 0.
     *
     * @param v4 its 4 bytes
     * @return the lower 8 bytes
     */
    public static long mapped(int v4) {
        return MAPPED | v4 & 0xFFFF_FFFFL;
    }
}
