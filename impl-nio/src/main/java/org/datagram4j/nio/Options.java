package org.datagram4j.nio;

import java.io.IOException;
import java.net.SocketOption;
import java.nio.channels.DatagramChannel;
import java.util.Collections;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.datagram4j.Capability;
import org.datagram4j.UdpException;
import org.datagram4j.UdpOptions;
import org.datagram4j.spi.Arguments;

/** The options of a socket: the channel's own, and ours where the channel has one of the same name. */
final class Options {
    private final NioSocket socket;
    private final DatagramChannel channel;

    Options(NioSocket socket, DatagramChannel channel) {
        this.socket = socket;
        this.channel = channel;
    }

    Set<SocketOption<?>> supported() {
        Set<SocketOption<?>> options = new HashSet<>(channel.supportedOptions());
        if (NioQuirks.optionNamed(UdpOptions.IP_DONTFRAGMENT.name(), options) != null) {
            options.add(UdpOptions.IP_DONTFRAGMENT);
        }
        return Collections.unmodifiableSet(options);
    }

    <T> T get(SocketOption<T> option) throws UdpException {
        Objects.requireNonNull(option, "option");
        socket.requireOpen();
        SocketOption<T> known = known(option);
        try {
            return channel.getOption(known);
        } catch (IOException e) {
            throw NioQuirks.translate("reading " + option + " of " + socket, e);
        }
    }

    <T> void set(SocketOption<T> option, T value) throws UdpException {
        Objects.requireNonNull(option, "option");
        Objects.requireNonNull(value, "value");
        socket.requireOpen();
        SocketOption<T> known = known(option);
        try {
            channel.setOption(known, value);
        } catch (IOException e) {
            throw NioQuirks.optionFailure("setting " + option + " of " + socket + " to " + value, e);
        }
    }

    /** The channel's option, by identity or else by name. */
    private <T> SocketOption<T> known(SocketOption<T> option) {
        Set<SocketOption<?>> supported = channel.supportedOptions();
        if (supported.contains(option)) {
            return option;
        }
        if (option == UdpOptions.IP_DONTFRAGMENT) {
            SocketOption<T> same = NioQuirks.optionNamed(option.name(), supported);
            if (same != null) {
                return same;
            }
        }
        Capability missing = NioQuirks.capability(option);
        throw missing != null
                ? Arguments.unsupported(NioBackend.NAME, missing)
                : new UnsupportedOperationException(socket + " has no option " + option + ": see supportedOptions()");
    }
}
