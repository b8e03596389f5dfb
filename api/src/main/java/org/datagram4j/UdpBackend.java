package org.datagram4j;

import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One way of doing UDP; the service that an application looks up. In OSGi it comes from the service registry, elsewhere
 * from {@link UdpBackends}.
 *
 * <p>May be shared by any number of threads. It has no {@code close()}: its sockets and polls are closed by their
 * owners. In OSGi, what a bundle opened is closed when the bundle lets the service go or stops, and when the backend's
 * bundle stops, everything it opened closes with {@link ErrorKind#CLOSED}.
 *
 * <p>A backend that cannot work where it is made throws {@link UnsupportedOperationException} from its constructor, whose
 * message says why and what to do about it: {@link UdpBackends} passes that on.
 */
@ProviderType
public interface UdpBackend {
    /** The service property, and the system and framework property that forces one backend, by {@link #name()}. */
    String NAME_PROPERTY = "datagram4j.backend";

    /** The system and framework property that forbids backends: their names, with commas between. */
    String FORBID_PROPERTY = "datagram4j.backend.forbid";

    /** The service property with the names of {@link #capabilities()}, a {@code String[]}. */
    String CAPABILITIES_PROPERTY = "datagram4j.capabilities";

    /** The service property with the name of {@link #profile()}. */
    String PROFILE_PROPERTY = "datagram4j.profile";

    /**
     * A short name, unique among backends: lower-case letters, digits and hyphens.
     *
     * @return for example {@code nio} or {@code native}
     */
    String name();

    /**
     * How this backend ranks against others; the highest is chosen. In OSGi the same number is the service ranking.
     *
     * @return the ranking; {@code nio} has 0
     */
    int ranking();

    /**
     * What it can do beyond the common contract.
     *
     * @return an unmodifiable set, constant for the life of the backend
     */
    Set<Capability> capabilities();

    /**
     * Whose behaviour it shows where systems differ.
     *
     * @return the profile of the system it runs on
     */
    Profile profile();

    /**
     * One of the numbers it is bound by.
     *
     * @param limit which
     * @return the number, constant for the life of the backend
     * @throws NullPointerException if null
     */
    long limit(Limit limit);

    /**
     * Opens a poll that sleeps while it waits.
     *
     * @return the poll
     * @throws UdpException {@link ErrorKind#TOO_MANY_OPEN_FILES}, or {@link ErrorKind#CLOSED} if the backend stopped
     */
    default Poll openPoll() throws UdpException {
        return openPoll(Duration.ZERO);
    }

    /**
     * Opens a poll that, before it sleeps, looks for events again and again for a while: lower latency for a processor's
     * time.
     *
     * @param spin how long to look, never beyond a poll's own timeout; zero for not at all
     * @return the poll
     * @throws UdpException {@link ErrorKind#TOO_MANY_OPEN_FILES}, or {@link ErrorKind#CLOSED} if the backend stopped
     * @throws IllegalArgumentException if negative
     * @throws NullPointerException if null
     */
    Poll openPoll(Duration spin) throws UdpException;

    /**
     * Opens a socket: non-blocking, not inherited by child processes, bound.
     *
     * @param config where and how
     * @return the socket, of the IP version of {@link UdpConfig#localAddress()}
     * @throws UdpException {@link ErrorKind#ADDRESS_IN_USE}, {@link ErrorKind#ADDRESS_NOT_AVAILABLE},
     *     {@link ErrorKind#PERMISSION_DENIED}, {@link ErrorKind#TOO_MANY_OPEN_FILES}, {@link ErrorKind#WRONG_FAMILY} if
     *     the system lacks that IP version, {@link ErrorKind#NO_SUCH_DEVICE}; {@link ErrorKind#INVALID_INPUT} for a
     *     link-local address without scope; {@link ErrorKind#CLOSED} if the backend stopped
     * @throws UnsupportedOperationException if the configuration needs a {@link Capability} that is missing, naming it
     * @throws NullPointerException if null
     */
    UdpSocket open(UdpConfig config) throws UdpException;

    /**
     * Opens a socket with every default: {@code open(UdpConfig.of(localAddress))}. As in mio, no option is set.
     *
     * @param localAddress where to bind; port 0 lets the system choose
     * @return the socket
     * @throws UdpException as {@link #open(UdpConfig)}
     * @throws IllegalArgumentException if the address is unresolved
     * @throws NullPointerException if null
     */
    default UdpSocket bind(InetSocketAddress localAddress) throws UdpException {
        return open(UdpConfig.of(localAddress));
    }

    /**
     * Takes over a channel (mio: {@code from_std}). It is made non-blocking, and keeps its connection, options, groups
     * and what is queued. The caller must not use it any more. Needs {@link Capability#ADOPT_CHANNEL}.
     *
     * @param channel open, bound, registered with no selector
     * @return the socket that owns it now
     * @throws UdpException {@link ErrorKind#CLOSED} if the channel or the backend is closed
     * @throws IllegalArgumentException if the channel is not bound or is registered; it is left as it was
     * @throws UnsupportedOperationException without the capability
     * @throws NullPointerException if null
     */
    UdpSocket adopt(DatagramChannel channel) throws UdpException;

    /**
     * Takes over a descriptor or SOCKET (mio: {@code from_raw_fd}, {@code from_raw_socket}). It is made non-blocking.
     * The caller must not use or close it any more. Needs {@link Capability#ADOPT_HANDLE}.
     *
     * @param handle a bound UDP socket of this process
     * @return the socket that owns it now
     * @throws UdpException {@link ErrorKind#CLOSED} if it is no open handle, {@link ErrorKind#INVALID_INPUT} if it is no
     *     UDP socket; it is left as it was
     * @throws IllegalArgumentException if negative
     * @throws UnsupportedOperationException without the capability
     */
    UdpSocket adopt(long handle) throws UdpException;

    /**
     * A source over a descriptor or SOCKET that stays the caller's (mio: {@code SourceFd}): deregister it before it is
     * closed. Needs {@link Capability#HANDLE_SOURCE}.
     *
     * @param handle an open handle of this process that the system can wait for
     * @return a leaf source for this backend's registries
     * @throws UdpException {@link ErrorKind#CLOSED} if the backend stopped
     * @throws IllegalArgumentException if negative
     * @throws UnsupportedOperationException without the capability
     */
    Source source(long handle) throws UdpException;

    /**
     * A source over a channel that stays the caller's. Needs {@link Capability#CHANNEL_SOURCE}. Its readiness is
     * reported as edges, too: it is armed by {@link Registry#register} and {@link Registry#reregister} only.
     *
     * @param channel open, non-blocking, valid for reading and writing as its registrations will ask: a registration
     *     that asks for more throws {@link IllegalArgumentException}
     * @return a leaf source for this backend's registries
     * @throws UdpException {@link ErrorKind#CLOSED} if the channel or the backend is closed
     * @throws IllegalArgumentException if it is in blocking mode
     * @throws UnsupportedOperationException without the capability
     * @throws NullPointerException if null
     */
    Source source(SelectableChannel channel) throws UdpException;

    /**
     * Makes a batch for this backend's sockets.
     *
     * @param slots how many datagrams it holds, 1 to 1,024
     * @param slotBytes how many bytes each has room for, 0 to 65,535
     * @return an empty batch
     * @throws IllegalArgumentException if out of range
     */
    DatagramBatch newBatch(int slots, int slotBytes);
}
