package org.datagram4j.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.atomic.AtomicInteger;
import org.datagram4j.UdpSocket;
import org.junit.jupiter.api.Test;

/** A port that the system chose stays the socket's, whoever else wants it, when the socket is disconnected. */
class PortKeptTest {
    private static final int SOCKETS = 100;
    private static final int ROUNDS = 20;
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress("127.0.0.1", 0);
    private static final InetSocketAddress PEER = new InetSocketAddress("127.0.0.1", 9);

    private final NioBackend backend = new NioBackend();
    private final AtomicInteger wanted = new AtomicInteger();
    private volatile boolean over;

    @Test
    void disconnectingGivesNoPortAway() throws Exception {
        Thread thief = new Thread(this::stealPorts, "thief");
        thief.start();
        try {
            for (int i = 0; i < SOCKETS; i++) {
                try (UdpSocket socket = backend.bind(ANY_PORT)) {
                    InetSocketAddress address = socket.localAddress();
                    wanted.set(address.getPort());
                    for (int round = 0; round < ROUNDS; round++) {
                        socket.connect(PEER);
                        socket.disconnect();
                        assertEquals(address, socket.localAddress());
                    }
                }
            }
        } finally {
            over = true;
            thief.join();
        }
    }

    private void stealPorts() {
        while (!over) {
            int port = wanted.get();
            if (port != 0) {
                try (DatagramChannel channel = DatagramChannel.open()) {
                    channel.bind(new InetSocketAddress("127.0.0.1", port));
                } catch (BindException e) {
                    continue; // its owner has it
                } catch (java.io.IOException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }
}
