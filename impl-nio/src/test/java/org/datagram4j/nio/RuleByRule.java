package org.datagram4j.nio;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.datagram4j.conformance.Certification;
import org.datagram4j.conformance.Subject;
import org.datagram4j.conformance.catalogue.Outcome;
import org.datagram4j.conformance.catalogue.RuleEntry;
import org.datagram4j.conformance.report.FailureText;
import org.datagram4j.conformance.report.Progress;
import org.datagram4j.conformance.report.RuleResult;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The kit in small pieces, each a test of its own, for who changes the backend's byte code and asks which rule notices:
 * {@code ./datagram4j mutate}. Not a part of the build's own tests, which run the kit as a whole.
 */
class RuleByRule {
    private static final Certification CERTIFICATION = Certification.prepare();

    // Made anew for each rule: what changed in its constructor shows only then.
    private static Certification.Request request() {
        Subject subject = Subject.of(new NioBackend());
        return Certification.Request.of(subject.backend(), subject.identity())
                .withSeed(1)
                // much, because a rule that a busy machine makes fail would seem to notice
                .withTimes(Duration.ofSeconds(12), Duration.ofSeconds(4));
    }

    // Also those of capabilities that are not declared: perhaps they will be.
    static Stream<String> rules() {
        return CERTIFICATION.catalogue().rules().stream().map(RuleEntry::id);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void isKept(String rule) {
        for (RuleResult result : CERTIFICATION
                .run(request().withRules(List.of(rule)), Progress.NONE)
                .results()) {
            assertNotEquals(Outcome.FAIL, result.outcome(), () -> FailureText.of(result));
        }
    }
}
