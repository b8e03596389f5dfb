package org.datagram4j.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.datagram4j.ErrorKind;
import org.datagram4j.Event;
import org.datagram4j.Events;
import org.datagram4j.Interest;
import org.datagram4j.Token;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Many sockets in one poll. Prints what an event costs; judges what happens, never how long it takes. */
class ScaleTest {
    private static final int ROUNDS = 20_000;

    private final NioBackend backend = new NioBackend();

    @Test
    void aHundredSockets() throws Exception {
        run(100);
    }

    @Test
    void tenThousandSockets() throws Exception {
        run(10_000);
    }

    private void run(int count) throws Exception {
        List<UdpSocket> sockets = new ArrayList<>();
        try (NioPoll poll = (NioPoll) backend.openPoll();
                UdpSocket sender = Loopback.socket(backend)) {
            InetSocketAddress[] addresses = new InetSocketAddress[count];
            for (int i = 0; i < count; i++) {
                UdpSocket socket = openOrSkip(count, sockets);
                addresses[i] = socket.localAddress();
                poll.registry().register(socket, new Token(i), Interest.READABLE);
            }
            everySocketIsServed(poll, sender, sockets, addresses);
            for (int round = 0; round < 3; round++) {
                System.out.println(count + " sockets: " + nanosPerEvent(poll, sender, sockets, addresses)
                        + " ns for a send, a poll of one event and a drain");
            }
        } finally {
            sockets.forEach(UdpSocket::close);
        }
    }

    /** Fewer places than sockets that are ready: each must get its turn, once. */
    private static void everySocketIsServed(
            NioPoll poll, UdpSocket sender, List<UdpSocket> sockets, InetSocketAddress[] addresses) throws Exception {
        ByteBuffer buffer = ByteBuffer.allocateDirect(8);
        for (InetSocketAddress address : addresses) {
            sender.sendTo(buffer.clear(), address);
        }
        Events events = poll.newEvents(7);
        BitSet served = new BitSet();
        while (served.cardinality() < addresses.length) {
            Loopback.await(poll, events);
            for (Event event : events) {
                int index = (int) event.token().value();
                assertTrue(!served.get(index), "socket " + index + " is served twice before others once");
                served.set(index);
                while (sockets.get(index).recv(buffer.clear()) != UdpSocket.WOULD_BLOCK) {}
            }
        }
        assertEquals(0, poll.poll(events, Duration.ZERO));
    }

    private static long nanosPerEvent(
            NioPoll poll, UdpSocket sender, List<UdpSocket> sockets, InetSocketAddress[] addresses) throws Exception {
        Events events = poll.newEvents(64);
        ByteBuffer buffer = ByteBuffer.allocateDirect(8);
        long start = System.nanoTime();
        for (int i = 0; i < ROUNDS; i++) {
            int index = (int) (i * 7_919L % addresses.length);
            sender.sendTo(buffer.clear(), addresses[index]);
            Loopback.await(poll, events);
            assertEquals(index, events.get(0).token().value());
            while (sockets.get(index).recv(buffer.clear()) != UdpSocket.WOULD_BLOCK) {}
        }
        return (System.nanoTime() - start) / ROUNDS;
    }

    private UdpSocket openOrSkip(int count, List<UdpSocket> sockets) throws UdpException {
        try {
            UdpSocket socket = Loopback.socket(backend);
            sockets.add(socket);
            return socket;
        } catch (UdpException e) {
            assertEquals(ErrorKind.TOO_MANY_OPEN_FILES, e.kind(), e.toString());
            Assumptions.abort("the limit of open files is below " + count + ": raise it with ulimit -n");
            throw e;
        }
    }
}
