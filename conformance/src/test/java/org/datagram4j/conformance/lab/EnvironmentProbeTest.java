package org.datagram4j.conformance.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class EnvironmentProbeTest {
    @Test
    void whatIsLackingHasAReasonAndWhatIsThereCanBeUsed() {
        Environment environment = EnvironmentProbe.probe();
        assertTrue(Environment.FEATURES.containsAll(environment.lacks().keySet()));
        environment.lacks().forEach((feature, reason) -> assertFalse(reason.isBlank(), feature));
        assertEquals(environment.lack(Environment.MULTICAST_V4).isEmpty(), environment.multicastV4() != null);
        assertEquals(environment.lack(Environment.MULTICAST_V6).isEmpty(), environment.multicastV6() != null);
        assertEquals(
                Environment.FEATURES,
                java.util.List.copyOf(environment.features().keySet()));
    }
}
