package org.datagram4j.benchmarks.loop.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SelectStrategy;
import io.netty.channel.SelectStrategyFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.unix.UnixChannelOption;
import java.nio.channels.spi.SelectorProvider;
import org.datagram4j.benchmarks.loop.Loop;
import org.datagram4j.benchmarks.loop.Loopback;
import org.datagram4j.benchmarks.loop.MeasuredThreads;
import org.datagram4j.benchmarks.loop.Skip;

/** What Netty moves datagrams with, and how it is told to. */
enum Transport {
    /** A system call for each datagram received. */
    EPOLL("netty-epoll"),
    /** Receives with recvmmsg. */
    RECVMMSG("netty-recvmmsg"),
    /** Sends with UDP_SEGMENT, receives with UDP_GRO. */
    GSO("netty-gso"),
    /** On java.nio. */
    NIO("netty-nio");

    private static final int LEAST_BUFFER = 2048;
    private static final int EVENTS = 4096;

    final String label;

    Transport(String label) {
        this.label = label;
    }

    void check() {
        if (this != NIO && !Epoll.isAvailable()) {
            throw new Skip("Netty has no epoll here: " + Epoll.unavailabilityCause());
        }
        if (this == GSO && !EpollDatagramChannel.isSegmentedDatagramPacketSupported()) {
            throw new Skip("Netty cannot send segments here");
        }
    }

    /** An event loop, whose thread is one that is measured. */
    EventLoopGroup newLoop() throws InterruptedException {
        return started(new MultiThreadIoEventLoopGroup(
                1, this == NIO ? NioIoHandler.newFactory() : EpollIoHandler.newFactory()));
    }

    /** An event loop that spins as long as it should. */
    EventLoopGroup newSpinningLoop(Spinning spinning) throws InterruptedException {
        SelectStrategyFactory strategies = () -> (supplier, hasTasks) -> {
            if (!hasTasks && !spinning.on) {
                return SelectStrategy.SELECT;
            }
            return hasTasks || this == NIO ? supplier.get() : SelectStrategy.BUSY_WAIT;
        };
        return started(new MultiThreadIoEventLoopGroup(
                1,
                this == NIO
                        ? NioIoHandler.newFactory(SelectorProvider.provider(), strategies)
                        : EpollIoHandler.newFactory(EVENTS, strategies)));
    }

    /** Idle loops must not take a processor from those that are measured. */
    static final class Spinning {
        volatile boolean on;
    }

    private static EventLoopGroup started(EventLoopGroup group) throws InterruptedException {
        group.submit(MeasuredThreads::register).sync();
        return group;
    }

    /** A channel on a loop, for datagrams of a length. */
    Bootstrap bootstrap(EventLoopGroup loop, int bytes, ChannelHandler handler) {
        int most = Math.max(LEAST_BUFFER, bytes);
        Bootstrap bootstrap = new Bootstrap().group(loop).handler(handler);
        if (this == NIO) {
            bootstrap.channelFactory(() -> new NioDatagramChannel(SocketProtocolFamily.INET));
        } else {
            bootstrap.channelFactory(() -> new EpollDatagramChannel(SocketProtocolFamily.INET));
        }
        switch (this) {
            case RECVMMSG -> {
                bootstrap.option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, most);
                most *= Loop.BURST;
            }
            case GSO -> {
                bootstrap.option(EpollChannelOption.UDP_GRO, true);
                most = Loopback.MOST_BYTES;
            }
            default -> {
                // one datagram, one buffer
            }
        }
        FixedRecvByteBufAllocator allocator = new FixedRecvByteBufAllocator(most);
        allocator.maxMessagesPerRead(Loop.BURST);
        return bootstrap.option(ChannelOption.RECVBUF_ALLOCATOR, allocator);
    }

    /** For a server; several of them share a port. */
    Bootstrap server(EventLoopGroup loop, int bytes, boolean shared, ChannelHandler handler) {
        Bootstrap bootstrap = bootstrap(loop, bytes, handler).option(ChannelOption.SO_RCVBUF, Loopback.RECEIVE_BUFFER);
        return shared ? bootstrap.option(UnixChannelOption.SO_REUSEPORT, true) : bootstrap;
    }
}
