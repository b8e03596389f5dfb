package org.datagram4j.benchmarks.loop.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import java.net.InetSocketAddress;
import org.datagram4j.benchmarks.loop.Loopback;

/** A channel opened, bound and closed. */
final class NettyOpen extends Driven {
    private final Bootstrap bootstrap;
    private final InetSocketAddress any = Loopback.any();
    private final GenericFutureListener<Future<Void>> closed = future -> loop().execute(() -> stepDone(1));
    private final GenericFutureListener<ChannelFuture> bound = this::close;

    NettyOpen(Transport transport) throws InterruptedException {
        super(transport);
        bootstrap = transport.bootstrap(group, 0, new io.netty.channel.ChannelInitializer<>() {
            @Override
            protected void initChannel(io.netty.channel.Channel channel) {
                channel.pipeline().addLast(new ChannelInboundHandlerAdapter());
            }
        });
    }

    @Override
    void step() {
        bootstrap.bind(any).addListener(bound);
    }

    private void close(ChannelFuture done) {
        if (done.isSuccess()) {
            done.channel().close().addListener(closed);
        } else {
            failed(done.cause());
        }
    }
}
