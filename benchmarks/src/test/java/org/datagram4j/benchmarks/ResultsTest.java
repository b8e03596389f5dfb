package org.datagram4j.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultsTest {
    private static final Workload SINGLE = new Workload("single", 64);

    private final Results results = new Results();

    @Test
    void spreadIsTheQuartiles() {
        assertEquals(new Spread(2, 3, 4), Spread.of(List.of(5.0, 1.0, 4.0, 2.0, 3.0)));
        assertEquals(new Spread(1.25, 1.5, 1.75), Spread.of(List.of(1.0, 2.0)));
        assertEquals(new Spread(7, 7, 7), Spread.of(List.of(7.0)));
        assertTrue(new Spread(90, 100, 110).isNoisy());
        assertFalse(new Spread(95, 100, 105).isNoisy());
    }

    @Test
    void ratiosAreOfOneRound() {
        add(Contender.NIO, 20, 60, 40);
        add(Contender.C, 10, 30);

        assertEquals(
                new Spread(2, 2, 2),
                results.ratio(SINGLE, Contender.NIO, SINGLE, Contender.C).orElseThrow());
        assertTrue(
                results.ratio(SINGLE, Contender.NIO, SINGLE, Contender.JAVA_NIO).isEmpty());
    }

    @Test
    void namesTheFastestOnlyIfTheSpreadAllowsIt() {
        add(Contender.C, 100, 101, 102);
        assertEquals("nothing to compare", results.fastest(SINGLE));
        add(Contender.NIO, 110, 111, 112);
        assertEquals("C", results.fastest(SINGLE));
        add(Contender.JAVA_NIO, 101, 102, 103);
        assertTrue(results.fastest(SINGLE).contains("too close"), results.fastest(SINGLE));
        add(Contender.NATIVE_FFM, 50, 90, 150);
        assertTrue(results.fastest(SINGLE).contains("too noisy"), results.fastest(SINGLE));
    }

    @Test
    void goalsAreDecidedByThreeQuartersOfTheRounds() {
        Goal most = new Goal("", SINGLE, Contender.NIO, SINGLE, Contender.C, true, 1.1);
        assertEquals("met", most.verdict(new Spread(1, 1.05, 1.1)));
        assertEquals("missed", most.verdict(new Spread(1.11, 1.2, 1.3)));
        assertTrue(most.verdict(new Spread(1, 1.2, 1.3)).startsWith("undecided"));
        Goal least = new Goal("", SINGLE, Contender.NIO, SINGLE, Contender.C, false, 12);
        assertEquals("met", least.verdict(new Spread(12, 13, 14)));
        assertEquals("missed", least.verdict(new Spread(9, 10, 11)));
    }

    @Test
    void understandsWhatProcessesPrint() throws Exception {
        assertEquals(new Sample(12.5, 0.25), Processes.parse("ns=12.50 bytes=0.250 count=3"));
        assertTrue(Double.isNaN(Processes.parse("ns=12.50 count=3").bytes()));
        assertEquals(
                "no luck",
                assertThrows(Processes.Absent.class, () -> Processes.parse("skip=no luck"))
                        .getMessage());
        assertThrows(IOException.class, () -> Processes.parse("Killed"));
        assertThrows(IOException.class, () -> Processes.parse(""));
    }

    private void add(Contender contender, double... nanos) {
        for (int round = 0; round < nanos.length; round++) {
            results.add(SINGLE, contender, round, new Sample(nanos[round], 0));
        }
    }
}
