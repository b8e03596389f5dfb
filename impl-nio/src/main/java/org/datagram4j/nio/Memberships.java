package org.datagram4j.nio;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import org.datagram4j.ErrorKind;
import org.datagram4j.UdpException;
import org.datagram4j.spi.JoinedGroups;

/**
 * The groups that a socket has joined. A channel joins twice without saying so and hands out the same key
 * (DatagramChannelImpl.innerJoin); the contract is strict, so this is.
 */
final class Memberships {
    private final NioSocket socket;
    private final DatagramChannel channel;
    private final JoinedGroups<MembershipKey> groups;

    Memberships(NioSocket socket, DatagramChannel channel) {
        this.socket = socket;
        this.channel = channel;
        this.groups = new JoinedGroups<>(socket);
    }

    /** Joins a group on an interface (null: any), for one sender or (null) for all. */
    void join(InetAddress group, NetworkInterface netIf, InetAddress source) throws UdpException {
        if (socket.family() == StandardProtocolFamily.INET && !(group instanceof Inet4Address)) {
            throw NioSocket.wrongFamily(socket, group);
        }
        groups.join(group, netIf, source, chosen -> key(group, chosen, source));
    }

    private MembershipKey key(InetAddress group, NetworkInterface netIf, InetAddress source) throws UdpException {
        String doing = socket + " cannot join " + group.getHostAddress() + " on " + netIf.getName();
        try {
            return source == null ? channel.join(group, netIf) : channel.join(group, netIf, source);
        } catch (IllegalStateException e) {
            // MembershipRegistry.checkMembership: one source and all senders exclude each other
            throw new UdpException(
                    ErrorKind.ADDRESS_IN_USE, UdpException.NO_CODE, doing + ": it has, in the other way", e);
        } catch (IOException | IllegalArgumentException e) {
            throw NioQuirks.joinFailure(doing, e);
        }
    }

    /** Leaves what was joined by the same arguments. */
    void leave(InetAddress group, NetworkInterface netIf, InetAddress source) throws UdpException {
        groups.leave(group, netIf, source, (chosen, key) -> key.drop());
    }
}
