package org.datagram4j.conformance.report;

import static org.datagram4j.conformance.report.Results.about;
import static org.datagram4j.conformance.report.Results.missing;
import static org.datagram4j.conformance.report.Results.needing;
import static org.datagram4j.conformance.report.Results.result;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.datagram4j.Capability;
import org.datagram4j.Profile;
import org.datagram4j.conformance.catalogue.Outcome;
import org.datagram4j.conformance.catalogue.RuleEntry;
import org.datagram4j.conformance.catalogue.RuleEntry.Level;
import org.datagram4j.conformance.catalogue.RuleEntry.Tier;
import org.datagram4j.conformance.lab.Environment;
import org.datagram4j.conformance.report.Verdict.Conclusion;
import org.junit.jupiter.api.Test;

class VerdictDerivationTest {
    private static final RuleResult CORE = result("UDP-A-01", Level.MUST, Tier.CORE, Outcome.PASS);
    private static final RuleResult MIO = result("UDP-B-01", Level.MUST, Tier.MIO, Outcome.PASS);

    @Test
    void everythingKeptIsConformant() {
        Verdict verdict = derive(CORE, MIO);
        assertVerdict(Conclusion.CONFORMANT, 0, "conformant (profile UNIX): CORE and MIO", verdict);
        assertEquals(List.of(Standing.REACHED, Standing.REACHED), standings(verdict));
    }

    @Test
    void whatMioLacksInAProfileIsNotAskedForThere() {
        RuleResult missing = missing("UDP-B-02", Set.of(Profile.WINDOWS), Capability.HANDLE_SOURCE);

        Verdict windows = derive(Profile.WINDOWS, CORE, MIO, missing);
        Verdict unix = derive(Profile.UNIX, CORE, MIO, missing);

        assertVerdict(Conclusion.CONFORMANT, 0, "conformant (profile WINDOWS): CORE and MIO", windows);
        assertEquals(Map.of(Capability.HANDLE_SOURCE, Standing.NOT_REACHED), windows.extras());
        assertVerdict(
                Conclusion.CONFORMANT,
                0,
                "conformant (profile UNIX): CORE; MIO not reached: not declared: HANDLE_SOURCE",
                unix);
        assertEquals(Map.of(), unix.extras());
    }

    @Test
    void aTierThatIsNotDeclaredIsNotReached() {
        Verdict verdict = derive(CORE, MIO, about("UDP-B-02", Tier.MIO, Capability.RAW_HANDLE, Outcome.NOT_DECLARED));
        assertVerdict(
                Conclusion.CONFORMANT,
                0,
                "conformant (profile UNIX): CORE; MIO not reached: not declared: RAW_HANDLE",
                verdict);
        assertEquals(List.of(Standing.REACHED, Standing.NOT_REACHED), standings(verdict));
    }

    @Test
    void aFailureInAnyTierEndsConformance() {
        for (Tier tier : Tier.values()) {
            Verdict verdict = derive(CORE, MIO, result("UDP-C-01", Level.MUST, tier, Outcome.FAIL));
            assertVerdict(
                    Conclusion.NOT_CONFORMANT, 1, "not conformant (profile UNIX): 1 rule failed: UDP-C-01", verdict);
        }
    }

    @Test
    void coreThatFailsTakesMioAlong() {
        Verdict verdict = derive(result("UDP-A-02", Level.MUST, Tier.CORE, Outcome.FAIL), MIO);
        assertEquals(List.of(Standing.FAILED, Standing.FAILED), standings(verdict));
    }

    @Test
    void whatShouldBeBindsOnlyInAStrictRun() {
        RuleResult should = result("UDP-A-02", Level.SHOULD, Tier.CORE, Outcome.FAIL);
        assertVerdict(
                Conclusion.CONFORMANT,
                0,
                "conformant (profile UNIX): CORE and MIO; failed, but not binding: UDP-A-02",
                derive(CORE, MIO, should));
        assertEquals(
                Conclusion.NOT_CONFORMANT,
                derive(true, Set.of(), CORE, MIO, should).conclusion());
        RuleResult may = result("UDP-A-02", Level.MAY, Tier.CORE, Outcome.FAIL);
        assertEquals(
                Conclusion.CONFORMANT, derive(true, Set.of(), CORE, MIO, may).conclusion());
    }

    @Test
    void whatCouldNotBeDecidedLeavesTheVerdictOpen() {
        for (Tier tier : Tier.values()) {
            Verdict verdict = derive(CORE, MIO, result("UDP-C-01", Level.MUST, tier, Outcome.INCONCLUSIVE));
            assertVerdict(Conclusion.INCONCLUSIVE, 2, "inconclusive (profile UNIX): undecided: UDP-C-01", verdict);
        }
    }

    @Test
    void aFailureCountsMoreThanAnOpenQuestion() {
        Verdict verdict = derive(
                result("UDP-A-02", Level.MUST, Tier.CORE, Outcome.INCONCLUSIVE),
                result("UDP-A-03", Level.MUST, Tier.CORE, Outcome.FAIL));
        assertEquals(1, verdict.exitCode());
    }

    @Test
    void whatDoesNotApplyIsNoFailure() {
        for (Outcome outcome : List.of(Outcome.NOT_APPLICABLE, Outcome.UNTESTABLE, Outcome.NOT_DECLARED)) {
            assertEquals(
                    Conclusion.CONFORMANT,
                    derive(CORE, MIO, result("UDP-A-02", Level.MUST, Tier.CORE, outcome))
                            .conclusion());
        }
    }

    @Test
    void theMachineMayLackWhatIsAllowed() {
        RuleResult linkLocal = needing("UDP-A-02", Environment.LINK_LOCAL);
        assertEquals(
                Conclusion.CONFORMANT,
                derive(false, Set.of(Environment.LINK_LOCAL), CORE, MIO, linkLocal)
                        .conclusion());
        RuleResult icmp = needing("UDP-A-02", Environment.ICMP);
        assertVerdict(
                Conclusion.INCONCLUSIVE,
                2,
                "inconclusive (profile UNIX): undecided: UDP-A-02/v4 (ICMP: not here)",
                derive(false, Set.of(Environment.ICMP), CORE, MIO, icmp));
    }

    @Test
    void aPartialRunSaysNothingOfConformance() {
        List<RuleEntry> all = List.of(CORE.rule(), MIO.rule());
        Verdict fine = derivation(false, Set.of()).derive(List.of(CORE), all);
        assertVerdict(Conclusion.PARTIAL, 0, "partial: 1 of 2 rules, nothing failed", fine);
        assertEquals(List.of(Standing.PARTIAL, Standing.PARTIAL), standings(fine));
        RuleResult should = result("UDP-A-02", Level.SHOULD, Tier.CORE, Outcome.FAIL);
        assertVerdict(
                Conclusion.PARTIAL,
                1,
                "partial: 1 of 2 rules, 1 rule failed: UDP-A-02",
                derivation(false, Set.of()).derive(List.of(should), all));
        RuleEntry two = CORE.rule().withVariants(List.of("v4", "v6"));
        assertVerdict(
                Conclusion.PARTIAL,
                0,
                "partial: 1 of 1 rules, not in all variants, nothing failed",
                derivation(false, Set.of()).derive(List.of(CORE), List.of(two)));
    }

    @Test
    void extrasStandByCapability() {
        Verdict verdict = derive(
                CORE,
                MIO,
                about("UDP-E-01", Tier.EXTRA, Capability.GRO, Outcome.PASS),
                about("UDP-E-02", Tier.EXTRA, Capability.GSO, Outcome.NOT_DECLARED));
        assertEquals(Map.of(Capability.GRO, Standing.REACHED, Capability.GSO, Standing.NOT_REACHED), verdict.extras());
        assertEquals(Conclusion.CONFORMANT, verdict.conclusion());
    }

    private static void assertVerdict(Conclusion conclusion, int exitCode, String text, Verdict verdict) {
        assertEquals(text, verdict.text());
        assertEquals(conclusion, verdict.conclusion());
        assertEquals(exitCode, verdict.exitCode());
    }

    private static List<Standing> standings(Verdict verdict) {
        return verdict.tiers().stream().map(TierVerdict::standing).toList();
    }

    private static Verdict derive(RuleResult... results) {
        return derive(false, Set.of(), results);
    }

    private static Verdict derive(boolean strict, Set<String> lacks, RuleResult... results) {
        return derivation(strict, lacks)
                .derive(
                        List.of(results),
                        Stream.of(results).map(RuleResult::rule).toList());
    }

    private static Verdict derive(Profile profile, RuleResult... results) {
        return new VerdictDerivation(profile, false, Set.of(), Set.of(), null)
                .derive(
                        List.of(results),
                        Stream.of(results).map(RuleResult::rule).toList());
    }

    private static VerdictDerivation derivation(boolean strict, Set<String> lacks) {
        return new VerdictDerivation(Profile.UNIX, strict, Set.of(Capability.GRO), lacks, null);
    }
}
