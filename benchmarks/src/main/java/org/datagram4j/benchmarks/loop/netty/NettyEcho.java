package org.datagram4j.benchmarks.loop.netty;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.datagram4j.benchmarks.loop.Loopback;
import org.datagram4j.benchmarks.loop.Server;

/** Sends back what it reads. Each receiver has an event loop and a channel of its own, on one port. */
final class NettyEcho extends Server {
    private final List<EventLoopGroup> groups = new ArrayList<>();

    NettyEcho(Transport transport, int bytes, int receivers) throws InterruptedException {
        int port = 0;
        for (int i = 0; i < Math.max(1, receivers); i++) {
            EventLoopGroup group = transport.newLoop();
            groups.add(group);
            group.submit(this::counted).sync();
            Channel channel = transport
                    .server(group, bytes, receivers > 1, new Echo(this::count))
                    .bind(Loopback.at(port))
                    .sync()
                    .channel();
            port = ((InetSocketAddress) channel.localAddress()).getPort();
        }
        listens(port);
    }

    @Override
    protected boolean isClosed() {
        return false;
    }

    @Override
    public void close() {
        for (EventLoopGroup group : groups) {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }
}
