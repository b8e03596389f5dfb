package org.datagram4j;

import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * What a socket needs to know before it is bound. Immutable: every {@code with} method returns a changed copy.
 *
 * <p>Bad values throw when they are given; what the backend lacks throws {@link UnsupportedOperationException} naming
 * the {@link Capability} when the socket is opened.
 */
public final class UdpConfig {
    /** Stands for "leave it to the system" in buffer sizes. */
    public static final int SYSTEM_DEFAULT = 0;

    private final InetSocketAddress localAddress;
    private boolean reuseAddress;
    private boolean reusePort;
    private boolean v6Only;
    private int receiveBufferBytes = SYSTEM_DEFAULT;
    private int sendBufferBytes = SYSTEM_DEFAULT;
    private String device;
    private TruncationPolicy truncationPolicy = TruncationPolicy.PLATFORM;
    private Set<Capability> metadata = Set.of();
    private boolean coalescing;
    private boolean errorQueue;

    private UdpConfig(InetSocketAddress localAddress) {
        this.localAddress = localAddress;
    }

    private UdpConfig(UdpConfig from) {
        localAddress = from.localAddress;
        reuseAddress = from.reuseAddress;
        reusePort = from.reusePort;
        v6Only = from.v6Only;
        receiveBufferBytes = from.receiveBufferBytes;
        sendBufferBytes = from.sendBufferBytes;
        device = from.device;
        truncationPolicy = from.truncationPolicy;
        metadata = from.metadata;
        coalescing = from.coalescing;
        errorQueue = from.errorQueue;
    }

    /**
     * A configuration with every default.
     *
     * @param localAddress where to bind; its IP version is the socket's, port 0 lets the system choose
     * @return the configuration
     * @throws IllegalArgumentException if the address is unresolved
     * @throws NullPointerException if it is null
     */
    public static UdpConfig of(InetSocketAddress localAddress) {
        Objects.requireNonNull(localAddress, "localAddress");
        if (localAddress.isUnresolved()) {
            throw new IllegalArgumentException("cannot bind to the unresolved address " + localAddress
                    + ": resolve the host name first, with new InetSocketAddress(host, port)");
        }
        return new UdpConfig(localAddress);
    }

    /**
     * SO_REUSEADDR before binding: on Unix several sockets may then share a multicast port. Default false, as in mio.
     *
     * @param on whether to set it
     * @return a changed copy
     */
    public UdpConfig withReuseAddress(boolean on) {
        UdpConfig copy = new UdpConfig(this);
        copy.reuseAddress = on;
        return copy;
    }

    /**
     * SO_REUSEPORT before binding: several sockets share a port and, on Linux, the datagrams of it. Default false.
     * Needs {@link Capability#REUSE_PORT}.
     *
     * @param on whether to set it
     * @return a changed copy
     */
    public UdpConfig withReusePort(boolean on) {
        UdpConfig copy = new UdpConfig(this);
        copy.reusePort = on;
        return copy;
    }

    /**
     * Whether an IPv6 socket keeps out IPv4. Default false on every system, whatever the system's own default is. True
     * needs {@link Capability#V6_ONLY}; ignored for IPv4 sockets.
     *
     * @param on whether to keep IPv4 out
     * @return a changed copy
     */
    public UdpConfig withV6Only(boolean on) {
        UdpConfig copy = new UdpConfig(this);
        copy.v6Only = on;
        return copy;
    }

    /**
     * SO_RCVBUF. The system may grant less or more; {@link UdpSocket#getOption} tells what it granted.
     *
     * @param bytes the size to ask for, in bytes, or {@link #SYSTEM_DEFAULT}
     * @return a changed copy
     * @throws IllegalArgumentException if negative
     */
    public UdpConfig withReceiveBufferBytes(int bytes) {
        UdpConfig copy = new UdpConfig(this);
        copy.receiveBufferBytes = notNegative(bytes, "receive buffer");
        return copy;
    }

    /**
     * SO_SNDBUF. The system may grant less or more; {@link UdpSocket#getOption} tells what it granted.
     *
     * @param bytes the size to ask for, in bytes, or {@link #SYSTEM_DEFAULT}
     * @return a changed copy
     * @throws IllegalArgumentException if negative
     */
    public UdpConfig withSendBufferBytes(int bytes) {
        UdpConfig copy = new UdpConfig(this);
        copy.sendBufferBytes = notNegative(bytes, "send buffer");
        return copy;
    }

    /**
     * SO_BINDTODEVICE: only this interface's datagrams. Needs {@link Capability#BIND_DEVICE}.
     *
     * @param name the interface's name, or null for any
     * @return a changed copy
     * @throws IllegalArgumentException if the name is empty
     */
    public UdpConfig withDevice(String name) {
        if (name != null && name.isEmpty()) {
            throw new IllegalArgumentException("the device name is empty: name an interface, or give null for any");
        }
        UdpConfig copy = new UdpConfig(this);
        copy.device = name;
        return copy;
    }

    /**
     * What a receive does with a datagram that does not fit. Default {@link TruncationPolicy#PLATFORM}.
     *
     * @param policy the policy, which {@link UdpSocket#setTruncationPolicy} can change later
     * @return a changed copy
     * @throws NullPointerException if null
     */
    public UdpConfig withTruncationPolicy(TruncationPolicy policy) {
        UdpConfig copy = new UdpConfig(this);
        copy.truncationPolicy = Objects.requireNonNull(policy, "policy");
        return copy;
    }

    /**
     * Which fields of {@link DatagramInfo} receives are to fill beyond sender and lengths; each may cost the system
     * some work per datagram. Default none. {@link Capability#ORIGINAL_LENGTH} is filled without being asked for.
     *
     * @param fields capabilities of kind {@link Capability.Kind#FIELD}, replacing those asked for before
     * @return a changed copy
     * @throws IllegalArgumentException if one is of another kind
     * @throws NullPointerException if the set or an element is null
     */
    public UdpConfig withMetadata(Set<Capability> fields) {
        EnumSet<Capability> wanted = EnumSet.noneOf(Capability.class);
        for (Capability field : fields) {
            if (field.kind() != Capability.Kind.FIELD) {
                throw new IllegalArgumentException(field + " is no field of DatagramInfo but of kind " + field.kind());
            }
            wanted.add(field);
        }
        UdpConfig copy = new UdpConfig(this);
        copy.metadata = Collections.unmodifiableSet(wanted);
        return copy;
    }

    /**
     * Whether one receive may deliver several datagrams of a flow in a row, with
     * {@link DatagramInfo#segmentSize()} telling where they part. Default false. Needs {@link Capability#GRO}.
     *
     * @param on whether to coalesce
     * @return a changed copy
     */
    public UdpConfig withCoalescing(boolean on) {
        UdpConfig copy = new UdpConfig(this);
        copy.coalescing = on;
        return copy;
    }

    /**
     * Whether ICMP errors are reported on an unconnected socket too. Default false. Needs
     * {@link Capability#ERROR_QUEUE}.
     *
     * @param on whether to report them
     * @return a changed copy
     */
    public UdpConfig withErrorQueue(boolean on) {
        UdpConfig copy = new UdpConfig(this);
        copy.errorQueue = on;
        return copy;
    }

    /**
     * Where to bind.
     *
     * @return the address, resolved
     */
    public InetSocketAddress localAddress() {
        return localAddress;
    }

    /**
     * See {@link #withReuseAddress(boolean)}.
     *
     * @return whether to set SO_REUSEADDR
     */
    public boolean reuseAddress() {
        return reuseAddress;
    }

    /**
     * See {@link #withReusePort(boolean)}.
     *
     * @return whether to set SO_REUSEPORT
     */
    public boolean reusePort() {
        return reusePort;
    }

    /**
     * See {@link #withV6Only(boolean)}.
     *
     * @return whether an IPv6 socket keeps out IPv4
     */
    public boolean v6Only() {
        return v6Only;
    }

    /**
     * See {@link #withReceiveBufferBytes(int)}.
     *
     * @return the size asked for in bytes, or {@link #SYSTEM_DEFAULT}
     */
    public int receiveBufferBytes() {
        return receiveBufferBytes;
    }

    /**
     * See {@link #withSendBufferBytes(int)}.
     *
     * @return the size asked for in bytes, or {@link #SYSTEM_DEFAULT}
     */
    public int sendBufferBytes() {
        return sendBufferBytes;
    }

    /**
     * See {@link #withDevice(String)}.
     *
     * @return the interface's name, or null
     */
    public String device() {
        return device;
    }

    /**
     * See {@link #withTruncationPolicy(TruncationPolicy)}.
     *
     * @return the policy, never null
     */
    public TruncationPolicy truncationPolicy() {
        return truncationPolicy;
    }

    /**
     * See {@link #withMetadata(Set)}.
     *
     * @return an unmodifiable set, perhaps empty
     */
    public Set<Capability> metadata() {
        return metadata;
    }

    /**
     * See {@link #withCoalescing(boolean)}.
     *
     * @return whether to coalesce
     */
    public boolean coalescing() {
        return coalescing;
    }

    /**
     * See {@link #withErrorQueue(boolean)}.
     *
     * @return whether to report ICMP errors on unconnected sockets
     */
    public boolean errorQueue() {
        return errorQueue;
    }

    @Override
    public String toString() {
        return "UdpConfig[" + localAddress
                + (reuseAddress ? ", reuseAddress" : "")
                + (reusePort ? ", reusePort" : "")
                + (v6Only ? ", v6Only" : "")
                + (receiveBufferBytes > 0 ? ", receive buffer " + receiveBufferBytes + " bytes" : "")
                + (sendBufferBytes > 0 ? ", send buffer " + sendBufferBytes + " bytes" : "")
                + (device != null ? ", device " + device : "")
                + ", truncation " + truncationPolicy
                + (metadata.isEmpty() ? "" : ", metadata " + metadata)
                + (coalescing ? ", coalescing" : "")
                + (errorQueue ? ", errorQueue" : "") + "]";
    }

    private static int notNegative(int bytes, String what) {
        if (bytes < 0) {
            throw new IllegalArgumentException("the " + what + " cannot have " + bytes + " bytes");
        }
        return bytes;
    }
}
