package org.datagram4j.adapters.netty;

import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import org.datagram4j.Capability;
import org.datagram4j.TruncationPolicy;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.spi.Arguments;

/** {@link NioDatagramChannel}. */
public final class NettyNioBackend extends NettyBackend {
    private static final int MULTICAST_ALL_OFF_V6 = 22; // JDK-8241800

    /** Finds out what channels can do here. */
    public NettyNioBackend() {
        super("netty-nio", findOut(), NioIoHandler::newFactory);
    }

    private static Set<Capability> findOut() {
        EnumSet<Capability> found =
                EnumSet.of(Capability.ADOPT_CHANNEL, Capability.MULTICAST_SOURCE, Capability.ORIGINAL_LENGTH);
        if (System.getProperty("os.name", "").startsWith("Linux")) {
            found.add(Capability.MULTICAST_ISOLATION_V4);
            if (Runtime.version().feature() >= MULTICAST_ALL_OFF_V6) {
                found.add(Capability.MULTICAST_ISOLATION_V6);
            }
        }
        try (java.nio.channels.DatagramChannel channel =
                java.nio.channels.DatagramChannel.open(StandardProtocolFamily.INET)) {
            if (channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
                found.add(Capability.REUSE_PORT);
            }
        } catch (IOException e) {
            throw new UnsupportedOperationException("no channel can be opened here: " + e.getMessage(), e);
        }
        return found;
    }

    @Override
    DatagramChannel newChannel(SocketProtocolFamily family) {
        return new NioDatagramChannel(family);
    }

    @Override
    void configure(DatagramChannel channel, UdpConfig config) {
        channel.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(ROOM_BYTES));
    }

    @Override
    ChannelOption<Boolean> reusePort() {
        return NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT);
    }

    @Override
    long handle(DatagramChannel channel) {
        throw Arguments.unsupported(name(), Capability.RAW_HANDLE);
    }

    @Override
    void segments(
            NettySocket socket,
            ByteBuffer payload,
            InetSocketAddress destination,
            int segmentBytes,
            Outbox.Pieces pieces) {
        Outbox.plain(socket, payload, destination, segmentBytes, pieces);
    }

    @Override
    public UdpSocket adopt(java.nio.channels.DatagramChannel channel) throws UdpException {
        String doing = "adopting " + channel;
        try {
            if (channel.getLocalAddress() == null) {
                throw new IllegalArgumentException(channel + " is not bound: bind it first");
            }
            if (channel.isRegistered()) {
                throw new IllegalArgumentException(channel + " is registered with a selector");
            }
        } catch (IOException e) {
            throw Failures.translate(doing, e);
        }
        DatagramChannel adopted;
        try {
            adopted = new NioDatagramChannel(channel);
        } catch (RuntimeException e) {
            throw Failures.translate(doing, e);
        }
        adopted.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(ROOM_BYTES));
        NettySocket socket = new NettySocket(this, adopted, TruncationPolicy.PLATFORM);
        loop().register(doing, adopted);
        return socket.bound();
    }
}
