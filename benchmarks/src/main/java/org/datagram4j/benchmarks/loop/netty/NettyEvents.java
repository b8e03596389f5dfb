package org.datagram4j.benchmarks.loop.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.datagram4j.benchmarks.loop.Loopback;
import org.datagram4j.benchmarks.loop.Skip;

/** One datagram to one of many channels of an event loop, and the read of it. */
final class NettyEvents extends Driven {
    private static final int BYTES = 64;

    private final Channel sender;
    private final DatagramPacket datagram;

    NettyEvents(Transport transport, int count, int base) throws InterruptedException {
        super(transport);
        Bootstrap bootstrap = transport.bootstrap(group, BYTES, new Reader());
        sender = bootstrap.bind(Loopback.any()).sync().channel();
        List<ChannelFuture> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(bootstrap.bind(Loopback.one(i, base)));
        }
        for (ChannelFuture one : all) {
            if (!one.await().isSuccess()) {
                throw new Skip("it cannot have so many channels: " + one.cause().getMessage());
            }
        }
        InetSocketAddress active =
                (InetSocketAddress) all.get(count / 2).channel().localAddress();
        ByteBuf payload = Unpooled.directBuffer(BYTES).writerIndex(BYTES);
        datagram = new DatagramPacket(payload, active);
    }

    @Override
    void step() {
        sender.writeAndFlush(datagram.retain(), sender.voidPromise());
    }

    @Sharable
    private final class Reader extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            stepDone(1);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            failed(cause);
        }
    }
}
