package org.datagram4j.sys;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.util.Set;
import org.datagram4j.Capability;
import org.datagram4j.ErrorKind;
import org.datagram4j.TruncationPolicy;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpException;
import org.datagram4j.sys.contract.Datagrams;
import org.datagram4j.sys.contract.NetworkSystem;
import org.datagram4j.sys.contract.RawAddress;
import org.datagram4j.sys.contract.Setting;

/** How a socket comes into being: step by step, and closed again if a step fails. */
final class Opening {
    private final NativeBackend backend;
    private final NetworkSystem system;
    private final UdpConfig config;
    private final StandardProtocolFamily family;
    private final long handle;

    private Opening(NativeBackend backend, UdpConfig config, StandardProtocolFamily family, long handle) {
        this.backend = backend;
        this.system = backend.system();
        this.config = config;
        this.family = family;
        this.handle = handle;
    }

    /** Opens and binds. */
    static SocketState open(NativeBackend backend, UdpConfig config) throws UdpException {
        requireScope(config);
        NetworkSystem system = backend.system();
        StandardProtocolFamily family = config.localAddress().getAddress() instanceof Inet4Address
                ? StandardProtocolFamily.INET
                : StandardProtocolFamily.INET6;
        long handle = system.open(family);
        if (handle < 0) {
            throw Failures.of(system, "opening a socket for " + config.localAddress(), handle);
        }
        try {
            return new Opening(backend, config, family, handle).bind();
        } catch (UdpException | RuntimeException | Error e) {
            system.close(handle);
            throw e;
        }
    }

    /**
     * Refuses a link-local address without scope, unless a device stands for it. Linux does, too (EINVAL); Windows binds
     * to the address wherever it is.
     */
    private static void requireScope(UdpConfig config) throws UdpException {
        InetSocketAddress local = config.localAddress();
        if (local.getAddress() instanceof Inet6Address address
                && address.isLinkLocalAddress()
                && address.getScopeId() == 0
                && config.device() == null) {
            throw new UdpException(
                    ErrorKind.INVALID_INPUT,
                    "cannot bind to the link-local address " + local + " without a scope: append %eth0 or %2");
        }
    }

    private SocketState bind() throws UdpException {
        if (config.reuseAddress()) {
            set(Setting.REUSE_ADDRESS, 1);
        }
        if (config.reusePort()) {
            set(Setting.REUSE_PORT, 1);
        }
        if (config.receiveBufferBytes() != UdpConfig.SYSTEM_DEFAULT) {
            set(Setting.RECEIVE_BUFFER, config.receiveBufferBytes());
        }
        if (config.sendBufferBytes() != UdpConfig.SYSTEM_DEFAULT) {
            set(Setting.SEND_BUFFER, config.sendBufferBytes());
        }
        boolean v6Only = config.v6Only() && family == StandardProtocolFamily.INET6;
        if (v6Only) {
            set(Setting.V6_ONLY, 1);
        }
        if (config.device() != null) {
            Failures.check(
                    system, doing("using the device " + config.device()), system.bindToDevice(handle, config.device()));
        }
        if (config.coalescing()) {
            set(Setting.COALESCING, 1);
        }
        if (config.errorQueue()) {
            set(Setting.ERROR_QUEUE, 1);
        }
        if (system.has(family, Setting.MULTICAST_ALL)) {
            system.set(handle, family, Setting.MULTICAST_ALL, 0); // where it fails, isolation is not declared
        }
        int wanted = metadata(config.metadata()) | (config.coalescing() ? Datagrams.SEGMENT_SIZE : 0);
        RawAddress address = new RawAddress();
        backend.bits().set(address, config.localAddress());
        Failures.check(system, doing("binding"), system.bind(handle, family, address));
        Failures.check(system, doing("asking where it is bound"), system.localAddress(handle, address));
        InetSocketAddress boundTo = backend.named(address);
        return new SocketState(
                handle, family, boundTo, null, config.truncationPolicy(), wanted, config.errorQueue(), v6Only);
    }

    private int metadata(Set<Capability> fields) throws UdpException {
        int wanted = 0;
        for (Capability field : fields) {
            switch (field) {
                case LOCAL_ADDRESS -> wanted |= ask(Setting.RECEIVE_LOCAL, Datagrams.LOCAL_ADDRESS);
                case LOCAL_INTERFACE -> wanted |= ask(Setting.RECEIVE_LOCAL, Datagrams.LOCAL_INTERFACE);
                case RECV_TRAFFIC_CLASS -> wanted |= ask(Setting.RECEIVE_TRAFFIC_CLASS, Datagrams.TRAFFIC_CLASS);
                case RECV_HOP_LIMIT -> wanted |= ask(Setting.RECEIVE_HOP_LIMIT, Datagrams.HOP_LIMIT);
                case RECV_TIMESTAMP -> wanted |= ask(Setting.RECEIVE_TIMESTAMP, Datagrams.TIMESTAMP);
                case DROP_COUNT -> wanted |= ask(Setting.RECEIVE_DROPS, Datagrams.DROPS);
                default -> {} // known without being asked for
            }
        }
        return wanted;
    }

    private int ask(Setting setting, int bit) throws UdpException {
        set(setting, 1);
        return bit;
    }

    private void set(Setting setting, int value) throws UdpException {
        Failures.check(
                system, doing("setting " + setting + " to " + value), system.set(handle, family, setting, value));
    }

    private String doing(String step) {
        return "opening a socket for " + config.localAddress() + ", " + step;
    }

    /** Takes over a handle; it is left as it was if that is refused. */
    static SocketState adopt(NativeBackend backend, long handle) throws UdpException {
        NetworkSystem system = backend.system();
        int version = Failures.check(system, "adopting the handle " + handle, system.adopt(handle));
        if (version == 0) {
            throw new UdpException(
                    ErrorKind.INVALID_INPUT, "cannot adopt the handle " + handle + ": it is no bound UDP socket");
        }
        StandardProtocolFamily family = version == 4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
        RawAddress address = new RawAddress();
        Failures.check(system, "adopting the handle " + handle, system.localAddress(handle, address));
        InetSocketAddress boundTo = backend.named(address);
        InetSocketAddress connectedTo = system.peerAddress(handle, address) < 0 ? null : backend.named(address);
        return new SocketState(
                handle,
                family,
                boundTo,
                connectedTo,
                TruncationPolicy.PLATFORM,
                wanted(system, handle, family),
                isOn(system, handle, family, Setting.ERROR_QUEUE),
                isOn(system, handle, family, Setting.V6_ONLY)
                        && boundTo.getAddress().isAnyLocalAddress());
    }

    /** What a socket was asked to tell before it was adopted. */
    private static int wanted(NetworkSystem system, long handle, StandardProtocolFamily family) {
        int wanted = 0;
        if (isOn(system, handle, family, Setting.RECEIVE_LOCAL)) {
            wanted |= Datagrams.LOCAL_ADDRESS | Datagrams.LOCAL_INTERFACE;
        }
        if (isOn(system, handle, family, Setting.RECEIVE_TRAFFIC_CLASS)) {
            wanted |= Datagrams.TRAFFIC_CLASS;
        }
        if (isOn(system, handle, family, Setting.RECEIVE_HOP_LIMIT)) {
            wanted |= Datagrams.HOP_LIMIT;
        }
        if (isOn(system, handle, family, Setting.RECEIVE_TIMESTAMP)) {
            wanted |= Datagrams.TIMESTAMP;
        }
        if (isOn(system, handle, family, Setting.RECEIVE_DROPS)) {
            wanted |= Datagrams.DROPS;
        }
        if (isOn(system, handle, family, Setting.COALESCING)) {
            wanted |= Datagrams.SEGMENT_SIZE;
        }
        return wanted;
    }

    private static boolean isOn(NetworkSystem system, long handle, StandardProtocolFamily family, Setting setting) {
        return system.has(family, setting) && system.get(handle, family, setting) > 0;
    }
}
