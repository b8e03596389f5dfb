package org.datagram4j.spi;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.datagram4j.Capability;
import org.datagram4j.ErrorKind;
import org.datagram4j.Events;
import org.datagram4j.Limit;
import org.datagram4j.SendInfo;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;

/** The checks that come before a system call, with the exceptions that the contract promises. */
public final class Arguments {
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private Arguments() {}

    /**
     * A destination or peer.
     *
     * @param address what the caller gave
     * @return the same
     * @throws IllegalArgumentException if it is unresolved or its port is 0
     * @throws NullPointerException if it is null
     */
    public static InetSocketAddress destination(InetSocketAddress address) {
        Objects.requireNonNull(address, "destination");
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("the destination " + address
                    + " is unresolved: resolve the host name first, with new InetSocketAddress(host, port)");
        }
        if (address.getPort() == 0) {
            throw new IllegalArgumentException("the destination " + address + " has port 0, where nobody can listen");
        }
        return address;
    }

    /**
     * A buffer to receive into.
     *
     * @param buffer what the caller gave
     * @return the same
     * @throws IllegalArgumentException if it is read-only
     * @throws NullPointerException if it is null
     */
    public static ByteBuffer writable(ByteBuffer buffer) {
        if (buffer.isReadOnly()) {
            throw new IllegalArgumentException("cannot receive into a read-only buffer");
        }
        return buffer;
    }

    /**
     * Touches a buffer, so that one whose memory is gone or belongs to another thread throws here and not when a datagram
     * has been taken from the system for it.
     *
     * @param buffer what the caller gave
     * @throws IllegalStateException if its arena is closed
     * @throws RuntimeException {@code WrongThreadException} if its arena is another thread's
     */
    public static void access(ByteBuffer buffer) {
        if (buffer.hasRemaining()) {
            buffer.get(buffer.position());
        }
    }

    /**
     * What a configuration asks for.
     *
     * @param backend whose capabilities count
     * @param config what the caller gave
     * @throws UnsupportedOperationException if something is missing, naming it
     */
    public static void config(UdpBackend backend, UdpConfig config) {
        if (config.reusePort()) {
            require(backend, Capability.REUSE_PORT);
        }
        if (config.v6Only() && !(config.localAddress().getAddress() instanceof Inet4Address)) {
            require(backend, Capability.V6_ONLY);
        }
        if (config.device() != null) {
            require(backend, Capability.BIND_DEVICE);
        }
        for (Capability field : config.metadata()) {
            require(backend, field);
        }
        if (config.coalescing()) {
            require(backend, Capability.GRO);
        }
        if (config.errorQueue()) {
            require(backend, Capability.ERROR_QUEUE);
        }
    }

    /**
     * A list of events that a backend made.
     *
     * @param events what the caller gave
     * @param backend the backend's name
     * @return the same
     * @throws IllegalArgumentException if it is another backend's
     * @throws NullPointerException if it is null
     */
    public static EventList events(Events events, String backend) {
        Objects.requireNonNull(events, "events");
        if (events instanceof EventList list && backend.equals(list.owner())) {
            return list;
        }
        throw new IllegalArgumentException(
                "these events were not made by a poll of the backend '" + backend + "': use Poll.newEvents()");
    }

    /**
     * A number within bounds.
     *
     * @param value what the caller gave
     * @param least the least that is allowed
     * @param most the most that is allowed
     * @param what its name, for the message
     * @return the same
     * @throws IllegalArgumentException if out of range
     */
    public static int range(int value, int least, int most, String what) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("the " + what + " is " + least + " to " + most + ", not " + value);
        }
        return value;
    }

    /**
     * A range of a batch's slots.
     *
     * @param slots how many slots the batch has
     * @param first the first slot
     * @param count how many, 1 or greater
     * @throws IndexOutOfBoundsException if the range is empty or not within the batch
     */
    public static void slots(int slots, int first, int count) {
        if (first < 0 || count < 1 || count > slots - first) {
            throw new IndexOutOfBoundsException(
                    "slots " + first + " to " + ((long) first + count - 1) + " are not within a batch of " + slots);
        }
    }

    /**
     * A segmented payload.
     *
     * @param payloadBytes its length
     * @param segmentBytes the length of each segment
     * @param most {@link Limit#SEGMENTS}
     * @throws IllegalArgumentException if the payload is empty, the size out of range, or there are too many segments
     */
    public static void segments(int payloadBytes, int segmentBytes, long most) {
        range(segmentBytes, 1, 65_527, "segment size");
        if (payloadBytes == 0) {
            throw new IllegalArgumentException("an empty payload has no segments: use sendTo for an empty datagram");
        }
        if ((payloadBytes + (long) segmentBytes - 1) / segmentBytes > most) {
            throw new IllegalArgumentException(payloadBytes + " bytes in segments of " + segmentBytes
                    + " are more than " + most + " segments: send less at a time");
        }
    }

    /**
     * A multicast group.
     *
     * @param group what the caller gave
     * @return the same
     * @throws IllegalArgumentException if it is not multicast
     * @throws NullPointerException if it is null
     */
    public static InetAddress group(InetAddress group) {
        Objects.requireNonNull(group, "group");
        if (!group.isMulticastAddress()) {
            throw new IllegalArgumentException(group.getHostAddress() + " is not a multicast address");
        }
        return group;
    }

    /**
     * The sender of a source-specific group.
     *
     * @param group the group
     * @param source what the caller gave
     * @return the same
     * @throws IllegalArgumentException if it is the wildcard, multicast, or of the other IP version
     * @throws NullPointerException if it is null
     */
    public static InetAddress source(InetAddress group, InetAddress source) {
        Objects.requireNonNull(source, "source");
        if (source.isMulticastAddress() || source.isAnyLocalAddress() || source.getClass() != group.getClass()) {
            throw new IllegalArgumentException(source.getHostAddress() + " cannot be the sender of "
                    + group.getHostAddress() + ": give one host's address of the same IP version");
        }
        return source;
    }

    /**
     * A timeout.
     *
     * @param timeout what the caller gave, null for none
     * @return nanoseconds, saturating, or -1 for none
     * @throws IllegalArgumentException if negative
     */
    public static long timeoutNanos(Duration timeout) {
        if (timeout == null) {
            return -1;
        }
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("the timeout " + timeout + " is negative: use null to wait without end");
        }
        return timeout.compareTo(LONGEST) >= 0 ? Long.MAX_VALUE : timeout.toNanos();
    }

    /**
     * The IP version that a method needs.
     *
     * @param socket whose
     * @param family which
     * @param what the method's subject, for the message
     * @throws UdpException {@link ErrorKind#CLOSED} if the socket is closed
     * @throws UnsupportedOperationException if the socket has the other version
     */
    public static void family(UdpSocket socket, StandardProtocolFamily family, String what) throws UdpException {
        if (!socket.isOpen()) {
            throw closed(socket);
        }
        if (socket.family() != family) {
            throw new UnsupportedOperationException(what + " is for " + family + " sockets; this one is " + socket);
        }
    }

    /**
     * Refuses an operation unless its capability is declared.
     *
     * @param backend whose
     * @param capability which
     * @throws UnsupportedOperationException if it is missing, naming it
     */
    public static void require(UdpBackend backend, Capability capability) {
        if (!backend.capabilities().contains(capability)) {
            throw unsupported(backend.name(), capability);
        }
    }

    /**
     * Refuses what a datagram is to be sent with, if the backend lacks it.
     *
     * @param backend the backend's name
     * @param declared its capabilities
     * @param info what to send with
     * @throws UnsupportedOperationException naming the capability
     */
    public static void control(String backend, Set<Capability> declared, SendInfo info) {
        if (info.sourceAddress() != null || info.interfaceIndex() != SendInfo.UNSET) {
            require(backend, declared, Capability.SOURCE_SELECTION);
        }
        if (info.ecn() != SendInfo.UNSET || info.trafficClass() != SendInfo.UNSET) {
            require(backend, declared, Capability.SEND_TRAFFIC_CLASS);
        }
        if (info.hopLimit() != SendInfo.UNSET) {
            require(backend, declared, Capability.SEND_HOP_LIMIT);
        }
    }

    /**
     * Refuses an operation, if the backend lacks its capability.
     *
     * @param backend the backend's name
     * @param declared its capabilities
     * @param capability what the operation needs
     * @throws UnsupportedOperationException naming the capability
     */
    public static void require(String backend, Set<Capability> declared, Capability capability) {
        if (!declared.contains(capability)) {
            throw unsupported(backend, capability);
        }
    }

    /**
     * The refusal of an operation whose capability is missing.
     *
     * @param backend the backend's name
     * @param capability which
     * @return the exception, to be thrown
     */
    public static UnsupportedOperationException unsupported(String backend, Capability capability) {
        return new UnsupportedOperationException("the backend '" + backend + "' lacks the capability " + capability
                + ": ask UdpBackend.capabilities() first, or choose another backend");
    }

    /**
     * The error of something closed.
     *
     * @param what what it is, by its toString()
     * @return the exception, to be thrown
     */
    public static UdpException closed(Object what) {
        return new UdpException(ErrorKind.CLOSED, what + " is closed");
    }
}
