package org.datagram4j.adapters.netty;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.datagram4j.ErrorKind;
import org.datagram4j.UdpException;

/** The one event loop of a backend, on a daemon thread of its own from the first use on, and the ways to wait for it. */
final class Loop {
    private final String name;
    private final Supplier<IoHandlerFactory> transport;
    private SingleThreadEventLoop loop; // guarded by this

    Loop(String name, Supplier<IoHandlerFactory> transport) {
        this.name = name;
        this.transport = transport;
    }

    synchronized EventLoop get() {
        if (loop == null) {
            DefaultThreadFactory threads = new DefaultThreadFactory("datagram4j-" + name, true);
            loop = (SingleThreadEventLoop) new MultiThreadIoEventLoopGroup(1, threads, transport.get()).next();
        }
        return loop;
    }

    /**
     * Waits for what Netty does at once when its event loop comes to it, as everything is that a datagram channel does
     * besides being registered. Interrupts are kept.
     *
     * @param doing what it is, for the message of a failure
     * @param future what Netty gave for it
     * @throws UdpException what it failed with; of kind {@link ErrorKind#OTHER} if the event loop has run it and leaves the
     *     future open
     */
    void await(Object doing, Future<?> future) throws UdpException {
        CompletableFuture<Void> passed = new CompletableFuture<>();
        try {
            get().execute(() -> passed.complete(null));
        } catch (RejectedExecutionException e) {
            throw Failures.translate(doing, e);
        }
        passed.join();
        if (!future.isDone()) {
            throw new UdpException(
                    ErrorKind.OTHER, doing + ": the event loop has run it, and Netty's future stays open");
        }
        if (!future.isSuccess()) {
            throw Failures.translate(doing, future.cause());
        }
    }

    /**
     * Registers a channel, and waits for that.
     *
     * @throws UdpException if it fails
     */
    void register(Object doing, Channel channel) throws UdpException {
        CompletableFuture<Throwable> result = new CompletableFuture<>();
        get().register(channel).addListener(done -> result.complete(done.cause()));
        Throwable cause = result.join();
        if (cause != null) {
            throw Failures.translate(doing, cause);
        }
    }

    /**
     * Waits until the event loop has looked at every channel once, beginning after this call: its tail tasks are followed
     * by a look, and that by the task that ends the wait.
     */
    void look() throws UdpException {
        SingleThreadEventLoop current = (SingleThreadEventLoop) get();
        CompletableFuture<Void> looked = new CompletableFuture<>();
        try {
            current.executeAfterEventLoopIteration(() -> current.execute(() -> looked.complete(null)));
        } catch (RejectedExecutionException e) {
            throw Failures.translate(name, e);
        }
        looked.join();
    }
}
