package org.datagram4j.conformance.read;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.datagram4j.Capability;
import org.datagram4j.Limit;
import org.datagram4j.Profile;
import org.datagram4j.conformance.catalogue.Catalogue;
import org.datagram4j.conformance.catalogue.Outcome;
import org.datagram4j.conformance.catalogue.RuleEntry;
import org.datagram4j.conformance.lab.Environment;
import org.datagram4j.conformance.report.BackendIdentity;
import org.datagram4j.conformance.report.IssueAddress;
import org.datagram4j.conformance.report.JsonReport;
import org.datagram4j.conformance.report.Platform;
import org.datagram4j.conformance.report.Report;
import org.datagram4j.conformance.report.RuleResult;
import org.datagram4j.conformance.report.Verdict;
import org.datagram4j.conformance.report.VerdictDerivation;

/**
 * Reads {@code conformance.json} back. The results are believed as far as the catalogue allows; the verdict and the
 * counts are derived from them again.
 */
public final class ReportReader {
    private final Catalogue catalogue;
    private final Fields fields;

    private ReportReader(Catalogue catalogue, Fields fields) {
        this.catalogue = catalogue;
        this.fields = fields;
    }

    /**
     * Reads a report of this version of the kit.
     *
     * @param text the content of {@code conformance.json}
     * @param catalogue the rules
     * @return the report, with the verdict that follows from its results
     * @throws UnusableInput if it cannot be read
     * @throws Untrue if the kit cannot have written it: a rule that there is not, one that is there twice, a verdict that
     *     does not follow, a rule that is missing though the run was no partial one
     */
    public static Report read(String text, Catalogue catalogue) throws UnusableInput, Untrue {
        Fields fields = Fields.of(text, JsonReport.FILE);
        fields.requireSchema(JsonReport.SCHEMA);
        if (!fields.text("kit").equals(Report.kitVersion())) {
            throw new Untrue(JsonReport.FILE + " was made by another kit, " + fields.text("kit") + "; this is "
                    + Report.kitVersion());
        }
        Report report = new ReportReader(catalogue, fields).report();
        if (!fields.object("verdict").text("conclusion").equals(Verdict.Conclusion.PARTIAL.name())) {
            requireComplete(report, catalogue);
        }
        requireDerived(fields, report);
        requireAsWritten(text, JsonReport.text(report));
        return report;
    }

    /**
     * Demands that nothing was left out.
     *
     * @param report a report
     * @param catalogue the rules
     * @throws Untrue if the result of a rule is missing, naming it
     */
    public static void requireComplete(Report report, Catalogue catalogue) throws Untrue {
        Set<String> there = report.results().stream().map(RuleResult::name).collect(Collectors.toSet());
        for (RuleEntry rule : catalogue.rules()) {
            for (String variant : rule.variants()) {
                String name = RuleResult.name(rule, variant);
                if (!there.contains(name)) {
                    throw new Untrue("the result of " + name + " is missing in " + JsonReport.FILE);
                }
            }
        }
    }

    private Report report() throws UnusableInput, Untrue {
        Profile profile = fields.one("profile", Profile.class);
        List<Capability> named = fields.some("capabilities", Capability.class);
        Set<Capability> declared = named.isEmpty() ? EnumSet.noneOf(Capability.class) : EnumSet.copyOf(named);
        Map<String, String> environment = environment();
        Report.Settings settings = settings();
        List<RuleResult> results = results(profile, new Plausibility(profile, declared, environment, settings));
        Set<String> lacks = environment.entrySet().stream()
                .filter(feature -> !feature.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        Platform platform = platform(fields.object("platform"));
        Verdict verdict = new VerdictDerivation(profile, settings.strict(), declared, lacks, platform.emulator())
                .derive(results, catalogue.rules());
        Fields backend = fields.object("backend");
        return new Report(
                new BackendIdentity(backend.text("name"), backend.text("version"), backend.text("source")),
                profile,
                declared,
                fields.numbers("limits", Limit.class),
                platform,
                environment,
                settings,
                results,
                verdict);
    }

    private static Platform platform(Fields platform) throws UnusableInput {
        return new Platform(
                platform.text("javaVersion"),
                platform.text("javaVendor"),
                platform.text("osName"),
                platform.text("osVersion"),
                platform.text("osArch"),
                platform.text("distribution"),
                platform.flag("container"),
                platform.has("emulator") ? platform.text("emulator") : null);
    }

    private Map<String, String> environment() throws UnusableInput, Untrue {
        Map<String, String> environment = new LinkedHashMap<>();
        for (Fields feature : fields.objects("environment")) {
            environment.put(feature.text("feature"), feature.flag("present") ? "" : feature.text("reason"));
        }
        if (!environment.keySet().equals(Set.copyOf(Environment.FEATURES))) {
            throw new Untrue(JsonReport.FILE + " tells of other features of the machine than the kit does");
        }
        return environment;
    }

    private Report.Settings settings() throws UnusableInput, Untrue {
        Fields settings = fields.object("settings");
        if (settings.number("allRules") != catalogue.rules().size()) {
            throw new Untrue(JsonReport.FILE + " says that there are " + settings.number("allRules")
                    + " rules, but there are " + catalogue.rules().size());
        }
        Map<String, String> waivers = settings.texts("waivers");
        for (String rule : waivers.keySet()) {
            if (catalogue.rule(rule).isEmpty()) {
                throw new Untrue(JsonReport.FILE + " waives " + rule + ", but there is no such rule");
            }
            if (!IssueAddress.isPage(waivers.get(rule))) {
                throw new Untrue(JsonReport.FILE + " waives " + rule + " without the address of an issue: '"
                        + waivers.get(rule) + "'");
            }
        }
        return new Report.Settings(
                instant(settings.text("started")),
                settings.flag("strict"),
                settings.number("seed"),
                (int) settings.number("repeat"),
                Duration.ofMillis(settings.number("limitMillis")),
                Duration.ofMillis(settings.number("patienceMillis")),
                (int) settings.number("rules"),
                (int) settings.number("allRules"),
                settings.has("mutant") ? settings.text("mutant") : null,
                waivers);
    }

    private static Instant instant(String text) throws UnusableInput {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new UnusableInput(JsonReport.FILE + ": \"started\" is not a time: '" + text + "'");
        }
    }

    private List<RuleResult> results(Profile profile, Plausibility plausibility) throws UnusableInput, Untrue {
        List<RuleResult> results = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Fields entry : fields.objects("results")) {
            RuleResult result = result(entry, profile);
            if (!names.add(result.name())) {
                throw new Untrue("the result of " + result.name() + " is there twice in " + JsonReport.FILE);
            }
            plausibility.require(result);
            results.add(result);
        }
        return Collections.unmodifiableList(results);
    }

    private RuleResult result(Fields entry, Profile profile) throws UnusableInput, Untrue {
        String id = entry.text("id");
        String variant = entry.text("variant");
        RuleEntry rule = catalogue.rule(id).orElse(null);
        if (rule == null || !rule.variants().contains(variant)) {
            throw new Untrue(
                    JsonReport.FILE + " has a result of " + id + "/" + variant + ", but there is no such rule");
        }
        boolean same = entry.text("level").equals(rule.level().name())
                && entry.text("tier").equals(rule.tier(profile).name())
                && entry.text("title").equals(rule.title());
        if (!same) {
            throw new Untrue(JsonReport.FILE + " describes " + id + " otherwise than the kit does");
        }
        return new RuleResult(
                rule,
                variant,
                entry.one("outcome", Outcome.class),
                Duration.ofMillis(entry.number("durationMillis")),
                entry.text("detail"),
                entry.flag("crash"),
                entry.has("tries") ? new RuleResult.Tries(entry.number("seed"), entry.number("tries")) : null);
    }

    private static void requireDerived(Fields fields, Report report) throws UnusableInput, Untrue {
        Map<Outcome, Long> counts = fields.numbers("counts", Outcome.class);
        for (Map.Entry<Outcome, Integer> count : report.counts().entrySet()) {
            long said = counts.getOrDefault(count.getKey(), 0L);
            if (said != count.getValue()) {
                throw new Untrue(JsonReport.FILE + " says " + said + " times " + count.getKey() + ", but has "
                        + count.getValue() + " such results");
            }
        }
        Fields verdict = fields.object("verdict");
        if (!verdict.text("text").equals(report.verdict().text())
                || !verdict.text("conclusion")
                        .equals(report.verdict().conclusion().name())) {
            throw new Untrue(
                    "the verdict in " + JsonReport.FILE + " does not follow from its results; what follows is: "
                            + report.verdict().text());
        }
    }

    private static void requireAsWritten(String text, String expected) throws Untrue {
        if (text.equals(expected)) {
            return;
        }
        List<String> lines = text.lines().toList();
        List<String> wanted = expected.lines().toList();
        int line = 0;
        while (line < Math.min(lines.size(), wanted.size()) && lines.get(line).equals(wanted.get(line))) {
            line++;
        }
        throw new Untrue(JsonReport.FILE + " is not as the kit writes it, from line " + (line + 1) + " on");
    }
}
