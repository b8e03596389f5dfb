package org.datagram4j.benchmarks.loop.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import org.datagram4j.benchmarks.loop.Loopback;

/** A burst that is written, flushed, and read when it is there. */
final class NettyBurst extends Driven {
    private final int burst;
    private final Channel channel;
    private final DatagramPacket datagram;
    private final int writes;
    private int received;

    NettyBurst(Transport transport, int bytes, int wanted) throws InterruptedException {
        super(transport);
        burst = Loopback.burst(bytes, wanted);
        channel = transport
                .bootstrap(group, bytes, new Reader())
                .bind(Loopback.any())
                .sync()
                .channel();
        InetSocketAddress self = (InetSocketAddress) channel.localAddress();
        boolean segments = transport == Transport.GSO;
        ByteBuf payload = Unpooled.directBuffer(bytes * burst).writerIndex(segments ? bytes * burst : bytes);
        datagram = segments ? new SegmentedDatagramPacket(payload, bytes, self) : new DatagramPacket(payload, self);
        writes = segments ? 1 : burst;
    }

    @Override
    void step() {
        for (int i = 0; i < writes; i++) {
            channel.write(datagram.retain(), channel.voidPromise());
        }
        channel.flush();
    }

    private final class Reader extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
            received++;
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            if (received >= burst) {
                received -= burst;
                stepDone(burst);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            failed(cause);
        }
    }
}
