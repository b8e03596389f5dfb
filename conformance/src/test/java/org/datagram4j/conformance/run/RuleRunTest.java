package org.datagram4j.conformance.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.datagram4j.Capability;
import org.datagram4j.Profile;
import org.datagram4j.UdpBackend;
import org.datagram4j.conformance.FakeBackend;
import org.datagram4j.conformance.catalogue.Outcome;
import org.datagram4j.conformance.catalogue.RuleEntry;
import org.datagram4j.conformance.catalogue.RuleEntry.Kind;
import org.datagram4j.conformance.lab.Environment;
import org.datagram4j.conformance.report.FailureText;
import org.datagram4j.conformance.report.RuleResult;
import org.datagram4j.spi.ForwardingBackend;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class RuleRunTest {
    private static final RuleRun RUN = new RuleRun(List.of(FakeRules.class));

    private final Map<String, RuleEntry> rules = new LinkedHashMap<>();
    private final List<RuleResult> told = new ArrayList<>();

    @AfterAll
    static void endWhatHangs() {
        FakeRules.END.countDown();
    }

    @Test
    void aRulePassesInEachVariant() {
        add("UDP-TEST-01", Kind.DETERMINISTIC, "v4", "v6");
        assertEquals(List.of("UDP-TEST-01/v4 PASS", "UDP-TEST-01/v6 PASS"), run());
    }

    @Test
    void aFailureSaysWhatWasExpected() {
        add("UDP-TEST-02");
        assertEquals(List.of("UDP-TEST-02/v4 FAIL"), run());
        assertEquals("numbers ==> expected: <1> but was: <2>", told.get(0).detail());
    }

    @Test
    void aHangIsCutOffAndTheRunGoesOn() {
        add("UDP-TEST-03");
        add("UDP-TEST-04");
        add("UDP-TEST-01");
        assertEquals(
                List.of("UDP-TEST-03/v4 FAIL", "UDP-TEST-04/v4 FAIL", "UDP-TEST-01/v4 PASS"),
                assertTimeoutPreemptively(Duration.ofSeconds(20), () -> run()));
        assertTrue(told.get(0).detail().startsWith("expected an end within 200 ms, actual: still busy in"));
        assertTrue(told.get(1).detail().startsWith("expected an end within 200 ms, actual: still busy in"));
    }

    @Test
    void aStumbleOfTheKitIsACrash() {
        add("UDP-TEST-05");
        assertEquals(List.of("UDP-TEST-05/v4 FAIL crash"), run());
        assertTrue(
                told.get(0).detail().contains("NullPointerException"),
                told.get(0).detail());
    }

    @Test
    void whatTheBackendThrowsIsNoCrash() {
        add("UDP-TEST-07");
        UdpBackend broken = new ForwardingBackend(new FakeBackend()) {
            @Override
            public org.datagram4j.UdpSocket open(org.datagram4j.UdpConfig config) {
                throw new BackendTrouble();
            }
        };
        assertEquals(List.of("UDP-TEST-07/v4 FAIL"), run(broken, Map.of()));
        assertTrue(told.get(0).detail().contains("BackendTrouble"), told.get(0).detail());
    }

    @Test
    void aCloseThatFailsIsAFailure() {
        add("UDP-TEST-08");
        assertEquals(List.of("UDP-TEST-08/v4 FAIL"), run());
        assertTrue(told.get(0).detail().contains("does not close"), told.get(0).detail());
    }

    @Test
    void outcomesThatAreNoTestsHaveReasons() {
        add("UDP-TEST-06");
        add("UDP-TEST-01", Kind.UNTESTABLE, "v4");
        assertEquals(List.of("UDP-TEST-06/v4 INCONCLUSIVE", "UDP-TEST-01/v4 UNTESTABLE"), run());
        assertEquals("the dice fell off the table", told.get(0).detail());
    }

    @Test
    void stochasticRulesTellSeedAndTries() {
        add("UDP-TEST-10", Kind.STOCHASTIC, "v4");
        add("UDP-TEST-11", Kind.STOCHASTIC, "v4");
        add("UDP-TEST-01");
        assertEquals(List.of("UDP-TEST-10/v4 PASS", "UDP-TEST-11/v4 FAIL", "UDP-TEST-01/v4 PASS"), run());
        assertEquals(new RuleResult.Tries(1, 20), told.get(0).tries());
        assertEquals(new RuleResult.Tries(1, 5), told.get(1).tries());
        assertNull(told.get(2).tries());
        assertTrue(
                FailureText.of(told.get(1)).contains("--rules UDP-TEST-11/v4 --seed 1 (it tried 5 times"),
                FailureText.of(told.get(1)));
    }

    @Test
    void theSameSeedDrawsTheSame() {
        add("UDP-TEST-11", Kind.STOCHASTIC, "v4");
        run();
        String detail = told.get(0).detail();
        told.clear();
        run();
        assertEquals(detail, told.get(0).detail());
    }

    @Test
    void whoTriesIsStochasticAndWhoIsStochasticTries() {
        add("UDP-TEST-10", Kind.DETERMINISTIC, "v4");
        add("UDP-TEST-01", Kind.STOCHASTIC, "v4");
        assertEquals(List.of("UDP-TEST-10/v4 FAIL crash", "UDP-TEST-01/v4 FAIL crash"), run());
    }

    @Test
    void repetitionsAddUpAndKeepTheSeedOfTheFailure() {
        add("UDP-TEST-10", Kind.STOCHASTIC, "v4");
        run();
        RuleResult passed = told.get(0);
        RuleResult failed = new RuleResult(
                passed.rule(), "v4", Outcome.FAIL, Duration.ZERO, "no luck", false, new RuleResult.Tries(2, 7));
        assertEquals(new RuleResult.Tries(2, 27), passed.worse(failed).tries());
        assertEquals(new RuleResult.Tries(2, 27), failed.worse(passed).tries());
    }

    @Test
    void untestableRulesAreToldInTheirPlace() {
        add("UDP-TEST-02", Kind.UNTESTABLE, "v4");
        add("UDP-TEST-01");
        add("UDP-TEST-06", Kind.UNTESTABLE, "v4");
        run();
        assertEquals(
                List.of("UDP-TEST-02/v4", "UDP-TEST-01/v4", "UDP-TEST-06/v4"),
                told.stream().map(RuleResult::name).toList());
    }

    @Test
    void whatDoesNotApplyIsNotRun() {
        add("UDP-TEST-01", Kind.DETERMINISTIC, "v6");
        add("UDP-TEST-02", Set.of(Capability.RAW_HANDLE), Set.of(Profile.UNIX), Set.of());
        add("UDP-TEST-03", Set.of(), Set.of(Profile.WINDOWS), Set.of());
        add("UDP-TEST-05", Set.of(), Set.of(Profile.UNIX), Set.of(Environment.ICMP));
        assertEquals(
                List.of(
                        "UDP-TEST-01/v6 ENV_LACKS",
                        "UDP-TEST-02/v4 NOT_DECLARED",
                        "UDP-TEST-03/v4 NOT_APPLICABLE",
                        "UDP-TEST-05/v4 ENV_LACKS"),
                run(new FakeBackend(), Map.of(Environment.IPV6, "switched off", Environment.ICMP, "filtered")));
        assertEquals("IPV6: switched off", told.get(0).detail());
    }

    @Test
    void whatJunitCannotRunIsACrash() {
        add("UDP-TEST-09");
        add("UDP-TEST-99");
        add("UDP-TEST-01");
        assertEquals(List.of("UDP-TEST-09/v4 FAIL crash", "UDP-TEST-99/v4 FAIL crash", "UDP-TEST-01/v4 PASS"), run());
        assertEquals("was not run: the kit has no test for it", told.get(1).detail());
    }

    @Test
    void noRuleIsTestedTwice() {
        assertThrows(IllegalArgumentException.class, () -> new RuleRun(List.of(FakeRules.class, FakeRules.class)));
    }

    private static final class BackendTrouble extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BackendTrouble() {
            // as if it came from a backend's code
            setStackTrace(new StackTraceElement[] {new StackTraceElement("com.acme.Backend", "open", null, 1)});
        }
    }

    private void add(String id) {
        add(id, Kind.DETERMINISTIC, "v4");
    }

    private void add(String id, Kind kind, String... variants) {
        add(id, kind, Set.of(), EnumSet.allOf(Profile.class), Set.of(), List.of(variants));
    }

    private void add(String id, Set<Capability> capabilities, Set<Profile> profiles, Set<String> needs) {
        add(id, Kind.DETERMINISTIC, capabilities, profiles, needs, List.of("v4"));
    }

    private void add(
            String id,
            Kind kind,
            Set<Capability> capabilities,
            Set<Profile> profiles,
            Set<String> needs,
            List<String> variants) {
        rules.put(
                id,
                new RuleEntry(
                        id,
                        RuleEntry.Level.MUST,
                        RuleEntry.Tier.CORE,
                        Set.of(),
                        kind,
                        "title",
                        "text",
                        "intent",
                        capabilities,
                        profiles,
                        variants,
                        needs,
                        List.of(),
                        "source",
                        List.of()));
    }

    private List<String> run() {
        return run(new FakeBackend(), Map.of());
    }

    private List<String> run(UdpBackend backend, Map<String, String> lacks) {
        RunContext context = new RunContext(
                backend,
                backend.capabilities(),
                Profile.UNIX,
                rules,
                new Environment(lacks, null, null),
                Duration.ofMillis(100),
                Duration.ofMillis(200),
                1,
                0,
                Memory.NONE);
        List<RuleResult> results = RUN.run(context, told::add);
        assertEquals(results, told);
        return results.stream()
                .map(result -> result.name() + " " + result.outcome() + (result.crash() ? " crash" : ""))
                .toList();
    }

    /** A build that manages an old JUnit is told so, rather than of a method that is missing. */
    @Test
    void anOldJUnitIsNamed() {
        JUnitVersion.require();
        String message = assertThrows(
                        IllegalStateException.class, () -> JUnitVersion.require(RuleRunTest.class, "getStore"))
                .getMessage();
        assertTrue(message.startsWith("the kit needs JUnit 5.13 or newer"), message);
    }
}
