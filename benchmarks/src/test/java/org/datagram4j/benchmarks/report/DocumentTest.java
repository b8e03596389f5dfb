package org.datagram4j.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.datagram4j.benchmarks.run.Contender;
import org.datagram4j.benchmarks.run.Family;
import org.datagram4j.benchmarks.run.Results;
import org.datagram4j.benchmarks.run.Sample;
import org.datagram4j.benchmarks.run.Workload;
import org.junit.jupiter.api.Test;

class DocumentTest {
    private final Results results = new Results();

    @Test
    void replacesBlocksAndNothingElse() {
        results.add(Workload.of(Family.CHURN, 0), Contender.C, 0, new Sample(1500, null, null, null));
        String page = """
                # Page
                <!-- bench churn -->
                old
                <!-- /bench -->
                by hand
                <!-- bench open -->
                older
                <!-- /bench -->
                """;

        String updated = document().update(page);

        assertTrue(updated.contains("| C | 1,500 | 0% | 1.00 | - | - |"), updated);
        assertTrue(updated.contains("![Churn](pictures/churn.svg)"), updated);
        assertTrue(updated.contains("<!-- /bench -->\nby hand\n<!-- bench open -->\nNot measured"), updated);
        assertTrue(!updated.contains("old\n") && !updated.contains("older"), updated);
        assertEquals(updated, document().update(updated));
    }

    @Test
    void thePageHasABlockForEverything() throws IOException {
        String page = Files.readString(Path.of(System.getProperty("datagram4j.project.root"), "docs/performance.md"));

        for (Family family : Family.values()) {
            assertTrue(page.contains("<!-- bench " + family.label() + " -->\n"), family::label);
        }
        for (String block : new String[] {"environment", "absences", "targets", "calls"}) {
            assertTrue(page.contains("<!-- bench " + block + " -->\n"), block);
        }
    }

    private Document document() {
        return new Document(results, Map.of("churn.svg", "Churn"), "pictures");
    }
}
