package org.datagram4j.benchmarks.loop.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import org.datagram4j.benchmarks.loop.Loopback;

/** A channel deregistered from its event loop and registered again. */
final class NettyChurn extends Driven {
    private final Channel channel;
    private final GenericFutureListener<Future<Void>> registered = future -> loop().execute(() -> stepDone(1));
    private final GenericFutureListener<Future<Void>> deregistered = this::register;

    NettyChurn(Transport transport) throws InterruptedException {
        super(transport);
        channel = transport
                .bootstrap(group, 0, new ChannelInboundHandlerAdapter())
                .bind(Loopback.any())
                .sync()
                .channel();
    }

    @Override
    void step() {
        channel.deregister().addListener(deregistered);
    }

    private void register(Future<Void> done) {
        if (done.isSuccess()) {
            loop().register(channel).addListener(registered);
        } else {
            failed(done.cause());
        }
    }
}
