package org.datagram4j.nio;

import java.nio.channels.SelectableChannel;
import org.datagram4j.Interest;
import org.datagram4j.Registry;
import org.datagram4j.Source;
import org.datagram4j.Token;
import org.datagram4j.UdpException;

/** A source over a channel that stays the caller's. Only registering arms it: what the caller does with it is not seen. */
final class ChannelSource implements Source {
    private final SelectableChannel channel;
    private final Readiness readiness;

    ChannelSource(SelectableChannel channel) {
        this.channel = channel;
        this.readiness = new Readiness(this, channel, () -> false);
    }

    @Override
    public void register(Registry registry, Token token, Interest interest) throws UdpException {
        readiness.register(registry, token, interest);
    }

    @Override
    public void reregister(Registry registry, Token token, Interest interest) throws UdpException {
        readiness.reregister(registry, token, interest);
    }

    @Override
    public void deregister(Registry registry) throws UdpException {
        readiness.deregister(registry);
    }

    @Override
    public String toString() {
        return NioBackend.NAME + " source of " + channel;
    }
}
