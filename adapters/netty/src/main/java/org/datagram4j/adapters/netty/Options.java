package org.datagram4j.adapters.netty;

import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DatagramChannel;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.datagram4j.Capability;
import org.datagram4j.UdpException;
import org.datagram4j.UdpOptions;
import org.datagram4j.spi.Arguments;

/** Options by Netty's names for them: those that every datagram channel of Netty's documents. */
final class Options {
    private final NettySocket socket;
    private final DatagramChannel channel;
    private final Map<SocketOption<?>, ChannelOption<?>> known = new LinkedHashMap<>();

    Options(NettySocket socket, NettyBackend backend, DatagramChannel channel) {
        this.socket = socket;
        this.channel = channel;
        known.put(StandardSocketOptions.SO_BROADCAST, ChannelOption.SO_BROADCAST);
        known.put(StandardSocketOptions.SO_RCVBUF, ChannelOption.SO_RCVBUF);
        known.put(StandardSocketOptions.SO_SNDBUF, ChannelOption.SO_SNDBUF);
        known.put(StandardSocketOptions.SO_REUSEADDR, ChannelOption.SO_REUSEADDR);
        known.put(StandardSocketOptions.IP_TOS, ChannelOption.IP_TOS);
        known.put(StandardSocketOptions.IP_MULTICAST_IF, ChannelOption.IP_MULTICAST_IF);
        known.put(StandardSocketOptions.IP_MULTICAST_TTL, ChannelOption.IP_MULTICAST_TTL);
        known.put(StandardSocketOptions.IP_MULTICAST_LOOP, ChannelOption.IP_MULTICAST_LOOP_DISABLED);
        if (backend.has(Capability.REUSE_PORT)) {
            known.put(StandardSocketOptions.SO_REUSEPORT, backend.reusePort());
        }
    }

    Set<SocketOption<?>> supported() {
        return Collections.unmodifiableSet(known.keySet());
    }

    <T> T get(SocketOption<T> option) throws UdpException {
        ChannelOption<T> name = name(option);
        try {
            T value = channel.config().getOption(name);
            return turned(option, value);
        } catch (RuntimeException e) {
            throw Failures.translate("reading " + option + " of " + socket, e);
        }
    }

    <T> void set(SocketOption<T> option, T value) throws UdpException {
        Objects.requireNonNull(value, "value");
        ChannelOption<T> name = name(option);
        try {
            channel.config().setOption(name, turned(option, value));
        } catch (RuntimeException e) {
            throw Failures.translate("setting " + option + " of " + socket + " to " + value, e);
        }
    }

    /** Netty names the multicast loop by its opposite. */
    @SuppressWarnings("unchecked") // a Boolean for a Boolean
    private static <T> T turned(SocketOption<T> option, T value) {
        return option.equals(StandardSocketOptions.IP_MULTICAST_LOOP) && value instanceof Boolean on
                ? (T) Boolean.valueOf(!on)
                : value;
    }

    @SuppressWarnings("unchecked") // the types of both are those of the system's option
    private <T> ChannelOption<T> name(SocketOption<T> option) throws UdpException {
        Objects.requireNonNull(option, "option");
        socket.requireOpen();
        ChannelOption<?> name = known.get(option);
        if (name == null) {
            throw unsupported(option);
        }
        return (ChannelOption<T>) name;
    }

    private UnsupportedOperationException unsupported(SocketOption<?> option) {
        Map<SocketOption<?>, Capability> ours = Map.of(
                UdpOptions.IP_TTL, Capability.UNICAST_TTL,
                UdpOptions.IPV6_UNICAST_HOPS, Capability.UNICAST_HOPS_V6,
                UdpOptions.IPV6_V6ONLY, Capability.V6_ONLY,
                UdpOptions.IP_DONTFRAGMENT, Capability.DONT_FRAGMENT,
                UdpOptions.IP_MTU, Capability.PATH_MTU,
                UdpOptions.SO_BUSY_POLL, Capability.BUSY_POLL);
        return ours.containsKey(option)
                ? Arguments.unsupported(socket.backend().name(), ours.get(option))
                : new UnsupportedOperationException(socket + " has no option " + option);
    }
}
