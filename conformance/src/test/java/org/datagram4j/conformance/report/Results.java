package org.datagram4j.conformance.report;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.datagram4j.Capability;
import org.datagram4j.Limit;
import org.datagram4j.Profile;
import org.datagram4j.conformance.catalogue.Outcome;
import org.datagram4j.conformance.catalogue.RuleEntry;
import org.datagram4j.conformance.catalogue.RuleEntry.Kind;
import org.datagram4j.conformance.catalogue.RuleEntry.Level;
import org.datagram4j.conformance.catalogue.RuleEntry.Tier;

/** Results and reports to test with. */
final class Results {
    private Results() {}

    static RuleResult result(String id, Level level, Tier tier, Outcome outcome) {
        return new RuleResult(
                rule(id, level, tier, Set.of(), Set.of()), "v4", outcome, Duration.ofMillis(7), detail(outcome), false);
    }

    static RuleResult needing(String id, String feature) {
        RuleEntry rule = rule(id, Level.MUST, Tier.CORE, Set.of(), Set.of(feature));
        return new RuleResult(rule, "v4", Outcome.ENV_LACKS, Duration.ZERO, feature + ": not here", false);
    }

    static RuleResult about(String id, Tier tier, Capability capability, Outcome outcome) {
        RuleEntry rule = rule(id, Level.MUST, tier, Set.of(capability), Set.of());
        return new RuleResult(rule, "v4", outcome, Duration.ZERO, detail(outcome), false);
    }

    static RuleResult missing(String id, Set<Profile> extraOn, Capability capability) {
        RuleEntry rule = rule(id, Level.MUST, Tier.MIO, extraOn, Set.of(capability), Set.of());
        return new RuleResult(rule, "v4", Outcome.NOT_DECLARED, Duration.ZERO, "", false);
    }

    static Report report(List<RuleResult> results) {
        List<RuleEntry> rules = results.stream().map(RuleResult::rule).toList();
        return new Report(
                new BackendIdentity("acme", "1.2", "acme.jar"),
                Profile.UNIX,
                EnumSet.of(Capability.GRO),
                Map.of(Limit.SEGMENTS, 64L),
                new Platform("17", "Acme", "Linux", "6.1", "amd64", "unknown", false, null),
                Map.of("IPV6", "", "ICMP", "filtered"),
                new Report.Settings(
                        Instant.EPOCH,
                        false,
                        42,
                        1,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(5),
                        rules.size(),
                        rules.size(),
                        null,
                        Map.of()),
                results,
                new VerdictDerivation(Profile.UNIX, false, Set.of(Capability.GRO), Set.of("ICMP"), null)
                        .derive(results, rules));
    }

    private static String detail(Outcome outcome) {
        return outcome == Outcome.PASS ? "" : "expected 1, actual 2";
    }

    private static RuleEntry rule(String id, Level level, Tier tier, Set<Capability> capabilities, Set<String> needs) {
        return rule(id, level, tier, Set.of(), capabilities, needs);
    }

    private static RuleEntry rule(
            String id, Level level, Tier tier, Set<Profile> extraOn, Set<Capability> capabilities, Set<String> needs) {
        return new RuleEntry(
                id,
                level,
                tier,
                extraOn,
                Kind.DETERMINISTIC,
                "title of " + id,
                "text of " + id,
                "intent",
                capabilities,
                EnumSet.allOf(Profile.class),
                List.of("v4"),
                needs,
                List.of(),
                "source of " + id,
                List.of("hint for " + id));
    }
}
