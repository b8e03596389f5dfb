package org.datagram4j;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.datagram4j.spi.AddressCache;

/**
 * The reusable result of a receive or peek: who sent the datagram, how long it was, and what else the system told.
 *
 * <p>Filling it allocates nothing. {@link #sender()} and {@link #localAddress()} make their objects when asked, through
 * a bounded cache, so that spoofed senders cannot fill the memory; {@link #senderPort()} and
 * {@link #senderAddress(byte[])} need none. Fields that the backend does not know, or that
 * {@link UdpConfig#withMetadata} did not ask for, say "unknown". A receive that would block or throws leaves it
 * cleared, except that {@link TruncationPolicy#ERROR} fills it before it throws.
 *
 * <p>Belongs to one thread at a time. Rules: UDP-RECV, UDP-META.
 */
public final class DatagramInfo {
    /** "Unknown" for every number of this class. */
    public static final int UNKNOWN = -1;

    private final Filler filler = new Filler();

    private InetSocketAddress sender;
    private long senderHigh;
    private long senderLow;
    private int senderPort;
    private int senderScopeId;
    private AddressCache cache;
    private int length;
    private boolean truncated;
    private int originalLength;
    private InetAddress localAddress;
    private long localHigh;
    private long localLow;
    private boolean localKnown;
    private int interfaceIndex;
    private int trafficClass;
    private int hopLimit;
    private long timestampNanos;
    private int segmentSize;
    private long dropCount;

    /** An info that holds nothing yet. */
    public DatagramInfo() {
        reset();
    }

    /**
     * Who sent the datagram. An IPv4-mapped sender is an {@link java.net.Inet4Address}; a link-local one keeps its
     * scope id.
     *
     * @return the sender, or null if nothing was received
     */
    public InetSocketAddress sender() {
        if (sender == null && cache != null) {
            sender = cache.socketAddress(senderHigh, senderLow, senderPort, senderScopeId);
        }
        return sender;
    }

    /**
     * The sender's port, without making an object.
     *
     * @return 0 to 65,535, or {@link #UNKNOWN} if nothing was received
     */
    public int senderPort() {
        return cache != null ? senderPort : sender != null ? sender.getPort() : UNKNOWN;
    }

    /**
     * Copies the bytes of the sender's IP address, in network order.
     *
     * @param target gets 4 bytes for IPv4 (mapped addresses included), 16 for IPv6; needs room for 16
     * @return 4 or 16, or 0 if nothing was received
     * @throws IllegalArgumentException if {@code target} is shorter than 16 bytes
     */
    public int senderAddress(byte[] target) {
        if (target.length < 16) {
            throw new IllegalArgumentException("an address needs room for 16 bytes, not " + target.length);
        }
        if (cache != null) {
            return AddressCache.bytes(senderHigh, senderLow, target);
        }
        if (sender == null) {
            return 0;
        }
        byte[] bytes = sender.getAddress().getAddress();
        System.arraycopy(bytes, 0, target, 0, bytes.length);
        return bytes.length;
    }

    /**
     * How many bytes the buffer got.
     *
     * @return 0 or greater; 0 for an empty datagram
     */
    public int length() {
        return length;
    }

    /**
     * Whether the datagram was longer than the room in the buffer. Known in every backend; false on an exact fit.
     *
     * @return true if the rest is missing
     */
    public boolean truncated() {
        return truncated;
    }

    /**
     * How long the datagram was when it was sent, in bytes.
     *
     * @return {@link #length()} unless truncated; then the length if the backend has
     *     {@link Capability#ORIGINAL_LENGTH}, otherwise {@link #UNKNOWN}
     */
    public int originalLength() {
        return originalLength;
    }

    /**
     * The local address that the datagram was sent to, even on a socket bound to the wildcard address; for multicast
     * and broadcast that is the group or broadcast address.
     *
     * @return the address, or null without {@link Capability#LOCAL_ADDRESS}
     */
    public InetAddress localAddress() {
        if (localAddress == null && localKnown) {
            localAddress = cache.address(localHigh, localLow, interfaceIndex);
        }
        return localAddress;
    }

    /**
     * The index of the interface that the datagram came in by.
     *
     * @return 1 or greater, or {@link #UNKNOWN} without {@link Capability#LOCAL_INTERFACE}
     */
    public int interfaceIndex() {
        return interfaceIndex;
    }

    /**
     * The explicit congestion notification (RFC 3168): the two low bits of {@link #trafficClass()}.
     *
     * @return 0 to 3, or {@link #UNKNOWN} without {@link Capability#RECV_TRAFFIC_CLASS}
     */
    public int ecn() {
        return trafficClass == UNKNOWN ? UNKNOWN : trafficClass & 3;
    }

    /**
     * The whole type-of-service or traffic-class byte of the IP header.
     *
     * @return 0 to 255, or {@link #UNKNOWN} without {@link Capability#RECV_TRAFFIC_CLASS}
     */
    public int trafficClass() {
        return trafficClass;
    }

    /**
     * The time to live or hop limit left when the datagram arrived.
     *
     * @return 0 to 255, or {@link #UNKNOWN} without {@link Capability#RECV_HOP_LIMIT}
     */
    public int hopLimit() {
        return hopLimit;
    }

    /**
     * When the system received the datagram, by its own real-time clock.
     *
     * @return nanoseconds since 1970-01-01T00:00Z, or {@link #UNKNOWN} without {@link Capability#RECV_TIMESTAMP}
     */
    public long timestampNanos() {
        return timestampNanos;
    }

    /**
     * The length of each datagram but the last in a coalesced receive, see {@link UdpConfig#withCoalescing(boolean)}.
     *
     * @return bytes per datagram, or 0 if this is one datagram
     */
    public int segmentSize() {
        return segmentSize;
    }

    /**
     * How many datagrams the system has dropped since the socket was opened because its receive buffer was full, as
     * counted when this datagram was queued. Never falls, apart from wrapping where the system counts in 32 bits.
     *
     * @return 0 or greater, or {@link #UNKNOWN} without {@link Capability#DROP_COUNT}
     */
    public long dropCount() {
        return dropCount;
    }

    /**
     * For backends: clears everything and returns the means to fill it.
     *
     * @return the filler of this info, always the same object
     */
    public Filler fill() {
        reset();
        return filler;
    }

    @Override
    public String toString() {
        return sender() == null
                ? "DatagramInfo[nothing]"
                : "DatagramInfo[" + length + " bytes from " + sender() + (truncated ? " of " + originalLength : "")
                        + "]";
    }

    private void reset() {
        sender = null;
        cache = null;
        length = 0;
        truncated = false;
        originalLength = 0;
        localAddress = null;
        localKnown = false;
        interfaceIndex = UNKNOWN;
        trafficClass = UNKNOWN;
        hopLimit = UNKNOWN;
        timestampNanos = UNKNOWN;
        segmentSize = 0;
        dropCount = UNKNOWN;
    }

    /** How a backend fills a {@link DatagramInfo}. Nothing is checked here: it is on the path of every datagram. */
    public final class Filler {
        private Filler() {}

        /**
         * The sender, as an object that exists already.
         *
         * @param address the sender, not null
         * @return this filler
         */
        public Filler sender(InetSocketAddress address) {
            sender = address;
            return this;
        }

        /**
         * The sender, as raw values; the object is made only when it is asked for.
         *
         * @param high the upper 8 bytes of the IPv6 or IPv4-mapped address, in network order
         * @param low the lower 8 bytes
         * @param port the port, 0 to 65,535
         * @param scopeId the scope id of a link-local address, otherwise 0
         * @param addresses where the object will be looked up
         * @return this filler
         */
        public Filler sender(long high, long low, int port, int scopeId, AddressCache addresses) {
            senderHigh = high;
            senderLow = low;
            senderPort = port;
            senderScopeId = scopeId;
            cache = addresses;
            return this;
        }

        /**
         * The lengths of a datagram that fits or not.
         *
         * @param delivered how many bytes the buffer got
         * @param cut whether there were more
         * @param original how many there were, or {@link #UNKNOWN}
         * @return this filler
         */
        public Filler length(int delivered, boolean cut, int original) {
            length = delivered;
            truncated = cut;
            originalLength = original;
            return this;
        }

        /**
         * Where the datagram arrived, as raw values; to be called after the raw sender.
         *
         * @param high the upper 8 bytes of the IPv6 or IPv4-mapped address, in network order
         * @param low the lower 8 bytes
         * @return this filler
         */
        public Filler localAddress(long high, long low) {
            localHigh = high;
            localLow = low;
            localKnown = true;
            return this;
        }

        /**
         * Where the datagram arrived, as an object.
         *
         * @param address the local address, or null if unknown
         * @return this filler
         */
        public Filler localAddress(InetAddress address) {
            localAddress = address;
            return this;
        }

        /**
         * The interface that the datagram came in by.
         *
         * @param index 1 or greater
         * @return this filler
         */
        public Filler interfaceIndex(int index) {
            interfaceIndex = index;
            return this;
        }

        /**
         * The type-of-service or traffic-class byte, ECN included.
         *
         * @param value 0 to 255
         * @return this filler
         */
        public Filler trafficClass(int value) {
            trafficClass = value;
            return this;
        }

        /**
         * The time to live or hop limit.
         *
         * @param value 0 to 255
         * @return this filler
         */
        public Filler hopLimit(int value) {
            hopLimit = value;
            return this;
        }

        /**
         * When the system received the datagram.
         *
         * @param epochNanos nanoseconds since 1970-01-01T00:00Z
         * @return this filler
         */
        public Filler timestampNanos(long epochNanos) {
            timestampNanos = epochNanos;
            return this;
        }

        /**
         * The length of each coalesced datagram but the last.
         *
         * @param bytes 1 or greater, or 0 for one datagram
         * @return this filler
         */
        public Filler segmentSize(int bytes) {
            segmentSize = bytes;
            return this;
        }

        /**
         * The system's count of dropped datagrams.
         *
         * @param count 0 or greater
         * @return this filler
         */
        public Filler dropCount(long count) {
            dropCount = count;
            return this;
        }
    }
}
