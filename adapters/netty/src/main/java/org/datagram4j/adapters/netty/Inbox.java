package org.datagram4j.adapters.netty;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.datagram4j.UdpException;

/**
 * What Netty has received and nobody has taken yet, datagrams and errors, in Netty's order. The event loop puts in, any
 * thread takes out. When it is full, Netty is told to leave the rest with the system.
 */
final class Inbox extends ChannelInboundHandlerAdapter {
    private static final int FULL = 512;
    private static final int ROOM_AGAIN = 128;

    /**
     * A datagram, or an error in its place.
     *
     * @param payload all that Netty delivered
     * @param sender whom Netty names as its sender
     * @param error the error instead, or null
     */
    record Arrival(byte[] payload, InetSocketAddress sender, UdpException error) {}

    private final NettySocket socket;
    private final Deque<Arrival> arrivals = new ArrayDeque<>(); // guarded by itself
    private volatile boolean empty = true;

    Inbox(NettySocket socket) {
        this.socket = socket;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof DatagramPacket datagram) {
                add(context.channel(), new Arrival(ByteBufUtil.getBytes(datagram.content()), datagram.sender(), null));
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        UdpException error = Failures.translate(socket, cause);
        if (context.channel().isOpen()) {
            add(context.channel(), new Arrival(null, null, error));
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            socket.readiness().ready();
        }
    }

    /** An error that no receive met. */
    void add(Channel channel, UdpException error) {
        add(channel, new Arrival(null, null, error));
    }

    private void add(Channel channel, Arrival arrival) {
        synchronized (arrivals) {
            arrivals.addLast(arrival);
            empty = false;
            if (arrivals.size() == FULL) {
                channel.config().setAutoRead(false);
            }
        }
        socket.readiness().ready();
    }

    boolean isEmpty() {
        return empty;
    }

    /** The first, which stays; or null. */
    Arrival peek() {
        synchronized (arrivals) {
            return arrivals.peekFirst();
        }
    }

    /** The first, or null. */
    Arrival take(Channel channel) {
        synchronized (arrivals) {
            Arrival first = arrivals.pollFirst();
            empty = arrivals.isEmpty();
            if (arrivals.size() == ROOM_AGAIN && !channel.config().isAutoRead()) {
                channel.config().setAutoRead(true);
            }
            return first;
        }
    }

    /** The first error, wherever it stands; or null. */
    UdpException takeError() {
        synchronized (arrivals) {
            for (Iterator<Arrival> all = arrivals.iterator(); all.hasNext(); ) {
                Arrival arrival = all.next();
                if (arrival.error != null) {
                    all.remove();
                    empty = arrivals.isEmpty();
                    return arrival.error;
                }
            }
            return null;
        }
    }
}
