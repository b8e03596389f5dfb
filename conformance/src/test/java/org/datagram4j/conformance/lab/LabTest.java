package org.datagram4j.conformance.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.datagram4j.Profile;
import org.datagram4j.conformance.FakeBackend;
import org.junit.jupiter.api.Test;

class LabTest {
    private static final int LOWEST_EPHEMERAL = 32_768; // Linux; 49,152 elsewhere

    /** A socket whose port the system chooses must not become the peer that is meant to be dead, not even of itself. */
    @Test
    void nobodyGetsADeadAddressByChance() throws IOException {
        Lab lab = new Lab(new FakeBackend(), Profile.UNIX, "v4", EnvironmentProbe.probe(), Duration.ofSeconds(1), 1);
        Set<InetSocketAddress> seen = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            InetSocketAddress dead = lab.deadAddress();
            assertTrue(seen.add(dead), () -> dead + " was given before");
            assertTrue(dead.getPort() < LOWEST_EPHEMERAL, () -> dead + " may be chosen by the system");
            try (DatagramSocket free = new DatagramSocket(dead)) {
                assertEquals(dead, free.getLocalSocketAddress());
            }
        }
    }
}
