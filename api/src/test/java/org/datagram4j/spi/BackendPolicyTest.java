package org.datagram4j.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BackendPolicyTest {
    @Test
    void nothingIsSaidByNothingAndByBlanks() {
        assertEquals(BackendPolicy.NONE, BackendPolicy.of(key -> null));
        assertEquals(BackendPolicy.NONE, BackendPolicy.of(key -> " "));
        assertEquals(Optional.empty(), BackendPolicy.NONE.objection("nio"));
        assertFalse(BackendPolicy.NONE.forces("nio"));
    }

    @Test
    void oneIsForcedAndTheOthersStayAway() {
        BackendPolicy policy = BackendPolicy.of(Map.of("datagram4j.backend", " nio ")::get);

        assertTrue(policy.forces("nio"));
        assertEquals("forced by datagram4j.backend=nio", policy.forcing());
        assertEquals(Optional.empty(), policy.objection("nio"));
        assertEquals(Optional.of("datagram4j.backend=nio forces another"), policy.objection("native"));
    }

    @Test
    void severalAreForbiddenAndTheOthersServe() {
        BackendPolicy policy = BackendPolicy.of(Map.of("datagram4j.backend.forbid", "native, acme,,")::get, "a file");

        assertEquals(Set.of("native", "acme"), policy.forbidden());
        assertEquals(
                Optional.of("forbidden by datagram4j.backend.forbid=acme,native (a file)"), policy.objection("native"));
        assertEquals(Optional.empty(), policy.objection("nio"));
    }

    @Test
    void whatIsForbiddenIsNotForced() {
        BackendPolicy policy = new BackendPolicy("native", Set.of("native"), "");

        assertTrue(policy.objection("native").orElseThrow().startsWith("forbidden"));
        assertTrue(policy.objection("nio").isPresent());
    }
}
