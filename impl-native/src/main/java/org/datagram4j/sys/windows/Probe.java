package org.datagram4j.sys.windows;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.datagram4j.Capability;
import org.datagram4j.SendInfo;
import org.datagram4j.UdpException;
import org.datagram4j.sys.contract.Datagrams;
import org.datagram4j.sys.contract.RawAddress;
import org.datagram4j.sys.contract.Setting;
import org.datagram4j.sys.contract.SystemPoll;

/** Finds out what this Windows, or what plays its part, can do. */
final class Probe {
    /** What comes with every Windows that has AFD, or needs nothing of it. */
    private static final Set<Capability> ALWAYS = EnumSet.of(
            Capability.RAW_HANDLE,
            Capability.ADOPT_HANDLE,
            Capability.RELEASE_HANDLE,
            Capability.SEND_TO_WHEN_CONNECTED,
            Capability.ORIGINAL_LENGTH,
            Capability.EMPTY_SEND_CONFIRMED,
            Capability.DISCONNECT_HEARS_ALL_V6,
            Capability.ERROR_CODE,
            Capability.ZERO_ALLOC);

    /** A segment length that any system takes which takes one at all. */
    private static final int TRIED_SEGMENT = 1500;

    private final WindowsSystem system;
    private final EnumSet<Capability> found = EnumSet.copyOf(ALWAYS);

    private Probe(WindowsSystem system) {
        this.system = system;
    }

    /**
     * What works here.
     *
     * @throws UnsupportedOperationException if what we cannot do without does not
     */
    static Set<Capability> capabilities(WindowsSystem system) {
        Probe probe = new Probe(system);
        probe.waiting();
        probe.sockets();
        return Collections.unmodifiableSet(probe.found);
    }

    private void waiting() {
        try {
            SystemPoll poll = system.openPoll();
            poll.wakeUp();
            int ready = poll.await(0);
            poll.close();
            if (ready < 0) {
                throw WindowsSystem.missing("waiting on a completion port", ready);
            }
        } catch (UdpException e) {
            throw new UnsupportedOperationException(e.getMessage() + ": use the backend 'nio'", e);
        }
    }

    private void sockets() {
        long v4 = system.open(StandardProtocolFamily.INET);
        long v6 = system.open(StandardProtocolFamily.INET6);
        if (v4 < 0 && v6 < 0) {
            throw WindowsSystem.missing("opening a UDP socket", (int) v4);
        }
        if (v4 >= 0) {
            of(v4, StandardProtocolFamily.INET);
            if (joinsForOneSource(v4)) {
                found.add(Capability.MULTICAST_SOURCE);
            }
            system.close(v4);
        }
        if (v6 >= 0) {
            if (v4 < 0) {
                of(v6, StandardProtocolFamily.INET6);
            }
            declareIf(v6, StandardProtocolFamily.INET6, Setting.V6_ONLY, Capability.V6_ONLY);
            declareIf(v6, StandardProtocolFamily.INET6, Setting.UNICAST_HOPS, Capability.UNICAST_HOPS_V6);
            system.close(v6);
        }
    }

    private void of(long socket, StandardProtocolFamily family) {
        if (refusesForeignSource(socket, family)) {
            found.add(Capability.SOURCE_SELECTION);
        }
        if (cuts(socket)) {
            found.add(Capability.GSO);
        }
        if (coalesces(socket, family)) {
            found.add(Capability.GRO);
        }
        declareIf(socket, family, Setting.DONT_FRAGMENT, Capability.DONT_FRAGMENT);
        declareIf(socket, family, Setting.UNICAST_TTL, Capability.UNICAST_TTL);
        declareIf(socket, family, Setting.RECEIVE_LOCAL, Capability.LOCAL_ADDRESS, Capability.LOCAL_INTERFACE);
        declareIf(socket, family, Setting.RECEIVE_TRAFFIC_CLASS, Capability.RECV_TRAFFIC_CLASS);
        declareIf(socket, family, Setting.RECEIVE_HOP_LIMIT, Capability.RECV_HOP_LIMIT);
        int mtu = system.get(socket, family, Setting.PATH_MTU);
        if (mtu >= 0 || mtu == -WsaError.WSAENOTCONN.code) {
            found.add(Capability.PATH_MTU);
        }
    }

    /** Whether a segment length is taken: the control message alone may be ignored without a word. */
    private boolean cuts(long socket) {
        int level = SocketConstants.IPPROTO_UDP;
        int option = SocketConstants.UDP_SEND_MSG_SIZE;
        return system.options().set(socket, level, option, TRIED_SEGMENT) >= 0
                && system.options().set(socket, level, option, 0) >= 0;
    }

    private boolean coalesces(long socket, StandardProtocolFamily family) {
        return system.set(socket, family, Setting.COALESCING, 1) >= 0
                && system.set(socket, family, Setting.COALESCING, 0) >= 0;
    }

    /**
     * Whether a source that is no address of anybody is refused; where the control message is ignored without a word, it
     * is not. The datagram goes to this socket itself.
     */
    private boolean refusesForeignSource(long socket, StandardProtocolFamily family) {
        RawAddress own = new RawAddress();
        boolean v4 = family == StandardProtocolFamily.INET;
        if (v4) {
            own.setV4(0x7F00_0001, 0); // 127.0.0.1
        } else {
            own.set(0, 1, 0, 0); // ::1
        }
        RawAddress foreign = new RawAddress();
        if (v4) {
            foreign.setV4(0xC000_024D, 0); // 192.0.2.77
        } else {
            foreign.set(0x2001_0DB8_0000_0000L, 0x77, 0, 0); // 2001:db8::77
        }
        if (system.bind(socket, family, own) < 0 || system.localAddress(socket, own) < 0) {
            return false;
        }
        Datagrams datagrams = system.newDatagrams(1, 1);
        datagrams.prepareSend(0, 0, 1, own, v4);
        datagrams.control(0, v4, foreign, SendInfo.UNSET, SendInfo.UNSET, SendInfo.UNSET, SendInfo.UNSET);
        return datagrams.send(socket, 0, 1) < 0;
    }

    /** For a source that is no address of anybody: where group, source and interface get mixed up, that is refused. */
    private boolean joinsForOneSource(long socket) {
        try {
            NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
            RawAddress group = new RawAddress();
            group.setV4(0xE8FF_4D4D, 0); // 232.255.77.77
            RawAddress source = new RawAddress();
            source.setV4(0xC000_024D, 0); // 192.0.2.77
            int index = loopback == null ? 1 : loopback.getIndex();
            return system.membership(socket, group, index, source, true) >= 0
                    && system.membership(socket, group, index, source, false) >= 0;
        } catch (SocketException e) {
            return false;
        }
    }

    private void declareIf(long socket, StandardProtocolFamily family, Setting setting, Capability... capabilities) {
        if (system.get(socket, family, setting) >= 0) {
            Collections.addAll(found, capabilities);
        }
    }
}
