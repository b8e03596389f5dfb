package org.datagram4j.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.datagram4j.Events;
import org.datagram4j.Interest;
import org.datagram4j.Poll;
import org.datagram4j.Token;
import org.datagram4j.UdpSocket;
import org.datagram4j.Waker;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Polls, sends and wakes on virtual threads, many more than there are carriers: none may hold a carrier while it waits. */
class VirtualThreadTest {
    private static final int PAIRS = 100;
    private static final int DATAGRAMS = 50;

    private final NioBackend backend = new NioBackend();

    @Test
    void pollersDoNotStallEachOther() throws Exception {
        Method start = startVirtualThread();
        List<FutureTask<Integer>> servers = new ArrayList<>();
        List<FutureTask<Integer>> clients = new ArrayList<>();
        for (int i = 0; i < PAIRS; i++) {
            UdpSocket server = Loopback.socket(backend);
            servers.add(new FutureTask<>(() -> echo(server)));
            clients.add(new FutureTask<>(() -> ask(server)));
            start.invoke(null, servers.get(i));
        }
        for (FutureTask<Integer> client : clients) {
            start.invoke(null, client);
        }
        for (int i = 0; i < PAIRS; i++) {
            assertEquals(DATAGRAMS, Loopback.join(clients.get(i)));
            assertEquals(DATAGRAMS, Loopback.join(servers.get(i)));
        }
    }

    @Test
    void aWakerReachesAVirtualPoller() throws Exception {
        Method start = startVirtualThread();
        try (Poll poll = backend.openPoll()) {
            Waker waker = poll.registry().newWaker(new Token(1));
            for (int i = 0; i < 200; i++) {
                FutureTask<Integer> poller = new FutureTask<>(() -> poll.poll(poll.newEvents(1), null));
                FutureTask<Void> waking = new FutureTask<>(() -> {
                    waker.wake();
                    return null;
                });
                start.invoke(null, poller);
                start.invoke(null, waking);
                assertEquals(1, Loopback.join(poller));
                Loopback.join(waking);
            }
        }
    }

    private int echo(UdpSocket socket) throws Exception {
        try (socket;
                Poll poll = backend.openPoll()) {
            Events events = poll.newEvents(1);
            poll.registry().register(socket, new Token(1), Interest.READABLE);
            ByteBuffer buffer = ByteBuffer.allocateDirect(8);
            int served = 0;
            while (served < DATAGRAMS) {
                var sender = socket.recvFrom(buffer.clear());
                if (sender == null) {
                    Loopback.await(poll, events);
                } else {
                    socket.sendTo(buffer.flip(), sender);
                    served++;
                }
            }
            return served;
        }
    }

    private int ask(UdpSocket server) throws Exception {
        try (UdpSocket socket = Loopback.socket(backend);
                Poll poll = backend.openPoll()) {
            Events events = poll.newEvents(1);
            poll.registry().register(socket, new Token(1), Interest.READABLE);
            socket.connect(server.localAddress());
            ByteBuffer buffer = ByteBuffer.allocateDirect(8);
            int answered = 0;
            while (answered < DATAGRAMS) {
                socket.send(buffer.clear());
                Loopback.receive(poll, events, socket, buffer.clear());
                answered++;
            }
            return answered;
        }
    }

    private static Method startVirtualThread() throws Exception {
        Assumptions.assumeTrue(Runtime.version().feature() >= 21, "this JVM has no virtual threads");
        return Thread.class.getMethod("startVirtualThread", Runnable.class);
    }
}
