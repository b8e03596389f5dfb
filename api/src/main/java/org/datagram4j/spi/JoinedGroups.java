package org.datagram4j.spi;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.datagram4j.ErrorKind;
import org.datagram4j.UdpException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The groups that a socket has joined: systems differ in how strict they are about joining twice, and none remembers
 * which interface "any" stood for. Safe for use by any thread.
 *
 * @param <K> what the backend needs for leaving
 */
public final class JoinedGroups<K> {
    /**
     * How the backend joins.
     *
     * @param <K> what it needs for leaving
     */
    @ConsumerType
    public interface Joiner<K> {
        /**
         * Joins.
         *
         * @param netIf the interface, not null
         * @return what leaving needs
         * @throws UdpException if the system refuses
         */
        K join(NetworkInterface netIf) throws UdpException;
    }

    /**
     * How the backend leaves.
     *
     * @param <K> what it needs
     */
    @ConsumerType
    public interface Leaver<K> {
        /**
         * Leaves.
         *
         * @param netIf the interface that was joined on
         * @param key what joining returned
         * @throws UdpException if the system refuses
         */
        void leave(NetworkInterface netIf, K key) throws UdpException;
    }

    private record Entry<K>(InetAddress group, NetworkInterface netIf, InetAddress source, boolean any, K key) {
        boolean is(InetAddress otherGroup, InetAddress otherSource) {
            return group.equals(otherGroup) && Objects.equals(source, otherSource);
        }
    }

    private final Object socket;
    private final List<Entry<K>> entries = new ArrayList<>(); // guarded by itself

    /**
     * No groups yet.
     *
     * @param socket whose, for messages
     */
    public JoinedGroups(Object socket) {
        this.socket = socket;
    }

    /**
     * Joins a group.
     *
     * @param group which
     * @param netIf the interface, or null for any
     * @param source the one sender to be heard, or null
     * @param joiner how
     * @throws UdpException {@link ErrorKind#ADDRESS_IN_USE} if joined already, or what the joiner throws
     */
    public void join(InetAddress group, NetworkInterface netIf, InetAddress source, Joiner<K> joiner)
            throws UdpException {
        NetworkInterface chosen = netIf == null ? Interfaces.any() : netIf;
        synchronized (entries) {
            for (Entry<K> entry : entries) {
                if (!entry.group.equals(group) || !entry.netIf.equals(chosen)) {
                    continue;
                }
                if (entry.is(group, source)) {
                    throw new UdpException(
                            ErrorKind.ADDRESS_IN_USE,
                            socket + " has joined " + name(group, chosen, source) + " already");
                }
                if (source == null || entry.source == null) {
                    throw new UdpException(
                            ErrorKind.ADDRESS_IN_USE,
                            socket + " has joined " + name(group, chosen, entry.source)
                                    + ", and one sender and all of them exclude each other: leave that first");
                }
            }
            entries.add(new Entry<>(group, chosen, source, netIf == null, joiner.join(chosen)));
        }
    }

    /**
     * Leaves what was joined by the same arguments.
     *
     * @param group which
     * @param netIf the interface, or null for any
     * @param source the one sender, or null
     * @param leaver how
     * @throws UdpException {@link ErrorKind#ADDRESS_NOT_AVAILABLE} if not joined, or what the leaver throws
     */
    public void leave(InetAddress group, NetworkInterface netIf, InetAddress source, Leaver<K> leaver)
            throws UdpException {
        synchronized (entries) {
            for (Entry<K> entry : entries) {
                if (entry.is(group, source) && (netIf == null ? entry.any : entry.netIf.equals(netIf))) {
                    entries.remove(entry);
                    leaver.leave(entry.netIf, entry.key);
                    return;
                }
            }
        }
        throw new UdpException(
                ErrorKind.ADDRESS_NOT_AVAILABLE, socket + " has not joined " + name(group, netIf, source));
    }

    private static String name(InetAddress group, NetworkInterface netIf, InetAddress source) {
        return group.getHostAddress() + " on " + (netIf == null ? "any interface" : netIf.getName())
                + (source == null ? "" : " for " + source.getHostAddress());
    }
}
