package org.datagram4j.benchmarks.loop.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import org.datagram4j.benchmarks.loop.Loopback;
import org.datagram4j.benchmarks.loop.netty.Transport.Spinning;

/** A datagram to a channel of another event loop and back. */
final class NettyRoundTrip extends Timed {
    private final Spinning spinning;
    private final boolean spins;
    private final Channel channel;
    private final DatagramPacket datagram;

    NettyRoundTrip(Transport transport, int bytes, boolean spins) throws InterruptedException {
        this(transport, bytes, spins, new Spinning());
    }

    private NettyRoundTrip(Transport transport, int bytes, boolean spins, Spinning spinning)
            throws InterruptedException {
        this(transport, bytes, spins, spinning, loop(transport, spins, spinning), loop(transport, spins, spinning));
    }

    private NettyRoundTrip(
            Transport transport,
            int bytes,
            boolean spins,
            Spinning spinning,
            EventLoopGroup nearGroup,
            EventLoopGroup farGroup)
            throws InterruptedException {
        super(nearGroup, farGroup);
        this.spinning = spinning;
        this.spins = spins;
        channel = transport
                .bootstrap(nearGroup, bytes, new Near())
                .bind(Loopback.any())
                .sync()
                .channel();
        InetSocketAddress there = (InetSocketAddress) transport
                .bootstrap(farGroup, bytes, new Echo())
                .bind(Loopback.any())
                .sync()
                .channel()
                .localAddress();
        ByteBuf payload = Unpooled.directBuffer(bytes).writerIndex(bytes);
        datagram = new DatagramPacket(payload, there);
    }

    private static EventLoopGroup loop(Transport transport, boolean spins, Spinning spinning)
            throws InterruptedException {
        return spins ? transport.newSpinningLoop(spinning) : transport.newLoop();
    }

    @Override
    void trip() {
        channel.writeAndFlush(datagram.retain(), channel.voidPromise());
    }

    @Override
    void running(boolean on) {
        if (spins) {
            spinning.on = on;
            // whoever spins, or sleeps, learns of it
            near().execute(() -> {});
            far().execute(() -> {});
        }
    }

    private final class Near extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            tripDone();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            failed(cause);
        }
    }
}
