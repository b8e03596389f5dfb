package org.datagram4j.nio;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.datagram4j.ErrorKind;
import org.datagram4j.UdpException;
import org.datagram4j.spi.Interfaces;

/**
 * The groups that a socket has joined. A channel joins twice without saying so and hands out the same key
 * (DatagramChannelImpl.innerJoin); the contract is strict, so this table is.
 */
final class Memberships {
    private record Entry(
            InetAddress group, NetworkInterface netIf, InetAddress source, boolean any, MembershipKey key) {
        boolean is(InetAddress otherGroup, InetAddress otherSource) {
            return group.equals(otherGroup) && Objects.equals(source, otherSource);
        }
    }

    private final NioSocket socket;
    private final DatagramChannel channel;
    private final List<Entry> entries = new ArrayList<>(); // guarded by itself

    Memberships(NioSocket socket, DatagramChannel channel) {
        this.socket = socket;
        this.channel = channel;
    }

    /** Joins a group on an interface (null: any), for one sender or (null) for all. */
    void join(InetAddress group, NetworkInterface netIf, InetAddress source) throws UdpException {
        if (socket.family() == StandardProtocolFamily.INET && !(group instanceof Inet4Address)) {
            throw NioSocket.wrongFamily(socket, group);
        }
        NetworkInterface chosen = netIf == null ? Interfaces.any() : netIf;
        synchronized (entries) {
            socket.requireOpen();
            for (Entry entry : entries) {
                if (entry.is(group, source) && entry.netIf.equals(chosen)) {
                    throw new UdpException(
                            ErrorKind.ADDRESS_IN_USE,
                            socket + " has joined " + name(group, chosen, source) + " already");
                }
            }
            try {
                MembershipKey key = source == null ? channel.join(group, chosen) : channel.join(group, chosen, source);
                entries.add(new Entry(group, chosen, source, netIf == null, key));
            } catch (IllegalStateException e) {
                // MembershipRegistry.checkMembership: one source and all senders exclude each other
                throw new UdpException(
                        ErrorKind.ADDRESS_IN_USE,
                        UdpException.NO_CODE,
                        socket + " has joined " + name(group, chosen, null) + " in the other way: leave that first",
                        e);
            } catch (IOException | IllegalArgumentException e) {
                throw NioQuirks.joinFailure(socket + " cannot join " + name(group, chosen, source), e);
            }
        }
    }

    /** Leaves what was joined by the same arguments. */
    void leave(InetAddress group, NetworkInterface netIf, InetAddress source) throws UdpException {
        synchronized (entries) {
            socket.requireOpen();
            for (Entry entry : entries) {
                if (entry.is(group, source) && (netIf == null ? entry.any : entry.netIf.equals(netIf))) {
                    entries.remove(entry);
                    entry.key.drop();
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
