package org.datagram4j.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.datagram4j.benchmarks.run.Contender;
import org.datagram4j.benchmarks.run.Family;
import org.datagram4j.benchmarks.run.Results;
import org.datagram4j.benchmarks.run.Sample;
import org.datagram4j.benchmarks.run.Workload;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final Workload BURST = Workload.of(Family.BURST, 64);

    private final Results results = new Results();
    private final Comparison comparison = new Comparison(results);

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

        assertEquals(Optional.of(new Spread(2, 2, 2)), comparison.ratio(BURST, Contender.NIO, BURST, Contender.C));
        assertEquals(Optional.empty(), comparison.ratio(BURST, Contender.NIO, BURST, Contender.JAVA_NIO));
    }

    @Test
    void limitIsCInTheSameWay() {
        add(Contender.C, 10);
        add(Contender.FFM_BATCH, 30);
        assertEquals(
                3,
                comparison
                        .ratioToLimit(BURST, Contender.FFM_BATCH)
                        .orElseThrow()
                        .median());
        add(Contender.C_BATCH, 15);
        assertEquals(
                2,
                comparison
                        .ratioToLimit(BURST, Contender.FFM_BATCH)
                        .orElseThrow()
                        .median());
    }

    @Test
    void bestPeerIsNeitherCNorOurs() {
        add(Contender.C, 10);
        add(Contender.FFM, 15);
        add(Contender.NETTY, 30);
        add(Contender.MIO, 20);

        assertEquals(Optional.of(Contender.MIO), comparison.bestPeer(BURST));
        assertEquals(
                1.5,
                comparison.ratioToBestPeer(BURST, Contender.NETTY).orElseThrow().median());
    }

    @Test
    void namesTheFastestOnlyIfTheSpreadAllowsIt() {
        add(Contender.MIO, 100, 101, 102);
        assertEquals("nothing to compare", comparison.fastest(BURST));
        add(Contender.NIO, 110, 111, 112);
        assertEquals("mio", comparison.fastest(BURST));
        add(Contender.JAVA_NIO, 101, 100, 103);
        assertTrue(comparison.fastest(BURST).contains("too close"), comparison.fastest(BURST));
        add(Contender.FFM, 50, 90, 150);
        assertTrue(comparison.fastest(BURST).contains("too noisy"), comparison.fastest(BURST));
    }

    @Test
    void namesNobodyWhenOthersUsedTheMachine() {
        add(Contender.MIO, 100, 100, 100);
        add(Contender.NIO, 200, 200, 200);
        results.disturbances().put(BURST.name(), new Results.Disturbance(0.01, 0.02));
        assertEquals("mio", comparison.fastest(BURST));
        results.disturbances().put(BURST.name(), new Results.Disturbance(0.2, 0));
        assertTrue(comparison.fastest(BURST).contains("20 %"), comparison.fastest(BURST));
    }

    @Test
    void targetsAreDecidedByThreeQuartersOfTheRounds() {
        Target most = Target.atMost("", 1.1, BURST, Contender.NIO, BURST, Contender.C);
        assertEquals("met", most.verdict(comparison, new Spread(1, 1.05, 1.1)));
        assertEquals("missed", most.verdict(comparison, new Spread(1.11, 1.2, 1.3)));
        assertTrue(most.verdict(comparison, new Spread(1, 1.2, 1.3)).startsWith("undecided"));
        Target least = Target.atLeast("", 12, BURST, Contender.NIO, BURST, Contender.C);
        assertEquals("met", least.verdict(comparison, new Spread(12, 13, 14)));
        assertEquals("missed", least.verdict(comparison, new Spread(9, 10, 11)));
        results.disturbances().put(BURST.name(), new Results.Disturbance(0.2, 0));
        assertTrue(least.verdict(comparison, new Spread(12, 13, 14)).startsWith("undecided"));
    }

    @Test
    void allocationIsExactWhateverOthersDo() {
        results.disturbances().put(BURST.name(), new Results.Disturbance(0.5, 0));
        Target none = Target.bytes("", 0, BURST, Contender.NIO);
        assertEquals("met", none.verdict(comparison, new Spread(0, 0.02, 9)));
        assertEquals("missed", none.verdict(comparison, new Spread(16, 16, 16)));
    }

    @Test
    void percentilesAreOfAllRounds() {
        Workload sleep = Workload.of(Family.SLEEP, 0);
        results.add(sleep, Contender.C, 0, new Sample(100, null, null, Map.of(100L, 99L)));
        results.add(sleep, Contender.C, 1, new Sample(1000, null, null, Map.of(1000L, 1L)));

        assertEquals(Map.of(100L, 99L, 1000L, 1L), comparison.histogram(sleep, Contender.C));
        assertEquals(
                List.of("C", "100", "100", "1,000"),
                Table.of(comparison, sleep).rows().get(0).subList(0, 4));
    }

    private void add(Contender contender, double... nanos) {
        for (int round = 0; round < nanos.length; round++) {
            results.add(BURST, contender, round, new Sample(nanos[round], 0.0, null, null));
        }
    }
}
