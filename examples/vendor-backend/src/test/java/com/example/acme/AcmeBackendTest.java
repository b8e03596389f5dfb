package com.example.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.datagram4j.Events;
import org.datagram4j.Interest;
import org.datagram4j.Poll;
import org.datagram4j.Token;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpBackends;
import org.datagram4j.UdpSocket;
import org.junit.jupiter.api.Test;

/** What the backend does beyond the contract. */
class AcmeBackendTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Test
    void ranksAboveWhatItDelegatesTo() {
        UdpBackend best = UdpBackends.select();

        assertEquals("acme", best.name());
        assertEquals("acme", UdpBackends.all().get(0).name());
        assertTrue(best.ranking() > UdpBackends.all().get(1).ranking());
    }

    @Test
    void countsDatagrams() throws Exception {
        AcmeBackend backend = new AcmeBackend();
        try (Poll poll = backend.openPoll();
                UdpSocket socket = backend.bind(new InetSocketAddress("127.0.0.1", 0))) {
            Events events = poll.newEvents(1);
            poll.registry().register(socket, new Token(0), Interest.READABLE);
            socket.sendTo(ByteBuffer.wrap(new byte[] {1, 2, 3}), socket.localAddress());
            poll.poll(events, PATIENCE);
            int received = socket.recv(ByteBuffer.allocate(10));

            assertEquals(3, received);
            assertEquals(1, backend.counters().sent());
            assertEquals(1, backend.counters().received());
        }
    }
}
