package org.datagram4j.conformance.render;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.datagram4j.Capability;
import org.datagram4j.Limit;
import org.datagram4j.Profile;
import org.datagram4j.conformance.catalogue.Catalogue;
import org.datagram4j.conformance.catalogue.Outcome;
import org.datagram4j.conformance.catalogue.RuleEntry;
import org.datagram4j.conformance.lab.Environment;
import org.datagram4j.conformance.report.BackendIdentity;
import org.datagram4j.conformance.report.Platform;
import org.datagram4j.conformance.report.Report;
import org.datagram4j.conformance.report.RuleResult;
import org.datagram4j.conformance.report.VerdictDerivation;

/** Reports over the whole catalogue, as they come of runs. */
public final class Samples {
    /** A name, and a message, of somebody who wants to run a script on the reader's machine, or to break the file. */
    static final String HOSTILE =
            "x\"'><script>alert(1)</script><img src=x onerror=alert(2)>&amp;{{name}}]]>\u0000\uD800";

    private static final long SEED = 42;
    private static final String NO_LINK_LOCAL = "no interface has a link-local address";

    private static final String[] DETAILS = {
        "result of recv from an empty queue ==> expected: <-1> but was: <0>",
        "expected: <[one, two, three]> but was: <[one, three]>",
        "unexpected java.io.IOException: Resource temporarily unavailable",
        "no answer within 30000 ms; the thread was in\n  sun.nio.ch.Net.poll(Native Method)\n  com.acme.Poll.poll(Poll.java:17)",
        "Multiple Failures (2 failures)\n\torg.opentest4j.AssertionFailedError: position ==> expected: <4> but was: <0>"
                + "\n\torg.opentest4j.AssertionFailedError: length ==> expected: <5> but was: <0>",
    };

    private Samples() {}

    /** Everything that the backend declares is kept. */
    public static Report passing() {
        return report("acme", Set.of(), "");
    }

    /** So many rules are broken, in all of their variants. */
    public static Report failing(int count) {
        List<String> ids = rules().stream()
                .filter(rule -> outcome(rule, rule.variants().get(0)) == Outcome.PASS)
                .map(RuleEntry::id)
                .toList();
        // spread over the areas
        int step = Math.max(1, ids.size() / count);
        Set<String> broken = IntStream.range(0, ids.size())
                .filter(i -> i % step == 0)
                .limit(count)
                .mapToObj(ids::get)
                .collect(Collectors.toSet());
        return report("acme", broken, "");
    }

    /** The backend has a hostile name, and its failures have hostile messages. */
    public static Report hostile() {
        return report(HOSTILE, Set.of("UDP-RECV-01", "UDP-SEND-01"), HOSTILE);
    }

    /** A rule is broken that may be. */
    public static Report waived() {
        Report broken = report("acme", Set.of("UDP-RECV-01"), "");
        String issue = "https://example.com/issues/1";
        return with(
                broken.results().stream().map(result -> result.waived(issue)).toList(),
                "acme",
                Map.of("UDP-RECV-01", issue));
    }

    /** The results of a rule were left out. */
    public static Report without(String rule) {
        return with(
                passing().results().stream()
                        .filter(result -> !result.rule().id().equals(rule))
                        .toList(),
                "acme",
                Map.of());
    }

    private static Report report(String name, Set<String> broken, String message) {
        List<RuleResult> results = new ArrayList<>();
        for (RuleEntry rule : rules()) {
            for (String variant : rule.variants()) {
                boolean fails = broken.contains(rule.id());
                Outcome outcome = fails ? Outcome.FAIL : outcome(rule, variant);
                String detail = fails ? message + DETAILS[results.size() % DETAILS.length] : reason(outcome);
                RuleResult.Tries tries = rule.kind() == RuleEntry.Kind.STOCHASTIC && outcome == Outcome.PASS
                        ? new RuleResult.Tries(SEED, 20)
                        : null;
                results.add(new RuleResult(
                        rule, variant, outcome, Duration.ofMillis(results.size() % 90), detail, false, tries));
            }
        }
        return with(results, name, Map.of());
    }

    private static String reason(Outcome outcome) {
        return switch (outcome) {
            case PASS -> "";
            case NOT_DECLARED -> "the backend does not declare GRO";
            case ENV_LACKS -> "LINK_LOCAL: " + NO_LINK_LOCAL;
            default -> "not here";
        };
    }

    private static Report with(List<RuleResult> results, String name, Map<String, String> waivers) {
        Set<Capability> declared = declared();
        return new Report(
                new BackendIdentity(name, "1.2.0", "acme-udp-1.2.0.jar"),
                Profile.UNIX,
                declared,
                Map.of(Limit.SEGMENTS, 64L, Limit.PAYLOAD_V4_BYTES, 65_507L),
                new Platform("17.0.15+6", "Acme", "Linux", "6.12.0", "amd64", "Acme Linux 3", true, null),
                new Environment(Map.of("LINK_LOCAL", NO_LINK_LOCAL), null, null).features(),
                new Report.Settings(
                        Instant.parse("2026-05-04T03:02:01Z"),
                        false,
                        SEED,
                        1,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(5),
                        rules().size(),
                        rules().size(),
                        null,
                        waivers),
                results,
                new VerdictDerivation(Profile.UNIX, false, declared, Set.of("LINK_LOCAL"), null)
                        .derive(results, rules()));
    }

    private static Outcome outcome(RuleEntry rule, String variant) {
        if (rule.kind() == RuleEntry.Kind.UNTESTABLE) {
            return Outcome.UNTESTABLE;
        }
        if (!rule.profiles().contains(Profile.UNIX)) {
            return Outcome.NOT_APPLICABLE;
        }
        if (!declared().containsAll(rule.capabilities())) {
            return Outcome.NOT_DECLARED;
        }
        return rule.needs(variant).contains("LINK_LOCAL") ? Outcome.ENV_LACKS : Outcome.PASS;
    }

    private static Set<Capability> declared() {
        return EnumSet.complementOf(EnumSet.of(Capability.GRO, Capability.RAW_HANDLE, Capability.ADOPT_HANDLE));
    }

    private static List<RuleEntry> rules() {
        return List.copyOf(Catalogue.load().rules());
    }
}
