package org.datagram4j.benchmarks.calls;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.datagram4j.DatagramInfo;
import org.datagram4j.Events;
import org.datagram4j.Interest;
import org.datagram4j.Poll;
import org.datagram4j.Token;
import org.datagram4j.UdpBackends;
import org.datagram4j.UdpSocket;
import org.datagram4j.Waker;
import org.datagram4j.benchmarks.loop.Loopback;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Calls of the public API. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ApiCalls {
    private static final int BYTES = 64;

    /** The backend. */
    @Param({"nio", "native"})
    public String backend;

    private UdpSocket socket;
    private UdpSocket empty;
    private Poll poll;
    private Events events;
    private Waker waker;
    private InetSocketAddress self;
    private final ByteBuffer out = ByteBuffer.allocateDirect(BYTES);
    private final ByteBuffer in = ByteBuffer.allocateDirect(Loopback.MOST_BYTES);
    private final DatagramInfo info = new DatagramInfo();
    private final Token token = new Token(1);

    /** Made by JMH. */
    public ApiCalls() {}

    /** Opens everything. */
    @Setup
    public void open() throws IOException {
        var chosen = UdpBackends.select(backend);
        socket = chosen.bind(Loopback.any());
        empty = chosen.bind(Loopback.any());
        self = socket.localAddress();
        poll = chosen.openPoll();
        events = poll.newEvents(64);
        waker = poll.registry().newWaker(new Token(0));
    }

    /** Closes everything. */
    @TearDown
    public void close() {
        socket.close();
        empty.close();
        poll.close();
    }

    /** A datagram to oneself. */
    @Benchmark
    public int sendAndReceive() throws IOException {
        socket.sendTo(out.clear(), self);
        return socket.receive(in.clear(), info);
    }

    /** The receive that ends a drain. */
    @Benchmark
    public int receiveNothing() throws IOException {
        return empty.receive(in.clear(), info);
    }

    /** A poll that looks and finds nothing. */
    @Benchmark
    public int pollNothing() throws IOException {
        return poll.poll(events, Duration.ZERO);
    }

    /** A wake, and the poll that reports it. */
    @Benchmark
    public int wakeAndPoll() throws IOException {
        waker.wake();
        return poll.poll(events, Duration.ZERO);
    }

    /** A socket registered, polled and deregistered, so that nothing can be put off. */
    @Benchmark
    public int registerPollDeregister() throws IOException {
        poll.registry().register(empty, token, Interest.READABLE);
        int count = poll.poll(events, Duration.ZERO);
        poll.registry().deregister(empty);
        return count;
    }
}
