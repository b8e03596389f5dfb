package org.datagram4j.sys;

import java.net.NetworkInterface;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.datagram4j.Capability;
import org.datagram4j.UdpException;
import org.datagram4j.UdpOptions;
import org.datagram4j.spi.Arguments;
import org.datagram4j.sys.contract.NetworkSystem;
import org.datagram4j.sys.contract.Setting;

/** The options of a socket: which setting of the system each is, and what values it takes. */
final class Options {
    private static final int UNKNOWN = -1;

    /**
     * One option.
     *
     * @param setting what it is to the system
     * @param capability what it needs, or null
     * @param least the least value
     * @param most the most
     * @param writable whether it can be set
     */
    private record Kind(Setting setting, Capability capability, int least, int most, boolean writable) {
        static Kind of(Setting setting, int most) {
            return new Kind(setting, null, 0, most, true);
        }

        static Kind of(Setting setting, Capability capability, int least, int most) {
            return new Kind(setting, capability, least, most, true);
        }
    }

    private static final Map<SocketOption<?>, Kind> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put(StandardSocketOptions.SO_RCVBUF, Kind.of(Setting.RECEIVE_BUFFER, Integer.MAX_VALUE));
        KINDS.put(StandardSocketOptions.SO_SNDBUF, Kind.of(Setting.SEND_BUFFER, Integer.MAX_VALUE));
        KINDS.put(StandardSocketOptions.SO_REUSEADDR, Kind.of(Setting.REUSE_ADDRESS, 1));
        KINDS.put(StandardSocketOptions.SO_REUSEPORT, Kind.of(Setting.REUSE_PORT, Capability.REUSE_PORT, 0, 1));
        KINDS.put(StandardSocketOptions.SO_BROADCAST, Kind.of(Setting.BROADCAST, 1));
        KINDS.put(StandardSocketOptions.IP_TOS, Kind.of(Setting.TRAFFIC_CLASS, 255));
        KINDS.put(StandardSocketOptions.IP_MULTICAST_IF, Kind.of(Setting.MULTICAST_INTERFACE, Integer.MAX_VALUE));
        KINDS.put(StandardSocketOptions.IP_MULTICAST_TTL, Kind.of(Setting.MULTICAST_TTL, 255));
        KINDS.put(StandardSocketOptions.IP_MULTICAST_LOOP, Kind.of(Setting.MULTICAST_LOOP, 1));
        KINDS.put(UdpOptions.IP_TTL, Kind.of(Setting.UNICAST_TTL, Capability.UNICAST_TTL, 1, 255));
        KINDS.put(UdpOptions.IPV6_UNICAST_HOPS, Kind.of(Setting.UNICAST_HOPS, Capability.UNICAST_HOPS_V6, 1, 255));
        KINDS.put(UdpOptions.IPV6_V6ONLY, new Kind(Setting.V6_ONLY, Capability.V6_ONLY, 0, 1, false));
        KINDS.put(UdpOptions.IP_DONTFRAGMENT, Kind.of(Setting.DONT_FRAGMENT, Capability.DONT_FRAGMENT, 0, 1));
        KINDS.put(UdpOptions.IP_MTU, new Kind(Setting.PATH_MTU, Capability.PATH_MTU, 0, 0, false));
        KINDS.put(UdpOptions.SO_BUSY_POLL, Kind.of(Setting.BUSY_POLL, Capability.BUSY_POLL, 0, Integer.MAX_VALUE));
    }

    private final NativeSocket socket;
    private final NetworkSystem system;
    private final long handle;

    /** What datagrams carry unless told otherwise; asked for once, because every send with ECN needs it. */
    private volatile int trafficClass = UNKNOWN;

    /** The interface that was set for multicast, which IPv4 does not give back, or null. */
    private volatile NetworkInterface multicastInterface;

    Options(NativeSocket socket, SocketState state) {
        this.socket = socket;
        this.system = socket.system();
        this.handle = state.handle();
    }

    Set<SocketOption<?>> supported() {
        Set<SocketOption<?>> options = new HashSet<>();
        KINDS.forEach((option, kind) -> {
            if (has(kind)) {
                options.add(option);
            }
        });
        return Collections.unmodifiableSet(options);
    }

    private boolean has(Kind kind) {
        return (kind.capability == null || system.capabilities().contains(kind.capability))
                && system.has(socket.family(), kind.setting);
    }

    <T> T get(SocketOption<T> option) throws UdpException {
        Kind kind = kind(option);
        if (option == StandardSocketOptions.IP_MULTICAST_IF) {
            return option.type().cast(multicastInterface);
        }
        int value = system.get(handle, socket.family(), kind.setting);
        Failures.check(system, "reading " + option + " of " + socket, value);
        return option.type().cast(option.type() == Boolean.class ? (Object) (value != 0) : (Object) value);
    }

    <T> void set(SocketOption<T> option, T value) throws UdpException {
        Kind kind = kind(option);
        Objects.requireNonNull(value, "value");
        if (!kind.writable) {
            throw new UnsupportedOperationException(option + " of " + socket + " can only be read");
        }
        if (!option.type().isInstance(value)) {
            throw new IllegalArgumentException(
                    option + " takes a " + option.type().getSimpleName() + ", not a "
                            + value.getClass().getSimpleName());
        }
        int number = number(option, kind, value);
        int result = system.set(handle, socket.family(), kind.setting, number);
        Failures.check(system, "setting " + option + " of " + socket + " to " + value, result);
        if (kind.setting == Setting.TRAFFIC_CLASS) {
            trafficClass = UNKNOWN;
        } else if (kind.setting == Setting.MULTICAST_INTERFACE) {
            multicastInterface = (NetworkInterface) value;
        }
    }

    /** The traffic class of datagrams that say nothing about it. */
    int trafficClass() throws UdpException {
        int known = trafficClass;
        if (known == UNKNOWN) {
            known = system.get(handle, socket.family(), Setting.TRAFFIC_CLASS);
            Failures.check(system, "reading the traffic class of " + socket, known);
            trafficClass = known;
        }
        return known;
    }

    private static <T> int number(SocketOption<T> option, Kind kind, T value) {
        if (value instanceof NetworkInterface netIf) {
            return netIf.getIndex();
        }
        if (value instanceof Boolean on) {
            return on ? 1 : 0;
        }
        return Arguments.range((Integer) value, kind.least, kind.most, option.name());
    }

    private <T> Kind kind(SocketOption<T> option) {
        Objects.requireNonNull(option, "option");
        Kind kind = KINDS.get(option);
        if (kind == null || !system.has(socket.family(), kind.setting)) {
            throw new UnsupportedOperationException(socket + " has no option " + option + ": see supportedOptions()");
        }
        if (!has(kind)) {
            throw Arguments.unsupported(NativeBackend.NAME, kind.capability);
        }
        return kind;
    }
}
