package org.datagram4j.benchmarks.loop.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.util.function.IntConsumer;

/** Sends each datagram back, and flushes when there is nothing more to read. */
final class Echo extends ChannelInboundHandlerAdapter {
    private final IntConsumer counter;
    private int count;

    Echo() {
        this(more -> {});
    }

    Echo(IntConsumer counter) {
        this.counter = counter;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        DatagramPacket datagram = (DatagramPacket) message;
        context.write(new DatagramPacket(datagram.content(), datagram.sender()), context.voidPromise());
        count++;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
        counter.accept(count);
        count = 0;
    }
}
