package com.example.echo.osgi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpBackends;
import org.junit.jupiter.api.Test;

/** Backends come and go; the tracker would tell of them. */
class EchoServiceTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Test
    void servesTheSamePortWithEachBackend() throws Exception {
        UdpBackend nio = UdpBackends.select("nio");
        EchoService service = new EchoService(0);
        service.changed(nio);
        int port = service.port();
        assertNotEquals(0, port);
        assertAnswers(port);

        for (UdpBackend next : UdpBackends.all()) {
            service.changed(null);
            service.changed(next);
            assertEquals(port, service.port());
            assertAnswers(port);
            service.changed(nio);
            assertEquals(port, service.port());
            assertAnswers(port);
        }

        service.stop();
    }

    private static void assertAnswers(int port) throws Exception {
        byte[] payload = "datagram".getBytes(StandardCharsets.US_ASCII);
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.send(new DatagramPacket(payload, payload.length, InetAddress.getLoopbackAddress(), port));
            DatagramPacket answer = new DatagramPacket(new byte[payload.length], payload.length);
            socket.receive(answer);
            assertArrayEquals(payload, answer.getData());
        }
    }
}
