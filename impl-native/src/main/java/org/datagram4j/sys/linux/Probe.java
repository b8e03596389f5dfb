package org.datagram4j.sys.linux;

import java.net.StandardProtocolFamily;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.datagram4j.Capability;
import org.datagram4j.UdpException;
import org.datagram4j.sys.contract.Setting;
import org.datagram4j.sys.contract.SystemPoll;
import org.datagram4j.sys.linkage.LinuxCalls;

/** Finds out what this kernel, and whatever filters its calls, can do. */
final class Probe {
    /** What comes with every kernel that has epoll, or needs nothing of it. */
    private static final Set<Capability> ALWAYS = EnumSet.of(
            Capability.RAW_HANDLE,
            Capability.ADOPT_HANDLE,
            Capability.RELEASE_HANDLE,
            Capability.HANDLE_SOURCE,
            Capability.SEND_TO_WHEN_CONNECTED,
            Capability.BIND_DEVICE,
            Capability.MULTICAST_SOURCE,
            Capability.SOURCE_SELECTION,
            Capability.SEND_TRAFFIC_CLASS,
            Capability.SEND_HOP_LIMIT,
            Capability.ORIGINAL_LENGTH,
            Capability.EMPTY_SEND_CONFIRMED,
            Capability.CONNECT_KEEPS_QUEUE,
            Capability.ERROR_READINESS,
            Capability.ERROR_CODE,
            Capability.ZERO_ALLOC,
            Capability.NATIVE_BATCH);

    private final LinuxSystem system;
    private final EnumSet<Capability> found = EnumSet.copyOf(ALWAYS);

    private Probe(LinuxSystem system) {
        this.system = system;
    }

    /**
     * What works here.
     *
     * @throws UnsupportedOperationException if what we cannot do without does not
     */
    static Set<Capability> capabilities(LinuxSystem system) {
        Probe probe = new Probe(system);
        probe.waiting();
        probe.sockets();
        return Collections.unmodifiableSet(probe.found);
    }

    /** Older kernels do not know epoll_pwait2, and neither do some filters on calls: only who does minds the descriptor. */
    static boolean hasPwait2(LinuxCalls calls) {
        return calls.syscall(EpollLayout.SYS_EPOLL_PWAIT2, -1, 0, 0, 0, 0, 0) == -Errno.EBADF.code;
    }

    private void waiting() {
        try {
            SystemPoll poll = system.openPoll();
            poll.wakeUp();
            int ready = poll.await(0);
            poll.close();
            if (ready < 0) {
                throw missing("waiting with epoll", ready);
            }
        } catch (UdpException e) {
            throw new UnsupportedOperationException(e.getMessage() + ": use the backend 'nio'", e);
        }
    }

    private void sockets() {
        StandardProtocolFamily family = StandardProtocolFamily.INET;
        long handle = system.open(family);
        boolean v4 = handle >= 0;
        if (!v4) {
            family = StandardProtocolFamily.INET6;
            handle = system.open(family);
            if (handle < 0) {
                throw missing("opening a UDP socket", (int) handle);
            }
        }
        try {
            batches((int) handle);
            options(handle, family);
        } finally {
            system.close(handle);
        }
        if (v4) {
            long v6 = system.open(StandardProtocolFamily.INET6);
            if (v6 >= 0) {
                ofV6(v6);
                system.close(v6);
            }
        } else {
            ofV6(handle);
        }
    }

    /** An empty queue would block; a kernel or filter without the functions says otherwise. */
    private void batches(int fd) {
        LinuxDatagrams two = new LinuxDatagrams(system.linkage(), 2, 1);
        two.prepareReceive(0, 1, true);
        two.prepareReceive(1, 1, true);
        int received = two.receive(fd, 0, 2, false);
        if (received != LinuxSystem.WOULD_BLOCK) {
            throw missing("recvmmsg", received);
        }
        two.prepareSend(0, 0, 1, null, true);
        two.prepareSend(1, 0, 1, null, true);
        int sent = two.send(fd, 0, 2);
        if (sent != -Errno.EDESTADDRREQ.code) {
            throw missing("sendmmsg", sent);
        }
    }

    private void options(long handle, StandardProtocolFamily family) {
        if (system.option((int) handle, SocketConstants.IPPROTO_UDP, SocketConstants.UDP_SEGMENT) >= 0) {
            found.add(Capability.GSO);
        }
        declareIf(handle, family, Setting.COALESCING, Capability.GRO);
        declareIf(handle, family, Setting.REUSE_PORT, Capability.REUSE_PORT);
        declareIf(handle, family, Setting.BUSY_POLL, Capability.BUSY_POLL);
        declareIf(handle, family, Setting.DONT_FRAGMENT, Capability.DONT_FRAGMENT);
        if (system.get(handle, family, Setting.PATH_MTU) == -Errno.ENOTCONN.code) { // it is told with a peer
            found.add(Capability.PATH_MTU);
        }
        declareIf(handle, family, Setting.ERROR_QUEUE, Capability.ERROR_QUEUE);
        declareIf(handle, family, Setting.RECEIVE_LOCAL, Capability.LOCAL_ADDRESS, Capability.LOCAL_INTERFACE);
        declareIf(handle, family, Setting.RECEIVE_TRAFFIC_CLASS, Capability.RECV_TRAFFIC_CLASS);
        declareIf(handle, family, Setting.RECEIVE_HOP_LIMIT, Capability.RECV_HOP_LIMIT);
        declareIf(handle, family, Setting.RECEIVE_TIMESTAMP, Capability.RECV_TIMESTAMP);
        declareIf(handle, family, Setting.RECEIVE_DROPS, Capability.DROP_COUNT);
        declareIf(handle, family, Setting.UNICAST_TTL, Capability.UNICAST_TTL);
        if (family == StandardProtocolFamily.INET) {
            declareIf(handle, family, Setting.MULTICAST_ALL, Capability.MULTICAST_ISOLATION_V4);
        }
    }

    private void ofV6(long handle) {
        StandardProtocolFamily family = StandardProtocolFamily.INET6;
        declareIf(handle, family, Setting.V6_ONLY, Capability.V6_ONLY);
        declareIf(handle, family, Setting.UNICAST_HOPS, Capability.UNICAST_HOPS_V6);
        declareIf(handle, family, Setting.MULTICAST_ALL, Capability.MULTICAST_ISOLATION_V6);
    }

    private void declareIf(long handle, StandardProtocolFamily family, Setting setting, Capability... capabilities) {
        int value = system.get(handle, family, setting);
        // emulators of Linux tell some options that they cannot set
        if (value >= 0 && system.set(handle, family, setting, value) >= 0) {
            Collections.addAll(found, capabilities);
        }
    }

    private UnsupportedOperationException missing(String what, int result) {
        return new UnsupportedOperationException("this kernel, or a filter on its calls, refuses " + what + " ("
                + (result < 0 ? Errno.describe(-result) : "unexpected result " + result)
                + "): use the backend 'nio'");
    }
}
