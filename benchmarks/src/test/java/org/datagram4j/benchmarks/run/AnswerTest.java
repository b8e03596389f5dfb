package org.datagram4j.benchmarks.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswerTest {
    @Test
    void understandsWhatProcessesPrint() throws IOException {
        Answer answer = Answer.parse("done nanos=1250 count=100 hist=10:99,20:1", "done");

        assertEquals(1250, answer.number("nanos"));
        assertEquals(Map.of(10L, 99L, 20L, 1L), answer.histogram());
        assertEquals("none", answer.text("bytes", "none"));
        assertThrows(IOException.class, () -> answer.number("bytes"));
    }

    @Test
    void refusesEverythingElse() {
        assertThrows(IOException.class, () -> Answer.parse("Killed", "done"));
        assertThrows(IOException.class, () -> Answer.parse("", "done"));
        assertThrows(
                IOException.class, () -> Answer.parse("done count=many", "done").number("count"));
        assertThrows(
                IOException.class, () -> Answer.parse("done hist=1", "done").histogram());
    }
}
