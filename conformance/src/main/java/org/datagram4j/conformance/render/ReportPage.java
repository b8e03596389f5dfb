package org.datagram4j.conformance.render;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.datagram4j.Capability;
import org.datagram4j.conformance.catalogue.Catalogue;
import org.datagram4j.conformance.catalogue.Outcome;
import org.datagram4j.conformance.catalogue.RuleEntry;
import org.datagram4j.conformance.report.Report;
import org.datagram4j.conformance.report.RuleResult;
import org.datagram4j.conformance.report.TierVerdict;
import org.datagram4j.conformance.report.Verdict;

/** A report as one page that needs nothing else, to read and to publish. What it says is in {@code conformance.html}. */
final class ReportPage {
    /** So many broken rules are opened at once; more are shown closed, to keep the page readable. */
    private static final int OPENED = 12;

    private final Report report;
    private final boolean openBroken;

    private ReportPage(Report report) {
        this.report = report;
        this.openBroken = broken().size() <= OPENED;
    }

    static String text(Report report) {
        return Templates.page("report", new ReportPage(report).values());
    }

    private Map<String, Object> values() {
        Verdict verdict = report.verdict();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", report.backend().name());
        values.put("version", report.backend().version());
        values.put("kit", Report.kitVersion());
        values.put("profile", report.profile().name());
        values.put("platform", report.platform().toString());
        values.put("day", report.settings().started().toString().substring(0, "2000-01-01".length()));
        values.put("style-verdict", Words.style(verdict.conclusion()));
        values.put("headline", Words.headline(verdict.conclusion()));
        values.put("verdict", summary(verdict));
        values.put(
                "mutant",
                Stream.ofNullable(report.settings().mutant())
                        .map(mutant -> Map.of("mutant", mutant))
                        .toList());
        values.put("tiers", verdict.tiers().stream().map(ReportPage::tier).toList());
        values.put("rules", report.settings().rules());
        values.put("tests", report.results().size());
        values.put("outcomes", outcomes(report.results()));
        values.put("broken", list("items", broken()));
        values.put("lapses", lapses());
        values.put("capabilities", capabilities());
        values.put("limits", facts(limits()));
        values.put("environment", environment());
        values.put("facts", facts(settings()));
        values.put("areas", areas());
        return values;
    }

    // The page names every broken rule below; a line that names a hundred of them is not read.
    private String summary(Verdict verdict) {
        int names = verdict.text().indexOf("failed: ");
        int broken = broken().size();
        return broken <= OPENED || names < 0
                ? verdict.text()
                : verdict.text().substring(0, names) + "failed, of "
                        + report.settings().rules();
    }

    private static Map<String, Object> tier(TierVerdict tier) {
        return Map.of(
                "tier", tier.tier().name(),
                "standing", Words.of(tier.standing()),
                "style-tier", Words.style(tier.standing()),
                "reason", tier.reason());
    }

    private static List<Map<String, Object>> outcomes(List<RuleResult> results) {
        List<Map<String, Object>> outcomes = new ArrayList<>();
        int before = 0;
        for (Map.Entry<Outcome, Integer> entry : Report.counts(results).entrySet()) {
            if (entry.getValue() > 0) {
                outcomes.add(Map.of(
                        "outcome",
                        entry.getKey().name(),
                        "words",
                        Words.of(entry.getKey()),
                        "style-outcome",
                        Words.style(entry.getKey()),
                        "before",
                        before,
                        "count",
                        entry.getValue()));
                before += entry.getValue();
            }
        }
        return outcomes;
    }

    private List<Map<String, Object>> broken() {
        return report.results().stream()
                .filter(result -> result.outcome() == Outcome.FAIL)
                .collect(Collectors.groupingBy(RuleResult::rule, LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(entry -> Map.<String, Object>of(
                        "id", entry.getKey().id(),
                        "title", entry.getKey().title(),
                        "level", entry.getKey().level().name(),
                        "variants",
                                entry.getValue().stream()
                                        .map(RuleResult::variant)
                                        .collect(Collectors.joining(", "))))
                .toList();
    }

    // Broken, and counted above with the others, but the verdict's number is without them.
    private List<Map<String, Object>> lapses() {
        long lapses = report.results().stream()
                .filter(result -> result.outcome() == Outcome.FAIL)
                .map(RuleResult::rule)
                .distinct()
                .filter(rule -> !binds(rule.level()))
                .count();
        return lapses == 0 ? List.of() : List.of(Map.of("lapses", lapses));
    }

    private boolean binds(RuleEntry.Level level) {
        return level == RuleEntry.Level.MUST || report.settings().strict() && level == RuleEntry.Level.SHOULD;
    }

    private List<Map<String, Object>> capabilities() {
        return Arrays.stream(Capability.values())
                .map(capability -> {
                    boolean declared = report.capabilities().contains(capability);
                    Map<Outcome, Integer> counts = Report.counts(report.results().stream()
                            .filter(result -> result.rule().capabilities().contains(capability))
                            .toList());
                    int tested = counts.get(Outcome.PASS) + counts.get(Outcome.FAIL);
                    String style =
                            !declared ? "none" : counts.get(Outcome.FAIL) > 0 ? "fail" : tested > 0 ? "pass" : "none";
                    String standing = !declared
                            ? "not declared"
                            : counts.get(Outcome.FAIL) > 0 ? "broken" : tested > 0 ? "kept" : "declared";
                    return Map.<String, Object>of(
                            "words", // where a narrow page may break it
                            List.of(capability.name().split("(?<=_)")),
                            "kind",
                            Words.of(capability.kind()),
                            "row",
                            declared ? "" : "none",
                            "style-capability",
                            style,
                            "standing",
                            standing,
                            "kept",
                            tested == 0 ? "" : counts.get(Outcome.PASS) + " of " + tested);
                })
                .toList();
    }

    private Map<String, Object> limits() {
        Map<String, Object> limits = new LinkedHashMap<>();
        report.limits().forEach((limit, number) -> limits.put(limit.name(), number));
        return limits;
    }

    private List<Map<String, Object>> environment() {
        return report.environment().entrySet().stream()
                .map(feature -> Map.<String, Object>of(
                        "feature",
                        feature.getKey(),
                        "style-feature",
                        feature.getValue().isEmpty() ? "pass" : "open",
                        "state",
                        feature.getValue().isEmpty() ? "present" : feature.getValue()))
                .toList();
    }

    private Map<String, Object> settings() {
        Report.Settings settings = report.settings();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("Backend", report.backend().toString());
        facts.put("Profile", report.profile().name());
        facts.put("Kit", Report.kitVersion());
        facts.put(
                "Java",
                report.platform().javaVersion() + " (" + report.platform().javaVendor() + ")");
        facts.put(
                "System",
                report.platform().osName() + " " + report.platform().osVersion() + " "
                        + report.platform().osArch());
        facts.put("Distribution", report.platform().distribution());
        facts.put("Container", report.platform().container() ? "yes" : "no");
        facts.put("Started", settings.started().toString());
        facts.put("Seed", String.valueOf(settings.seed()));
        facts.put("Rounds", settings.repeat());
        facts.put("Strict", settings.strict() ? "yes" : "no");
        facts.put("Limit for a rule", settings.limit().toMillis() + " ms");
        facts.put("Limit for a wait", settings.patience().toMillis() + " ms");
        return facts;
    }

    private static List<Map<String, Object>> facts(Map<String, Object> facts) {
        return facts.entrySet().stream()
                .map(fact -> Map.of("key", fact.getKey(), "value", fact.getValue()))
                .toList();
    }

    private List<Map<String, Object>> areas() {
        Map<String, String> titles = Catalogue.load().areas();
        Map<String, List<RuleResult>> areas = report.results().stream()
                .collect(
                        Collectors.groupingBy(result -> result.rule().area(), LinkedHashMap::new, Collectors.toList()));
        return areas.entrySet().stream()
                .map(area -> {
                    List<Map<String, Object>> rules = rules(area.getValue());
                    return Map.<String, Object>of(
                            "area", area.getKey(),
                            "title", titles.getOrDefault(area.getKey(), ""),
                            "rules", rules,
                            "ruleCount", rules.size(),
                            "tests", area.getValue().size(),
                            "outcomes", outcomes(area.getValue()));
                })
                .toList();
    }

    private List<Map<String, Object>> rules(List<RuleResult> results) {
        Map<String, List<RuleResult>> rules = results.stream()
                .collect(Collectors.groupingBy(result -> result.rule().id(), LinkedHashMap::new, Collectors.toList()));
        return rules.values().stream().map(this::rule).toList();
    }

    private Map<String, Object> rule(List<RuleResult> cells) {
        RuleEntry rule = cells.get(0).rule();
        Outcome worst = Worst.of(cells.stream().map(RuleResult::outcome).toList());
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("id", rule.id());
        values.put("title", rule.title());
        values.put("level", rule.level().name());
        values.put("tier", rule.tier(report.profile()).name());
        values.put(
                "kind",
                rule.kind() == RuleEntry.Kind.DETERMINISTIC
                        ? List.of()
                        : List.of(Map.of("kind", Words.of(rule.kind()))));
        values.put("text", rule.text());
        values.put("intent", rule.intent());
        values.put("source", rule.source());
        values.put("anchor", rule.anchor());
        values.put(
                "needs",
                list("items", rule.capabilities().stream().map(Enum::name).toList()));
        values.put("methods", list("items", rule.methods()));
        values.put("check", list("items", rule.check()));
        values.put("worst", worst.name());
        values.put("words", Words.of(worst));
        values.put("style-rule", Words.style(worst));
        values.put("open", worst == Outcome.FAIL && openBroken);
        values.put("cells", cells.stream().map(ReportPage::cell).toList());
        return values;
    }

    private static Map<String, Object> cell(RuleResult result) {
        boolean failed = result.outcome() == Outcome.FAIL;
        Difference difference = failed ? Difference.of(result.detail()) : new Difference(result.detail(), "", "");
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", result.name());
        values.put("variant", result.variant());
        values.put("outcome", result.outcome().name());
        values.put("words", Words.of(result.outcome()));
        values.put("style-cell", Words.style(result.outcome()));
        values.put("millis", result.duration().toMillis());
        values.put("message", difference.message());
        values.put("crash", result.crash());
        values.put(
                "tries",
                Stream.ofNullable(result.tries())
                        .map(tries -> Map.of("count", tries.count(), "seed", String.valueOf(tries.seed())))
                        .toList());
        values.put(
                "difference",
                difference.expected().isEmpty() && difference.actual().isEmpty()
                        ? List.of()
                        : List.of(Map.of("expected", difference.expected(), "actual", difference.actual())));
        return values;
    }

    // A list with something around it: none if there is nothing in it.
    private static List<Map<String, Object>> list(String name, Collection<?> items) {
        return items.isEmpty() ? List.of() : List.of(Map.of(name, items, "count", items.size()));
    }
}
