package org.datagram4j.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.datagram4j.Events;
import org.datagram4j.Poll;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.sys.contract.NetworkSystem;
import org.datagram4j.sys.linkage.Linkage;
import org.datagram4j.sys.linkage.Linkages;
import org.datagram4j.sys.linux.LinuxSystem;

/** What the tests of this module share. */
final class Lab {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private Lab() {}

    /** Every linkage that this Java has. */
    static Stream<Linkage> linkages() {
        return Runtime.version().feature() >= 22
                ? Stream.of(Linkages.foreign(), Linkages.jna())
                : Stream.of(Linkages.jna());
    }

    /** A backend by each linkage. */
    static Stream<NativeBackend> backends() {
        return linkages().map(linkage -> new NativeBackend(system(linkage)));
    }

    static NetworkSystem system(Linkage linkage) {
        return LinuxSystem.open(linkage, System.getProperty("os.arch"));
    }

    static InetSocketAddress any() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** An address where nobody listens. */
    static InetSocketAddress deadEnd(NativeBackend backend) throws UdpException {
        try (UdpSocket gone = backend.bind(any())) {
            return gone.localAddress();
        }
    }

    static ByteBuffer bytes(int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        for (int i = 0; i < length; i++) {
            bytes.put((byte) i);
        }
        return bytes.flip();
    }

    /** Receives, waiting for it to arrive. */
    static int receive(UdpSocket socket, ByteBuffer buffer) throws UdpException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        int received;
        while ((received = socket.recv(buffer)) == UdpSocket.WOULD_BLOCK) {
            assertEquals(true, System.nanoTime() < end, "nothing arrives");
            Thread.onSpinWait();
        }
        return received;
    }

    static void await(Poll poll, Events events) throws UdpException {
        assertNotEquals(0, poll.poll(events, PATIENCE), "no event");
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

    /** What a call of a proxy does. */
    interface Call {
        Object of(Method method, Object[] arguments) throws Exception;
    }

    /** Stands in for something real. */
    static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (p, method, arguments) -> {
                    try {
                        return call.of(method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    /** How many sockets, epolls and eventfds this process has open. */
    static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(Lab::isOurs).count();
        }
    }

    private static boolean isOurs(Path descriptor) {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            return target.startsWith("socket:") || target.contains("eventpoll") || target.contains("eventfd");
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }
}
