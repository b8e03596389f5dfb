package org.datagram4j.usage.browser;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.datagram4j.Capability;
import org.datagram4j.Limit;
import org.datagram4j.Profile;
import org.datagram4j.conformance.catalogue.Catalogue;
import org.datagram4j.conformance.catalogue.Outcome;
import org.datagram4j.conformance.catalogue.RuleEntry;
import org.datagram4j.conformance.report.BackendIdentity;
import org.datagram4j.conformance.report.Platform;
import org.datagram4j.conformance.report.Report;
import org.datagram4j.conformance.report.RuleResult;
import org.datagram4j.conformance.report.VerdictDerivation;

/** Reports over the whole catalogue, the same every time. */
final class Runs {
    /** So many rules fail in a broken run. */
    static final int BROKEN = 150;
    /** Two words that nothing says but what some of the failures say. */
    static final String RARE = "quagga okapi";

    private static final Set<Capability> DECLARED =
            EnumSet.complementOf(EnumSet.of(Capability.GRO, Capability.RAW_HANDLE, Capability.ADOPT_HANDLE));
    private static final String[] DETAILS = {
        "result of recv from an empty queue ==> expected: <-1> but was: <0>",
        "expected: <[one, two, three]> but was: <[one, the Quagga, and an Okapi]>",
        "no answer within 30000 ms; the thread was in\n  sun.nio.ch.Net.poll(Native Method)\n  " + "com.acme."
                + "averylongname".repeat(30) + "(Poll.java:17)",
        "payload ==> expected: <" + "5a".repeat(400) + "> but was: <" + "5b".repeat(400) + ">",
    };

    private Runs() {}

    /** Nothing is broken. */
    static Report conformant() {
        return run("acme", Map.of());
    }

    /** A lot is broken, about every other rule of it in one variant only, and every outcome that there is comes. */
    static Report broken() {
        List<RuleEntry> kept = rules().stream()
                .filter(rule -> usually(rule, rule.variants().get(0)) == Outcome.PASS)
                .toList();
        Map<String, Outcome> others = new LinkedHashMap<>();
        others.put(kept.get(0).id(), Outcome.WAIVED);
        others.put(kept.get(1).id(), Outcome.INCONCLUSIVE);
        kept.stream().skip(2).limit(BROKEN).forEach(rule -> others.put(rule.id(), Outcome.FAIL));
        return run("broken", others);
    }

    static boolean isRare(String detail) {
        return Stream.of(RARE.split(" ")).allMatch(detail.toLowerCase(Locale.ROOT)::contains);
    }

    private static Report run(String name, Map<String, Outcome> others) {
        List<RuleResult> results = new ArrayList<>();
        Map<String, String> waivers = new LinkedHashMap<>();
        for (RuleEntry rule : rules()) {
            Outcome other = others.get(rule.id());
            boolean everywhere = results.size() % 2 == 0;
            for (String variant : rule.variants()) {
                boolean first = variant.equals(rule.variants().get(0));
                results.add(
                        result(rule, variant, other != null && (first || everywhere) ? other : null, results.size()));
            }
            if (other == Outcome.WAIVED) {
                waivers.put(rule.id(), "https://acme.example/issues/1");
            }
        }
        return new Report(
                new BackendIdentity(name, "1.2.0", name + "-udp-1.2.0.jar"),
                Profile.UNIX,
                DECLARED,
                Map.of(Limit.SEGMENTS, 64L, Limit.PAYLOAD_V4_BYTES, 65_507L),
                new Platform("17.0.15+6", "Acme", "Linux", "6.12.0", "amd64", "Acme Linux 3", true, null),
                Map.of("IPV6", "", "LINK_LOCAL", "no interface has a link-local address"),
                new Report.Settings(
                        Instant.parse("2026-05-04T03:02:01Z"),
                        false,
                        42,
                        1,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(5),
                        rules().size(),
                        rules().size(),
                        null,
                        waivers),
                results,
                new VerdictDerivation(Profile.UNIX, false, DECLARED, Set.of("LINK_LOCAL"), null)
                        .derive(results, rules()));
    }

    private static RuleResult result(RuleEntry rule, String variant, Outcome other, int number) {
        Outcome outcome = other == null ? usually(rule, variant) : other;
        String detail = outcome == Outcome.FAIL || outcome == Outcome.WAIVED
                ? DETAILS[number % DETAILS.length]
                : outcome == Outcome.PASS ? "" : "not here";
        Duration took = Duration.ofMillis(number % 90);
        return new RuleResult(rule, variant, outcome, took, detail, false);
    }

    private static Outcome usually(RuleEntry rule, String variant) {
        if (rule.kind() == RuleEntry.Kind.UNTESTABLE) {
            return Outcome.UNTESTABLE;
        }
        if (!rule.profiles().contains(Profile.UNIX)) {
            return Outcome.NOT_APPLICABLE;
        }
        if (!DECLARED.containsAll(rule.capabilities())) {
            return Outcome.NOT_DECLARED;
        }
        return rule.needs(variant).contains("LINK_LOCAL") ? Outcome.ENV_LACKS : Outcome.PASS;
    }

    private static List<RuleEntry> rules() {
        return List.copyOf(Catalogue.load().rules());
    }
}
