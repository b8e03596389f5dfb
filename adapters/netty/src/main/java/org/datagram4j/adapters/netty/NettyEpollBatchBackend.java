package org.datagram4j.adapters.netty;

import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.DatagramChannel;
import org.datagram4j.UdpConfig;

/** {@link io.netty.channel.epoll.EpollDatagramChannel} with several datagrams to a system call, by recvmmsg. */
public final class NettyEpollBatchBackend extends NettyEpollBackend {
    private static final int DATAGRAMS_AT_ONCE = 8;

    /**
     * Looks whether Netty can do it here.
     *
     * @throws UnsupportedOperationException if not, saying why
     */
    public NettyEpollBatchBackend() {
        super("netty-epoll-recvmmsg");
    }

    @Override
    void configure(DatagramChannel channel, UdpConfig config) {
        super.configure(channel, config);
        channel.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(DATAGRAMS_AT_ONCE * ROOM_BYTES));
        channel.config().setOption(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, ROOM_BYTES);
    }
}
