package org.datagram4j.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.datagram4j.Events;
import org.datagram4j.Poll;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;

/** What the tests share: sockets on 127.0.0.1, and threads that are waited for with a limit. */
final class Loopback {
    /** Longer than anything takes; reached only by what hangs. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private Loopback() {}

    static InetSocketAddress any() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    static UdpSocket socket(NioBackend backend) throws UdpException {
        return backend.bind(any());
    }

    /** An address where nobody listens. */
    static InetSocketAddress deadEnd(NioBackend backend) throws UdpException {
        try (UdpSocket gone = socket(backend)) {
            return gone.localAddress();
        }
    }

    static void send(UdpSocket from, UdpSocket to, int... bytes) throws UdpException {
        ByteBuffer payload = ByteBuffer.allocate(bytes.length);
        for (int value : bytes) {
            payload.put((byte) value);
        }
        assertEquals(bytes.length, from.sendTo(payload.flip(), to.localAddress()));
    }

    /** Polls until there is an event. */
    static void await(Poll poll, Events events) throws UdpException {
        assertFalse(poll.poll(events, PATIENCE) == 0, "no event");
    }

    /** Receives, waiting for it to arrive. */
    static int receive(Poll poll, Events events, UdpSocket socket, ByteBuffer buffer) throws UdpException {
        int received;
        while ((received = socket.recv(buffer)) == UdpSocket.WOULD_BLOCK) {
            await(poll, events);
        }
        return received;
    }

    static <T> FutureTask<T> start(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "test worker");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    /** The result of a thread, or the failure it ended with; fails if it hangs. */
    static <T> T join(FutureTask<T> task) throws Exception {
        try {
            return task.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (Exception) e.getCause();
        } catch (TimeoutException e) {
            throw new AssertionError("a thread hangs", e);
        }
    }
}
