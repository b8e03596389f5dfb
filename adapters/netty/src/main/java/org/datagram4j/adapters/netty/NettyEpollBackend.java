package org.datagram4j.adapters.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import org.datagram4j.Capability;
import org.datagram4j.ErrorKind;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpException;

/** {@link EpollDatagramChannel}, as it receives by default: one datagram at a time, by recvmsg or recv. */
public class NettyEpollBackend extends NettyBackend {
    /** What Linux takes in one segmented send (UDP_MAX_SEGMENTS, and the length of an IPv4 datagram). */
    private static final int SEGMENTS_AT_ONCE = 64;

    private static final int BYTES_AT_ONCE = 65_507;

    /**
     * Looks whether Netty can do it here.
     *
     * @throws UnsupportedOperationException if not, saying why
     */
    public NettyEpollBackend() {
        this("netty-epoll");
    }

    NettyEpollBackend(String name) {
        super(name, findOut(), EpollIoHandler::newFactory);
    }

    private static Set<Capability> findOut() {
        if (!Epoll.isAvailable()) {
            throw new UnsupportedOperationException(
                    "Netty has no epoll here: " + Epoll.unavailabilityCause().getMessage());
        }
        EnumSet<Capability> found = EnumSet.of(
                Capability.RAW_HANDLE,
                Capability.SEND_TO_WHEN_CONNECTED,
                Capability.REUSE_PORT,
                Capability.MULTICAST_SOURCE,
                Capability.GRO,
                Capability.ORIGINAL_LENGTH,
                Capability.CONNECT_KEEPS_QUEUE,
                Capability.ERROR_CODE,
                Capability.MULTICAST_ISOLATION_V4,
                Capability.MULTICAST_ISOLATION_V6);
        if (EpollDatagramChannel.isSegmentedDatagramPacketSupported()) {
            found.add(Capability.GSO);
        }
        return found;
    }

    @Override
    DatagramChannel newChannel(SocketProtocolFamily family) {
        return new EpollDatagramChannel(family);
    }

    @Override
    void configure(DatagramChannel channel, UdpConfig config) {
        channel.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(ROOM_BYTES));
        if (config.coalescing()) {
            channel.config().setOption(EpollChannelOption.UDP_GRO, true);
        }
    }

    @Override
    ChannelOption<Boolean> reusePort() {
        return EpollChannelOption.SO_REUSEPORT;
    }

    @Override
    long handle(DatagramChannel channel) {
        return ((EpollDatagramChannel) channel).fd().intValue();
    }

    @Override
    void segments(
            NettySocket socket,
            ByteBuffer payload,
            InetSocketAddress destination,
            int segmentBytes,
            Outbox.Pieces pieces)
            throws UdpException {
        if (!has(Capability.GSO)) {
            Outbox.plain(socket, payload, destination, segmentBytes, pieces);
            return;
        }
        InetSocketAddress recipient =
                destination != null ? destination : socket.channel().remoteAddress();
        if (recipient == null) {
            throw new UdpException(
                    ErrorKind.NOT_CONNECTED, socket + " has no peer, and Netty's segmented datagrams need a recipient");
        }
        int atOnce = Math.min(SEGMENTS_AT_ONCE, Math.max(1, BYTES_AT_ONCE / segmentBytes)) * segmentBytes;
        for (int begin = payload.position(); begin < payload.limit(); begin += atOnce) {
            int bytes = Math.min(atOnce, payload.limit() - begin);
            ByteBuf content = Outbox.copy(socket, payload, begin, bytes);
            pieces.add(new SegmentedDatagramPacket(content, segmentBytes, recipient), bytes);
        }
    }
}
