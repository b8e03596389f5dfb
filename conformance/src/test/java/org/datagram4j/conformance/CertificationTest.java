package org.datagram4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.datagram4j.Capability;
import org.datagram4j.Limit;
import org.datagram4j.Profile;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.conformance.catalogue.Outcome;
import org.datagram4j.conformance.mutant.Mutants;
import org.datagram4j.conformance.report.BackendIdentity;
import org.datagram4j.conformance.report.Progress;
import org.datagram4j.conformance.report.Report;
import org.datagram4j.conformance.report.RuleResult;
import org.datagram4j.conformance.report.Verdict;
import org.datagram4j.spi.ForwardingBackend;
import org.junit.jupiter.api.Test;

class CertificationTest {
    private static final Certification CERTIFICATION = Certification.prepare();
    private static final Certification.Request REQUEST = Certification.Request.of(
                    new FakeBackend(), new BackendIdentity("fake", "1", "test"))
            .withRules(List.of("udp-recv-01"));

    @Test
    void runsTheRulesAskedForAndTellsEachResult() {
        List<RuleResult> told = new ArrayList<>();
        Report report = CERTIFICATION.run(REQUEST, new Progress() {
            @Override
            public void finished(RuleResult result) {
                told.add(result);
            }
        });
        assertEquals(told, report.results());
        assertEquals(
                List.of("UDP-RECV-01/v4", "UDP-RECV-01/v6"),
                told.stream().map(RuleResult::name).toList());
        assertEquals(Outcome.PASS, told.get(0).outcome(), told.get(0).detail());
        assertEquals(Verdict.Conclusion.PARTIAL, report.verdict().conclusion());
        assertEquals(0, report.verdict().exitCode());
    }

    /** A backend that cannot say what it is fails by the rules about that, and does not end the run. */
    @Test
    void whoFailsWhenAskedDoesNotEndTheRun() {
        UdpBackend mute = new ForwardingBackend(new FakeBackend()) {
            @Override
            public Set<Capability> capabilities() {
                throw new LinkageError("a class is missing");
            }

            @Override
            public Profile profile() {
                throw new AssertionError("not here");
            }

            @Override
            public long limit(Limit limit) {
                throw new StackOverflowError();
            }
        };
        Report report = CERTIFICATION.run(
                Certification.Request.of(mute, new BackendIdentity("mute", "1", "test"))
                        .withRules(List.of("UDP-RECV-01")),
                Progress.NONE);

        assertEquals(Set.of(), report.capabilities());
        assertEquals(Map.of(), report.limits());
        assertEquals(Profile.UNIX, report.profile());
    }

    /** The platform is told in the report, and nothing that a backend does to the JVM may change it. */
    @Test
    void theReportTellsThePlatformAsItWas() {
        String system = System.getProperty("os.name");
        UdpBackend liar = new ForwardingBackend(new FakeBackend()) {
            @Override
            public UdpSocket open(UdpConfig config) throws UdpException {
                System.setProperty("os.name", "Plan 9");
                return super.open(config);
            }
        };
        try {
            Report report = CERTIFICATION.run(
                    Certification.Request.of(liar, new BackendIdentity("liar", "1", "test"))
                            .withRules(List.of("UDP-RECV-01")),
                    Progress.NONE);
            assertEquals("Plan 9", System.getProperty("os.name"));
            assertEquals(system, report.platform().osName());
        } finally {
            System.setProperty("os.name", system);
        }
    }

    @Test
    void noticesAMutant() {
        String name = "WouldBlockMovesPosition";
        Report report = CERTIFICATION.run(
                REQUEST.withMutant(
                        name, Mutants.named(name).orElseThrow().breaks().apply(new FakeBackend())),
                Progress.NONE);
        RuleResult result = report.results().get(0);
        assertEquals(Outcome.FAIL, result.outcome());
        assertFalse(result.crash());
        assertTrue(result.detail().startsWith("position after"), result.detail());
        assertEquals(1, report.verdict().exitCode());
    }

    @Test
    void aBackendOfOneProfileDoesNotPassForTheOther() {
        Report report = CERTIFICATION.run(
                Certification.Request.of(new FakeBackend(), new BackendIdentity("fake", "1", "test"))
                        .withProfile(Profile.WINDOWS)
                        .withRules(List.of("UDP-PLAT-05")),
                Progress.NONE);
        RuleResult result = report.results().get(0);
        assertEquals(Outcome.FAIL, result.outcome());
        assertTrue(result.detail().startsWith("profile of the backend, as against that of the run"), result.detail());
    }

    @Test
    void aBackendThatKnowsNothingOfItselfIsCertifiedAllTheSame() {
        UdpBackend ignorant = new ForwardingBackend(new FakeBackend()) {
            @Override
            public Set<Capability> capabilities() {
                return null;
            }

            @Override
            public Profile profile() {
                return null;
            }

            @Override
            public long limit(Limit limit) {
                throw new IllegalStateException("no idea");
            }
        };
        Report report = CERTIFICATION.run(
                Certification.Request.of(ignorant, new BackendIdentity("ignorant", "1", "test"))
                        .withRules(List.of("UDP-RECV-01/v4")),
                Progress.NONE);
        assertEquals(Set.of(), report.capabilities());
        assertEquals(Map.of(), report.limits());
        assertEquals(Profile.UNIX, report.profile());
    }
}
