package org.datagram4j.conformance.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.datagram4j.conformance.report.SharpnessMatrix.Row;
import org.junit.jupiter.api.Test;

class SharpnessMatrixTest {
    private static Row row(String mutant, String rule, String backend, boolean complete, String... noticed) {
        return new Row(mutant, rule, backend, new TreeSet<>(Set.of(noticed)), complete, Duration.ofMillis(5));
    }

    @Test
    void tellsWhichRulesNeverNoticeAlone() {
        SharpnessMatrix matrix = new SharpnessMatrix(List.of(
                row("Sharp", "UDP-A-01", "nio", true, "UDP-A-01"),
                row("Blunt", "UDP-A-01", "nio", true, "UDP-A-01", "UDP-A-02"),
                row("Shared", "UDP-A-02", "nio", true, "UDP-A-01", "UDP-A-02"),
                row("Broad", "UDP-A-03", "nio", false, "UDP-A-03"),
                row("Another", "UDP-A-04", "nio", true, "UDP-A-01"),
                row("Untried", "UDP-A-05", "", true)));
        assertEquals(List.of("Another"), matrix.survivors());
        assertEquals(new TreeSet<>(Set.of("UDP-A-02", "UDP-A-03", "UDP-A-04")), matrix.neverAlone());
        assertEquals(
                List.of(
                        "killed by their own rule: 4 of 5 mutants, 80 %; 1 could not be tested",
                        "noticed by their own rule and by no other: 1 of 5 mutants, 20 %",
                        "the only one to notice some mutant: 1 of 4 rules, 25 %"),
                matrix.summary());
        String page = matrix.page();
        assertTrue(page.contains("| Another | nio | UDP-A-04 | **no** | UDP-A-01 |\n"), page);
        assertTrue(page.contains("| Broad | nio | UDP-A-03 | yes |  and perhaps more |\n"), page);
        JsonObject json = JsonParser.parseString(matrix.text()).getAsJsonObject();
        assertEquals(3, json.getAsJsonArray("neverAlone").size());
        assertEquals(6, json.getAsJsonArray("mutants").size());
    }
}
