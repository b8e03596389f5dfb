package org.datagram4j.benchmarks.calls;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;
import org.datagram4j.benchmarks.loop.Loopback;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The same calls of {@code java.nio}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ChannelCalls {
    private static final int BYTES = 64;

    private DatagramChannel channel;
    private DatagramChannel empty;
    private Selector selector;
    private SocketAddress self;
    private final ByteBuffer out = ByteBuffer.allocateDirect(BYTES);
    private final ByteBuffer in = ByteBuffer.allocateDirect(Loopback.MOST_BYTES);

    /** Made by JMH. */
    public ChannelCalls() {}

    /** Opens everything. */
    @Setup
    public void open() throws IOException {
        channel = bound();
        empty = bound();
        self = channel.getLocalAddress();
        selector = Selector.open();
    }

    private static DatagramChannel bound() throws IOException {
        DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        channel.configureBlocking(false);
        return channel.bind(Loopback.any());
    }

    /** Closes everything. */
    @TearDown
    public void close() throws IOException {
        channel.close();
        empty.close();
        selector.close();
    }

    /** A datagram to oneself. */
    @Benchmark
    public Object sendAndReceive() throws IOException {
        channel.send(out.clear(), self);
        return channel.receive(in.clear());
    }

    /** The receive that ends a drain. */
    @Benchmark
    public Object receiveNothing() throws IOException {
        return empty.receive(in.clear());
    }

    /** A select that looks and finds nothing. */
    @Benchmark
    public int pollNothing() throws IOException {
        return selector.selectNow();
    }

    /** A wake-up, and the select that sees it. */
    @Benchmark
    public int wakeAndPoll() throws IOException {
        selector.wakeup();
        return selector.selectNow();
    }

    /** A channel registered, selected and deregistered; a cancelled key is gone after another select. */
    @Benchmark
    public int registerPollDeregister() throws IOException {
        SelectionKey key = empty.register(selector, SelectionKey.OP_READ);
        int count = selector.selectNow();
        key.cancel();
        return count + selector.selectNow();
    }
}
