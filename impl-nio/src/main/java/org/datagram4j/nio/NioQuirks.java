package org.datagram4j.nio;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.datagram4j.Capability;
import org.datagram4j.ErrorKind;
import org.datagram4j.Profile;
import org.datagram4j.UdpException;

/**
 * What {@code java.nio} does differently from the contract, and how it is put right. The class or bug of the JDK that a
 * quirk comes from stands beside it; all of them hold in 17 and in 25 unless a comment says otherwise.
 */
final class NioQuirks {
    /** The largest payload of an IPv4 datagram. */
    static final int PAYLOAD_V4 = 65_507;

    /** The largest payload of an IPv6 datagram, and so of any. */
    static final int PAYLOAD_V6 = 65_527;

    private static final int BIND_ATTEMPTS = 8;
    private static final String SYSTEM = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0).asReadOnlyBuffer();

    /**
     * The system's words, and what they mean. Channels throw the system's message without its number (Net.c,
     * DatagramDispatcher.c: JNU_ThrowByNameWithLastError), and on Windows a message of the JDK's own table
     * (net_util_md.c, winsock_errors).
     */
    private static final List<Map.Entry<String, ErrorKind>> MESSAGES = List.of(
            Map.entry("address already in use", ErrorKind.ADDRESS_IN_USE),
            Map.entry("cannot assign requested address", ErrorKind.ADDRESS_NOT_AVAILABLE),
            Map.entry("can't assign requested address", ErrorKind.ADDRESS_NOT_AVAILABLE),
            Map.entry("permission denied", ErrorKind.PERMISSION_DENIED),
            Map.entry("operation not permitted", ErrorKind.PERMISSION_DENIED),
            Map.entry("message too long", ErrorKind.MESSAGE_TOO_LARGE),
            Map.entry("larger than the internal message buffer", ErrorKind.MESSAGE_TOO_LARGE),
            Map.entry("network is unreachable", ErrorKind.NETWORK_UNREACHABLE),
            Map.entry("network is down", ErrorKind.NETWORK_DOWN),
            Map.entry("no route to host", ErrorKind.HOST_UNREACHABLE),
            Map.entry("host is unreachable", ErrorKind.HOST_UNREACHABLE),
            Map.entry("host is down", ErrorKind.HOST_UNREACHABLE),
            Map.entry("connection refused", ErrorKind.CONNECTION_REFUSED),
            Map.entry("connection reset", ErrorKind.CONNECTION_REFUSED),
            Map.entry("no buffer space", ErrorKind.NO_BUFFER_SPACE),
            Map.entry("cannot allocate memory", ErrorKind.NO_BUFFER_SPACE),
            Map.entry("too many open files", ErrorKind.TOO_MANY_OPEN_FILES),
            Map.entry("no such device", ErrorKind.NO_SUCH_DEVICE),
            Map.entry("network interface cannot be identified", ErrorKind.NO_SUCH_DEVICE),
            Map.entry("network interface not configured", ErrorKind.NO_SUCH_DEVICE),
            Map.entry("address family not supported", ErrorKind.WRONG_FAMILY),
            Map.entry("invalid argument", ErrorKind.INVALID_INPUT),
            Map.entry("destination address required", ErrorKind.NOT_CONNECTED),
            Map.entry("protocol not available", ErrorKind.NOT_SUPPORTED),
            Map.entry("bad protocol option", ErrorKind.NOT_SUPPORTED),
            Map.entry("operation not supported", ErrorKind.NOT_SUPPORTED),
            Map.entry("bad file descriptor", ErrorKind.CLOSED),
            Map.entry("socket closed", ErrorKind.CLOSED));

    private NioQuirks() {}

    /** Whose behaviour channels show here. */
    static Profile profile() {
        return SYSTEM.startsWith("windows") ? Profile.WINDOWS : Profile.UNIX;
    }

    /** The number of a truncated receive, which the channel swallows (DatagramChannelImpl.c): WSAEMSGSIZE or EMSGSIZE. */
    static int truncationCode() {
        return profile() == Profile.WINDOWS ? 10_040 : SYSTEM.startsWith("linux") ? 90 : 40;
    }

    /**
     * Whether an IPv6 channel keeps out groups that it did not join. On Linux it takes IPV6_MULTICAST_ALL off, which
     * JDK-8241800 did for 22; before, any group that anybody on the host joined gets in. Elsewhere not verified.
     */
    static boolean isolatesMulticastV6() {
        return SYSTEM.startsWith("linux") && Runtime.version().feature() >= 22;
    }

    /**
     * Linux forgets the port of a dissolved IPv6 association and keeps its address in the socket, where the lookup of the
     * receiver goes on comparing it (net/ipv4/udp.c __udp_disconnect, net/ipv6/udp.c compute_score). Seen on 6.18.
     */
    static boolean disconnectHearsAllV6() {
        return !SYSTEM.startsWith("linux");
    }

    /** Whether an IPv4 channel keeps out groups that it did not join: Net.c takes IP_MULTICAST_ALL off on Linux. */
    static boolean isolatesMulticastV4() {
        return SYSTEM.startsWith("linux");
    }

    /**
     * The JDK's option of a name, if it has it: {@code IP_DONTFRAGMENT} came with 19 (JDK-8284890) and is a constant of
     * the module jdk.net, which must not be required for it.
     *
     * @return the option, or null
     */
    @SuppressWarnings("unchecked") // the caller knows the type that belongs to the name
    static <T> SocketOption<T> optionNamed(String name, Set<SocketOption<?>> supported) {
        for (SocketOption<?> option : supported) {
            if (option.name().equals(name)) {
                return (SocketOption<T>) option;
            }
        }
        return null;
    }

    /** The IP version of an address. */
    static StandardProtocolFamily family(InetAddress address) {
        return address instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
    }

    /**
     * Opens a channel of an IP version: of the address's own, because a channel without one is IPv6 and cannot tell.
     *
     * @throws UdpException {@link ErrorKind#WRONG_FAMILY} if there is no IPv6 here, which the channel says by
     *     {@link UnsupportedOperationException}
     */
    static DatagramChannel open(StandardProtocolFamily family) throws IOException {
        try {
            return DatagramChannel.open(family);
        } catch (UnsupportedOperationException e) {
            throw new UdpException(
                    ErrorKind.WRONG_FAMILY,
                    UdpException.NO_CODE,
                    "there is no " + family + " here, or java.net.preferIPv4Stack forbids it",
                    e);
        }
    }

    /**
     * Refuses to bind to a link-local address without scope. Net.bind would look for an interface that has the address
     * (IPAddressUtil.toScopedAddress): scopes are kept, never invented.
     */
    static void requireScope(InetSocketAddress local) throws UdpException {
        if (local.getAddress() instanceof Inet6Address address
                && address.isLinkLocalAddress()
                && address.getScopeId() == 0
                && address.getScopedInterface() == null) {
            throw new UdpException(
                    ErrorKind.INVALID_INPUT,
                    "cannot bind to the link-local address " + local + " without a scope: append %eth0 or %2");
        }
    }

    /**
     * Binds to a free port for good. Linux takes a port back that it chose itself when the socket is disconnected
     * (net/ipv4/udp.c __udp_disconnect, without SOCK_BINDPORT_LOCK), and the channel then binds to it again
     * (DatagramChannelImpl.repairSocket): if somebody was faster, the socket is left without a port. So on Linux another
     * channel finds the port, and this one asks for it.
     */
    static void bindToFreePort(DatagramChannel channel, InetSocketAddress local) throws IOException {
        for (int attempt = 0; attempt < BIND_ATTEMPTS && SYSTEM.startsWith("linux"); attempt++) {
            InetSocketAddress free;
            try (DatagramChannel finder = open(family(local.getAddress()))) {
                free = (InetSocketAddress) finder.bind(local).getLocalAddress();
            }
            try {
                channel.bind(new InetSocketAddress(local.getAddress(), free.getPort()));
                return;
            } catch (BindException e) {
                continue; // somebody was faster: another port
            }
        }
        channel.bind(local);
    }

    /**
     * What the wildcard address stands for as a peer: this machine. The channel would connect and then name the wildcard
     * as its peer (DatagramChannelImpl.connect keeps what it was given).
     */
    static InetSocketAddress concrete(InetSocketAddress peer, InetSocketAddress local) {
        if (!peer.getAddress().isAnyLocalAddress()) {
            return peer;
        }
        boolean bound = local != null
                && !local.getAddress().isAnyLocalAddress()
                && local.getAddress().getClass() == peer.getAddress().getClass();
        return new InetSocketAddress(
                bound ? local.getAddress() : loopback(peer.getAddress() instanceof Inet4Address), peer.getPort());
    }

    private static InetAddress loopback(boolean v4) {
        byte[] bytes = v4 ? new byte[] {127, 0, 0, 1} : new byte[16];
        bytes[bytes.length - 1] = 1;
        try {
            return InetAddress.getByAddress(bytes);
        } catch (java.net.UnknownHostException e) {
            throw new AssertionError("4 and 16 bytes are always an address", e);
        }
    }

    /** Whether a bound channel can share its port: on Windows it is bound exclusively (Net.useExclusiveBind). */
    static boolean twoChannelsShareAPort() {
        return profile() != Profile.WINDOWS;
    }

    /**
     * Sends an empty datagram from a connected channel. The channel itself never does: IOUtil.writeFromNativeBuffer
     * returns 0 for an empty buffer without a system call, and DatagramChannelImpl.send goes there when connected. So a
     * second channel, bound to the same address for the moment, sends it. What the peer sends meanwhile goes to the
     * connected one, which matches better.
     *
     * @throws UdpException {@link ErrorKind#NOT_SUPPORTED} where two channels cannot share a port
     */
    static void sendEmptyBySecond(DatagramChannel connected, InetSocketAddress peer) throws IOException {
        InetSocketAddress local = (InetSocketAddress) connected.getLocalAddress();
        try (DatagramChannel second = DatagramChannel.open(family(local.getAddress()))) {
            second.configureBlocking(false);
            copy(StandardSocketOptions.SO_BROADCAST, connected, second);
            copy(StandardSocketOptions.IP_TOS, connected, second);
            copy(StandardSocketOptions.IP_MULTICAST_IF, connected, second);
            copy(StandardSocketOptions.IP_MULTICAST_TTL, connected, second);
            copy(StandardSocketOptions.IP_MULTICAST_LOOP, connected, second);
            shareAddress(connected, second, local);
            second.send(EMPTY.duplicate(), peer);
        }
    }

    /**
     * The same where two channels cannot share a port: the channel is disconnected for the moment. What others send then
     * does not get in, because DatagramChannelImpl.connect drops all that is queued; what the peer had sent is lost with
     * it, as by any connect here. Nobody may receive meanwhile.
     */
    static void sendEmptyDisconnected(DatagramChannel connected, InetSocketAddress peer) throws IOException {
        connected.disconnect();
        try {
            connected.send(EMPTY.duplicate(), peer);
        } finally {
            connected.connect(peer);
        }
    }

    /** Both must have the option while the second binds; Linux asks for the one, the BSDs for the other. */
    private static void shareAddress(DatagramChannel bound, DatagramChannel second, InetSocketAddress local)
            throws IOException {
        SocketOption<Boolean> sharing = SYSTEM.contains("mac") || SYSTEM.contains("bsd")
                ? StandardSocketOptions.SO_REUSEPORT
                : StandardSocketOptions.SO_REUSEADDR;
        boolean before = bound.getOption(sharing);
        second.setOption(sharing, true);
        bound.setOption(sharing, true);
        try {
            second.bind(local);
        } catch (BindException e) {
            throw new UdpException(
                    ErrorKind.NOT_SUPPORTED,
                    UdpException.NO_CODE,
                    "java.nio sends no empty datagram while connected, and the way round it does not work here ("
                            + e.getMessage() + "): disconnect, or send at least one byte",
                    e);
        } finally {
            bound.setOption(sharing, before);
        }
    }

    private static <T> void copy(SocketOption<T> option, DatagramChannel from, DatagramChannel to) throws IOException {
        T value = from.getOption(option);
        if (value != null) { // no multicast interface is set
            to.setOption(option, value);
        }
    }

    /** The milliseconds to select for, rounded up; 0 stands for ever, and WindowsSelectorImpl wants an int. */
    static long selectMillis(long nanos) {
        if (nanos == Long.MAX_VALUE) {
            return 0;
        }
        long millis = nanos / 1_000_000 + (nanos % 1_000_000 == 0 ? 0 : 1);
        return Math.min(Math.max(millis, 1), Integer.MAX_VALUE);
    }

    /**
     * Sets a key's interest. Where another thread has closed channel or selector meanwhile, that throws
     * (SelectionKeyImpl.ensureValid, EPollSelectorImpl.setEventOps), and nothing is lost.
     */
    static void interest(SelectionKey key, int operations) {
        try {
            key.interestOps(operations);
        } catch (CancelledKeyException | ClosedSelectorException e) {
            // closed: nobody is interested any more
        }
    }

    /**
     * Registers a channel without interest. The channel itself would change an existing registration instead
     * (AbstractSelectableChannel.register), also that of another source.
     *
     * @return the key, or null if another source that is registered owns it
     */
    static SelectionKey register(SelectableChannel channel, Selector selector, Registration registration)
            throws ClosedChannelException {
        synchronized (channel.blockingLock()) { // the one that register() itself takes
            SelectionKey key = channel.keyFor(selector);
            if (key != null && key.isValid() && ((Registration) key.attachment()).isActive()) {
                return null;
            }
            return channel.register(selector, 0, registration);
        }
    }

    /**
     * What a channel threw, as the contract has it.
     *
     * @param doing what was being done, for the message: a phrase or the object itself
     * @param thrown what was thrown
     * @return the exception, to be thrown
     */
    static UdpException translate(Object doing, Exception thrown) {
        if (thrown instanceof UdpException known) {
            return known;
        }
        ErrorKind kind = kind(thrown);
        String said = thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage();
        return new UdpException(kind, UdpException.NO_CODE, doing + ": " + said, thrown);
    }

    /** The kind of what a channel threw: by its type where that tells, else by its message. */
    static ErrorKind kind(Exception thrown) {
        if (thrown instanceof ClosedChannelException || thrown instanceof ClosedSelectorException) {
            return ErrorKind.CLOSED;
        } else if (thrown instanceof PortUnreachableException) {
            return ErrorKind.CONNECTION_REFUSED;
        } else if (thrown instanceof NoRouteToHostException) {
            return ErrorKind.HOST_UNREACHABLE;
        } else if (thrown instanceof NotYetConnectedException) {
            return ErrorKind.NOT_CONNECTED;
        } else if (thrown instanceof UnsupportedAddressTypeException) {
            return ErrorKind.WRONG_FAMILY;
        }
        String said = String.valueOf(thrown.getMessage()).toLowerCase(Locale.ROOT);
        for (Map.Entry<String, ErrorKind> message : MESSAGES) {
            if (said.contains(message.getKey())) {
                return message.getValue();
            }
        }
        // EACCES, EADDRINUSE and EADDRNOTAVAIL share this type (Net.c), and the system may speak another language.
        return thrown instanceof BindException ? ErrorKind.PERMISSION_DENIED : ErrorKind.OTHER;
    }

    /**
     * The failure of a bind. Where the message is in another language than English, the address itself tells what is
     * wrong with it.
     */
    static UdpException bindFailure(InetSocketAddress local, Exception thrown) {
        ErrorKind kind = kind(thrown);
        String said = String.valueOf(thrown.getMessage()).toLowerCase(Locale.ROOT);
        boolean understood = MESSAGES.stream().anyMatch(message -> said.contains(message.getKey()));
        if (thrown instanceof BindException && !understood) {
            kind = !isLocal(local.getAddress())
                    ? ErrorKind.ADDRESS_NOT_AVAILABLE
                    : local.getPort() > 0 && local.getPort() < 1024
                            ? ErrorKind.PERMISSION_DENIED
                            : ErrorKind.ADDRESS_IN_USE;
        }
        return thrown instanceof UdpException known
                ? known
                : new UdpException(
                        kind, UdpException.NO_CODE, "cannot bind to " + local + ": " + thrown.getMessage(), thrown);
    }

    /** The failure of a join; IllegalArgumentException is what is left of the other IP version by then. */
    static UdpException joinFailure(String doing, Exception thrown) {
        return thrown instanceof IllegalArgumentException
                ? new UdpException(
                        ErrorKind.WRONG_FAMILY, UdpException.NO_CODE, doing + ": " + thrown.getMessage(), thrown)
                : translate(doing, thrown);
    }

    /**
     * The failure of setting an option.
     *
     * @throws UnsupportedOperationException if it cannot be set: ExtendedSocketOptions throws SocketException there
     */
    static UdpException optionFailure(String doing, IOException thrown) {
        if (String.valueOf(thrown.getMessage()).contains("read only option")) {
            throw new UnsupportedOperationException(doing + ": " + thrown.getMessage(), thrown);
        }
        return translate(doing, thrown);
    }

    private static boolean isLocal(InetAddress address) {
        try {
            return address.isAnyLocalAddress()
                    || address.isMulticastAddress()
                    || java.net.NetworkInterface.getByInetAddress(address) != null;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * The capability behind an option of ours that channels lack.
     *
     * @return the capability, or null if it is no option of ours
     */
    static Capability capability(SocketOption<?> option) {
        return switch (option.name()) {
            case "IP_TTL" -> Capability.UNICAST_TTL;
            case "IPV6_UNICAST_HOPS" -> Capability.UNICAST_HOPS_V6;
            case "IPV6_V6ONLY" -> Capability.V6_ONLY;
            case "IP_DONTFRAGMENT" -> Capability.DONT_FRAGMENT;
            case "IP_MTU" -> Capability.PATH_MTU;
            case "SO_BUSY_POLL" -> Capability.BUSY_POLL;
            case "SO_REUSEPORT" -> Capability.REUSE_PORT;
            default -> null;
        };
    }
}
