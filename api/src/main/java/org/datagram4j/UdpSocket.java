package org.datagram4j;

import static java.net.StandardProtocolFamily.INET;
import static java.net.StandardProtocolFamily.INET6;

import java.io.Closeable;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Set;
import org.datagram4j.spi.Arguments;
import org.datagram4j.spi.Interfaces;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A non-blocking UDP socket, always bound. Mirrors {@code mio::net::UdpSocket}, with mio's method names.
 *
 * <p>Any thread may call any method at any time; one that sends and one that receives do not wait for each other. No
 * method blocks. What holds for all of them:
 *
 * <ul>
 *   <li>A send or receive returns the byte count, or {@link #WOULD_BLOCK} if the system is not ready. A receive of 0 is
 *       an empty datagram, which is a real datagram, unless its info says truncated (a buffer without room).
 *   <li>A send takes the bytes between position and limit, and moves the position over all of them or not at all. A
 *       receive puts bytes between position and limit, never beyond, and moves the position over them. A call that
 *       blocks, is refused or fails moves nothing.
 *   <li>Arguments are checked before any system call: null is {@link NullPointerException}; an unresolved destination,
 *       port 0, or a read-only buffer to receive into is {@link IllegalArgumentException}.
 *   <li>On a closed socket every method but {@code close}, {@code isOpen}, {@code backend}, {@code family} and
 *       {@code toString} throws {@link UdpException} of kind {@link ErrorKind#CLOSED}; a call in flight while another
 *       thread closes completes or throws that.
 *   <li>On a connected socket a refused datagram (ICMP port unreachable) is reported as
 *       {@link ErrorKind#CONNECTION_REFUSED}, at most once for each datagram sent, at the latest by the next receive; a
 *       send that throws it has sent nothing. An unconnected socket never reports it unless
 *       {@link UdpConfig#withErrorQueue} asked for that.
 * </ul>
 */
@ProviderType
public interface UdpSocket extends Source, Closeable {
    /** What a send or receive returns when the system is not ready: try again after the next event. */
    int WOULD_BLOCK = -1;

    /**
     * The backend that made this socket.
     *
     * @return the backend
     */
    UdpBackend backend();

    /**
     * The IP version, which is that of the address it was bound to.
     *
     * @return {@link StandardProtocolFamily#INET} or {@link StandardProtocolFamily#INET6}
     */
    StandardProtocolFamily family();

    /**
     * Whether it is open.
     *
     * @return false once it was closed or released, or its backend stopped
     */
    boolean isOpen();

    /**
     * Where it is bound (getsockname). A socket bound to the wildcard address has a concrete one while it is connected.
     *
     * @return the local address and port, the port never 0
     * @throws UdpException {@link ErrorKind#CLOSED}
     */
    InetSocketAddress localAddress() throws UdpException;

    /**
     * Whom it is connected to (getpeername).
     *
     * @return the peer
     * @throws UdpException {@link ErrorKind#NOT_CONNECTED}, {@link ErrorKind#CLOSED}
     */
    InetSocketAddress peerAddress() throws UdpException;

    /**
     * Sets or changes the peer: from now on only its datagrams are received and {@link #send} goes to it. Local port,
     * registration, options and groups stay. Datagrams queued before may still be received, or be lost without
     * {@link Capability#CONNECT_KEEPS_QUEUE}. May be called again at any time; if it fails, {@link #peerAddress()} tells
     * where it left the socket.
     *
     * @param peer the new peer; the wildcard address stands for this machine
     * @throws UdpException {@link ErrorKind#WRONG_FAMILY}, {@link ErrorKind#NETWORK_UNREACHABLE},
     *     {@link ErrorKind#PERMISSION_DENIED} (broadcast), {@link ErrorKind#CLOSED}
     * @throws IllegalArgumentException if the peer is unresolved or its port is 0
     */
    void connect(InetSocketAddress peer) throws UdpException;

    /**
     * Forgets the peer; does nothing if there is none. Local port, registration, options and groups stay. Anybody is
     * received again, on IPv6 if {@link Capability#DISCONNECT_HEARS_ALL_V6} is declared.
     *
     * @throws UdpException {@link ErrorKind#CLOSED}
     */
    void disconnect() throws UdpException;

    /**
     * Sends one datagram to the peer (send).
     *
     * @param payload the bytes between position and limit; none is an empty datagram, whose 0 is a confirmation only
     *     with {@link Capability#EMPTY_SEND_CONFIRMED}
     * @return how many bytes were sent, which is all of them, or {@link #WOULD_BLOCK}
     * @throws UdpException {@link ErrorKind#NOT_CONNECTED}, {@link ErrorKind#MESSAGE_TOO_LARGE},
     *     {@link ErrorKind#CONNECTION_REFUSED}, {@link ErrorKind#PERMISSION_DENIED},
     *     {@link ErrorKind#NETWORK_UNREACHABLE}, {@link ErrorKind#HOST_UNREACHABLE},
     *     {@link ErrorKind#NO_BUFFER_SPACE}, {@link ErrorKind#CLOSED}
     */
    int send(ByteBuffer payload) throws UdpException;

    /**
     * Sends one datagram (sendto). On a connected socket, to another than the peer: needs
     * {@link Capability#SEND_TO_WHEN_CONNECTED}.
     *
     * @param payload the bytes between position and limit
     * @param destination whom to
     * @return how many bytes were sent, which is all of them, or {@link #WOULD_BLOCK}
     * @throws UdpException as {@link #send}, and {@link ErrorKind#WRONG_FAMILY} for an IPv6 destination on an IPv4 socket
     * @throws UnsupportedOperationException to another than the peer without the capability
     * @throws IllegalArgumentException if the destination is unresolved or its port is 0
     */
    int sendTo(ByteBuffer payload, InetSocketAddress destination) throws UdpException;

    /**
     * Sends one datagram, or several of {@link SendInfo#segmentBytes(int)}, with more control (sendmsg).
     *
     * @param payload the bytes between position and limit
     * @param info destination and control; not changed
     * @return how many bytes were sent, or {@link #WOULD_BLOCK}; without segments that is all of them
     * @throws UdpException as {@link #sendTo}
     * @throws UnsupportedOperationException if {@code info} sets what the backend cannot do, naming the capability
     * @throws IllegalArgumentException as {@link #sendTo} and {@link #sendSegmented}
     */
    int send(ByteBuffer payload, SendInfo info) throws UdpException;

    /**
     * Sends a payload as datagrams of equal length, the last one perhaps shorter. With {@link Capability#GSO} that is
     * one system call; where the system refuses, plain sends from then on, with nothing lost and nothing doubled. The
     * position moves over the segments that were sent, always whole ones.
     *
     * @param payload the bytes between position and limit, at least 1
     * @param destination whom to, or null for the peer
     * @param segmentBytes the length of each datagram, 1 to 65,527; if it is not less than the payload, one plain
     *     datagram is sent
     * @return how many bytes were sent, or {@link #WOULD_BLOCK} if not even the first segment could be
     * @throws UdpException as {@link #sendTo}, if the first segment failed; a later failure is met by the next call
     * @throws IllegalArgumentException if the payload is empty, the size out of range, or there are more segments than
     *     {@link Limit#SEGMENTS}
     */
    int sendSegmented(ByteBuffer payload, InetSocketAddress destination, int segmentBytes) throws UdpException;

    /**
     * Sends slots of a batch (sendmmsg), each with its own {@link DatagramBatch#sendInfo}. Slots that were sent have no
     * bytes remaining; the others are untouched. An error is thrown only if the first slot of the range meets it, with
     * {@link UdpException#slot()}; otherwise the count so far is returned, and the next call, which starts there, meets
     * it.
     *
     * @param batch made by this backend
     * @param first the first slot to send
     * @param count how many slots to send, 1 or greater
     * @return how many slots were sent, 1 to {@code count}, or {@link #WOULD_BLOCK}; fewer than asked for does not mean
     *     that the next would block
     * @throws UdpException as {@link #send(ByteBuffer, SendInfo)}, for the first slot of the range
     * @throws UnsupportedOperationException as {@link #send(ByteBuffer, SendInfo)}, before anything is sent
     * @throws IllegalArgumentException if the batch is another backend's, or a slot's destination or segments are as
     *     {@link #send(ByteBuffer, SendInfo)} refuses them: before anything is sent, or when that slot is the first left
     * @throws IndexOutOfBoundsException if the range is empty or not within the batch
     * @throws IllegalStateException if the batch is in use by another thread
     */
    int sendBatch(DatagramBatch batch, int first, int count) throws UdpException;

    /**
     * Receives one datagram (recvfrom); also without a peer, hiding the sender.
     *
     * @param buffer gets the datagram
     * @return how many bytes it got, or {@link #WOULD_BLOCK}
     * @throws UdpException {@link ErrorKind#CONNECTION_REFUSED} and other ICMP errors if connected,
     *     {@link ErrorKind#MESSAGE_TRUNCATED} as {@link TruncationPolicy} says, {@link ErrorKind#CLOSED}
     * @throws IllegalArgumentException if the buffer is read-only
     */
    int recv(ByteBuffer buffer) throws UdpException;

    /**
     * Receives one datagram and names its sender (recvfrom).
     *
     * @param buffer gets the datagram
     * @return the sender, also if connected, or null if the receive would block
     * @throws UdpException as {@link #recv}
     * @throws IllegalArgumentException if the buffer is read-only
     */
    InetSocketAddress recvFrom(ByteBuffer buffer) throws UdpException;

    /**
     * Receives one datagram and all that is known about it (recvmsg).
     *
     * @param buffer gets the datagram
     * @param info filled; cleared if the receive would block or fails
     * @return how many bytes it got, or {@link #WOULD_BLOCK}
     * @throws UdpException as {@link #recv}; after {@link ErrorKind#MESSAGE_TRUNCATED} the info is filled
     * @throws IllegalArgumentException if the buffer is read-only
     */
    int receive(ByteBuffer buffer, DatagramInfo info) throws UdpException;

    /**
     * Receives into slots of a batch (recvmmsg). Slots are filled in the order of arrival, starting with the first;
     * each gets its own info; truncation flags the slot and never throws, whatever the policy.
     *
     * @param batch made by this backend
     * @param first the first slot to fill
     * @param count how many slots to fill at most, 1 or greater
     * @return how many slots were filled, 1 to {@code count}, or {@link #WOULD_BLOCK}; fewer than asked for does not
     *     mean that the next would block
     * @throws UdpException as {@link #recv} except truncation, if nothing was received before it
     * @throws IllegalArgumentException if the batch is another backend's
     * @throws IndexOutOfBoundsException if the range is empty or not within the batch
     * @throws IllegalStateException if the batch is in use by another thread
     */
    int recvBatch(DatagramBatch batch, int first, int count) throws UdpException;

    /**
     * As {@link #recv}, but leaves the datagram queued (MSG_PEEK): it is the next one to be peeked at or received.
     *
     * @param buffer gets a copy of the datagram
     * @return how many bytes it got, or {@link #WOULD_BLOCK}
     * @throws UdpException as {@link #recv}; a truncated peek says so each time
     * @throws IllegalArgumentException if the buffer is read-only
     */
    int peek(ByteBuffer buffer) throws UdpException;

    /**
     * As {@link #recvFrom}, but leaves the datagram queued.
     *
     * @param buffer gets a copy of the datagram
     * @return the sender, or null if a receive would block
     * @throws UdpException as {@link #peek}
     * @throws IllegalArgumentException if the buffer is read-only
     */
    InetSocketAddress peekFrom(ByteBuffer buffer) throws UdpException;

    /**
     * As {@link #receive}, but leaves the datagram queued.
     *
     * @param buffer gets a copy of the datagram
     * @param info filled; cleared if a receive would block or fails
     * @return how many bytes it got, or {@link #WOULD_BLOCK}
     * @throws UdpException as {@link #peek}
     * @throws IllegalArgumentException if the buffer is read-only
     */
    int peek(ByteBuffer buffer, DatagramInfo info) throws UdpException;

    /**
     * What a receive does with a datagram that does not fit.
     *
     * @return the policy, as it was set
     * @throws UdpException {@link ErrorKind#CLOSED}
     */
    TruncationPolicy truncationPolicy() throws UdpException;

    /**
     * Changes what a receive does with a datagram that does not fit, from the next receive on.
     *
     * @param policy the policy
     * @throws UdpException {@link ErrorKind#CLOSED}
     */
    void setTruncationPolicy(TruncationPolicy policy) throws UdpException;

    /**
     * Takes the pending error, if there is one (SO_ERROR): it is reported by nothing else then.
     *
     * @return the error, or null
     * @throws UdpException {@link ErrorKind#CLOSED}
     */
    UdpException takeError() throws UdpException;

    /**
     * Runs a caller's own operation on this socket, keeping the readiness bookkeeping right: if it returns
     * {@link #WOULD_BLOCK}, the directions are armed again. The socket is not closed under it; a close from elsewhere
     * meanwhile takes effect when it returns.
     *
     * @param interest the directions that the operation tries
     * @param operation run once, on this thread
     * @return what the operation returned
     * @throws UdpException {@link ErrorKind#CLOSED}; then the operation was not run
     * @throws IllegalStateException for {@link Interest#READABLE} while a backend without a peek of the system holds a
     *     datagram that was peeked at: receive it first
     * @throws IOException what the operation throws, unchanged
     */
    int tryIo(Interest interest, IoOperation operation) throws IOException;

    /**
     * The descriptor or SOCKET, which stays this socket's (mio: {@code as_raw_fd}). I/O on it belongs inside
     * {@link #tryIo}. Needs {@link Capability#RAW_HANDLE}.
     *
     * @return the handle
     * @throws UdpException {@link ErrorKind#CLOSED}
     * @throws UnsupportedOperationException without the capability
     */
    long rawHandle() throws UdpException;

    /**
     * Hands the descriptor or SOCKET over to the caller (mio: {@code into_raw_fd}): deregisters, waits for operations in
     * flight, and leaves this object closed. Needs {@link Capability#RELEASE_HANDLE}.
     *
     * @return the handle, still non-blocking, now the caller's to close
     * @throws UdpException {@link ErrorKind#CLOSED}
     * @throws IllegalStateException inside {@link #tryIo}
     * @throws UnsupportedOperationException without the capability
     */
    long releaseHandle() throws UdpException;

    /**
     * Hands the socket over to the caller as a channel: deregisters and leaves this object closed. Needs
     * {@link Capability#RELEASE_CHANNEL}.
     *
     * @return the channel, non-blocking, registered with no selector
     * @throws UdpException {@link ErrorKind#CLOSED}
     * @throws IllegalStateException inside {@link #tryIo}, or while a datagram that was peeked at is held
     * @throws UnsupportedOperationException without the capability
     */
    DatagramChannel releaseChannel() throws UdpException;

    /**
     * Which options this socket has; depends on backend, system and IP version.
     *
     * @return an unmodifiable set
     */
    Set<SocketOption<?>> supportedOptions();

    /**
     * Reads an option.
     *
     * @param option one of {@link #supportedOptions()}
     * @param <T> the option's type
     * @return what the system granted, which may differ from what was set
     * @throws UdpException {@link ErrorKind#CLOSED}, or what the system said
     * @throws UnsupportedOperationException if the socket lacks the option, naming the {@link Capability} if it is one
     */
    <T> T getOption(SocketOption<T> option) throws UdpException;

    /**
     * Sets an option. The system may grant another value: read it back.
     *
     * @param option one of {@link #supportedOptions()}
     * @param value the value
     * @param <T> the option's type
     * @throws UdpException {@link ErrorKind#CLOSED}, or what the system said
     * @throws IllegalArgumentException if the value is out of the option's range; nothing is changed
     * @throws UnsupportedOperationException if the socket lacks the option, or it cannot be set
     */
    <T> void setOption(SocketOption<T> option, T value) throws UdpException;

    /**
     * Joins a multicast group: its datagrams that arrive by the interface are received. To receive them the socket is
     * bound to the wildcard address or to the group.
     *
     * @param group a multicast address
     * @param netIf the interface, or null for any: the first that is up, can multicast and is not loopback, else loopback
     * @throws UdpException {@link ErrorKind#ADDRESS_IN_USE} if joined already, {@link ErrorKind#WRONG_FAMILY},
     *     {@link ErrorKind#NO_SUCH_DEVICE}, {@link ErrorKind#CLOSED}
     * @throws IllegalArgumentException if the address is not multicast
     */
    void join(InetAddress group, NetworkInterface netIf) throws UdpException;

    /**
     * Joins a multicast group for one sender alone (RFC 4607). Needs {@link Capability#MULTICAST_SOURCE}.
     *
     * @param group a multicast address
     * @param netIf the interface, or null for any
     * @param source the sender to be heard, of the group's IP version, not multicast
     * @throws UdpException as {@link #join(InetAddress, NetworkInterface)}
     * @throws IllegalArgumentException if an address is of the wrong sort
     * @throws UnsupportedOperationException without the capability
     */
    void join(InetAddress group, NetworkInterface netIf, InetAddress source) throws UdpException;

    /**
     * Leaves a multicast group.
     *
     * @param group the group that was joined
     * @param netIf the interface that was given
     * @throws UdpException {@link ErrorKind#ADDRESS_NOT_AVAILABLE} if not joined, {@link ErrorKind#CLOSED}
     * @throws IllegalArgumentException if the address is not multicast
     */
    void leave(InetAddress group, NetworkInterface netIf) throws UdpException;

    /**
     * Leaves a multicast group that was joined for one sender.
     *
     * @param group the group that was joined
     * @param netIf the interface that was given
     * @param source the sender that was given
     * @throws UdpException {@link ErrorKind#ADDRESS_NOT_AVAILABLE} if not joined, {@link ErrorKind#CLOSED}
     * @throws IllegalArgumentException if an address is of the wrong sort
     * @throws UnsupportedOperationException without {@link Capability#MULTICAST_SOURCE}
     */
    void leave(InetAddress group, NetworkInterface netIf, InetAddress source) throws UdpException;

    /** Closes. From any thread, idempotent, never throws, never waits: the last call in flight frees the handle. */
    @Override
    void close();

    /**
     * Allows sending to broadcast addresses (SO_BROADCAST).
     *
     * @param on whether to
     * @throws UdpException {@link ErrorKind#CLOSED}
     */
    default void setBroadcast(boolean on) throws UdpException {
        setOption(StandardSocketOptions.SO_BROADCAST, on);
    }

    /**
     * Whether broadcast is allowed; false at first.
     *
     * @return what SO_BROADCAST is
     * @throws UdpException {@link ErrorKind#CLOSED}
     */
    default boolean broadcast() throws UdpException {
        return getOption(StandardSocketOptions.SO_BROADCAST);
    }

    /**
     * Whether IPv4 multicast comes back to this machine (IP_MULTICAST_LOOP). On Windows it is the receiver's option.
     *
     * @param on whether to
     * @throws UdpException {@link ErrorKind#CLOSED}
     * @throws UnsupportedOperationException on an IPv6 socket
     */
    default void setMulticastLoopV4(boolean on) throws UdpException {
        Arguments.family(this, INET, "multicast loop v4");
        setOption(StandardSocketOptions.IP_MULTICAST_LOOP, on);
    }

    /**
     * Whether IPv4 multicast comes back; true at first.
     *
     * @return what IP_MULTICAST_LOOP is
     * @throws UdpException {@link ErrorKind#CLOSED}
     * @throws UnsupportedOperationException on an IPv6 socket
     */
    default boolean multicastLoopV4() throws UdpException {
        Arguments.family(this, INET, "multicast loop v4");
        return getOption(StandardSocketOptions.IP_MULTICAST_LOOP);
    }

    /**
     * How many routers IPv4 multicast may pass (IP_MULTICAST_TTL).
     *
     * @param ttl 0 to 255; 0 keeps it on this machine
     * @throws UdpException {@link ErrorKind#CLOSED}
     * @throws IllegalArgumentException if out of range
     * @throws UnsupportedOperationException on an IPv6 socket
     */
    default void setMulticastTtlV4(int ttl) throws UdpException {
        Arguments.family(this, INET, "multicast TTL v4");
        setOption(StandardSocketOptions.IP_MULTICAST_TTL, Arguments.range(ttl, 0, 255, "multicast TTL"));
    }

    /**
     * How many routers IPv4 multicast may pass; 1 at first.
     *
     * @return 0 to 255
     * @throws UdpException {@link ErrorKind#CLOSED}
     * @throws UnsupportedOperationException on an IPv6 socket
     */
    default int multicastTtlV4() throws UdpException {
        Arguments.family(this, INET, "multicast TTL v4");
        return getOption(StandardSocketOptions.IP_MULTICAST_TTL);
    }

    /**
     * Whether IPv6 multicast comes back to this machine (IPV6_MULTICAST_LOOP). On Windows it is the receiver's option.
     *
     * @param on whether to
     * @throws UdpException {@link ErrorKind#CLOSED}
     * @throws UnsupportedOperationException on an IPv4 socket
     */
    default void setMulticastLoopV6(boolean on) throws UdpException {
        Arguments.family(this, INET6, "multicast loop v6");
        setOption(StandardSocketOptions.IP_MULTICAST_LOOP, on);
    }

    /**
     * Whether IPv6 multicast comes back; true at first.
     *
     * @return what IPV6_MULTICAST_LOOP is
     * @throws UdpException {@link ErrorKind#CLOSED}
     * @throws UnsupportedOperationException on an IPv4 socket
     */
    default boolean multicastLoopV6() throws UdpException {
        Arguments.family(this, INET6, "multicast loop v6");
        return getOption(StandardSocketOptions.IP_MULTICAST_LOOP);
    }

    /**
     * How many routers IPv6 multicast may pass (IPV6_MULTICAST_HOPS).
     *
     * @param hops 0 to 255; 0 keeps it on this machine
     * @throws UdpException {@link ErrorKind#CLOSED}
     * @throws IllegalArgumentException if out of range
     * @throws UnsupportedOperationException on an IPv4 socket
     */
    default void setMulticastHopsV6(int hops) throws UdpException {
        Arguments.family(this, INET6, "multicast hops v6");
        setOption(StandardSocketOptions.IP_MULTICAST_TTL, Arguments.range(hops, 0, 255, "multicast hop limit"));
    }

    /**
     * How many routers IPv6 multicast may pass; 1 at first.
     *
     * @return 0 to 255
     * @throws UdpException {@link ErrorKind#CLOSED}
     * @throws UnsupportedOperationException on an IPv4 socket
     */
    default int multicastHopsV6() throws UdpException {
        Arguments.family(this, INET6, "multicast hops v6");
        return getOption(StandardSocketOptions.IP_MULTICAST_TTL);
    }

    /**
     * The time to live of IPv4 datagrams to one host (IP_TTL). Needs {@link Capability#UNICAST_TTL}.
     *
     * @param ttl 1 to 255
     * @throws UdpException {@link ErrorKind#CLOSED}
     * @throws IllegalArgumentException if out of range
     * @throws UnsupportedOperationException without the capability
     */
    default void setTtl(int ttl) throws UdpException {
        setOption(UdpOptions.IP_TTL, Arguments.range(ttl, 1, 255, "TTL"));
    }

    /**
     * The time to live of IPv4 datagrams to one host. Needs {@link Capability#UNICAST_TTL}.
     *
     * @return 1 to 255
     * @throws UdpException {@link ErrorKind#CLOSED}
     * @throws UnsupportedOperationException without the capability
     */
    default int ttl() throws UdpException {
        return getOption(UdpOptions.IP_TTL);
    }

    /**
     * The hop limit of IPv6 datagrams to one host (IPV6_UNICAST_HOPS). Needs {@link Capability#UNICAST_HOPS_V6}.
     *
     * @param hops 1 to 255
     * @throws UdpException {@link ErrorKind#CLOSED}
     * @throws IllegalArgumentException if out of range
     * @throws UnsupportedOperationException without the capability, or on an IPv4 socket
     */
    default void setUnicastHopsV6(int hops) throws UdpException {
        setOption(UdpOptions.IPV6_UNICAST_HOPS, Arguments.range(hops, 1, 255, "hop limit"));
    }

    /**
     * The hop limit of IPv6 datagrams to one host. Needs {@link Capability#UNICAST_HOPS_V6}.
     *
     * @return 1 to 255
     * @throws UdpException {@link ErrorKind#CLOSED}
     * @throws UnsupportedOperationException without the capability, or on an IPv4 socket
     */
    default int unicastHopsV6() throws UdpException {
        return getOption(UdpOptions.IPV6_UNICAST_HOPS);
    }

    /**
     * Whether an IPv6 socket keeps out IPv4 (IPV6_V6ONLY). Needs {@link Capability#V6_ONLY}.
     *
     * @return true if it does; a socket bound to a specific IPv6 address may say true though it was not asked to
     * @throws UdpException {@link ErrorKind#CLOSED}
     * @throws UnsupportedOperationException without the capability, or on an IPv4 socket
     */
    default boolean onlyV6() throws UdpException {
        return getOption(UdpOptions.IPV6_V6ONLY);
    }

    /**
     * Joins an IPv4 group on the interface that has an address (IP_ADD_MEMBERSHIP).
     *
     * @param group a multicast address
     * @param interfaceAddress an address of the interface, or 0.0.0.0 for any
     * @throws UdpException as {@link #join(InetAddress, NetworkInterface)}
     * @throws IllegalArgumentException if the group is not multicast
     */
    default void joinMulticastV4(Inet4Address group, Inet4Address interfaceAddress) throws UdpException {
        join(Arguments.group(group), Interfaces.byAddress(interfaceAddress));
    }

    /**
     * Leaves an IPv4 group (IP_DROP_MEMBERSHIP).
     *
     * @param group the group that was joined
     * @param interfaceAddress an address of the interface, or 0.0.0.0 for any
     * @throws UdpException as {@link #leave(InetAddress, NetworkInterface)}
     * @throws IllegalArgumentException if the group is not multicast
     */
    default void leaveMulticastV4(Inet4Address group, Inet4Address interfaceAddress) throws UdpException {
        leave(Arguments.group(group), Interfaces.byAddress(interfaceAddress));
    }

    /**
     * Joins an IPv6 group on the interface that has an index (IPV6_JOIN_GROUP).
     *
     * @param group a multicast address
     * @param interfaceIndex the interface's index, or 0 for any
     * @throws UdpException as {@link #join(InetAddress, NetworkInterface)}
     * @throws IllegalArgumentException if the group is not multicast or the index negative
     */
    default void joinMulticastV6(Inet6Address group, int interfaceIndex) throws UdpException {
        join(Arguments.group(group), Interfaces.byIndex(interfaceIndex));
    }

    /**
     * Leaves an IPv6 group (IPV6_LEAVE_GROUP).
     *
     * @param group the group that was joined
     * @param interfaceIndex the interface's index, or 0 for any
     * @throws UdpException as {@link #leave(InetAddress, NetworkInterface)}
     * @throws IllegalArgumentException if the group is not multicast or the index negative
     */
    default void leaveMulticastV6(Inet6Address group, int interfaceIndex) throws UdpException {
        leave(Arguments.group(group), Interfaces.byIndex(interfaceIndex));
    }
}
