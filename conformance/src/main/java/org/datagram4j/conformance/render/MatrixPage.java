package org.datagram4j.conformance.render;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.datagram4j.Capability;
import org.datagram4j.conformance.catalogue.Catalogue;
import org.datagram4j.conformance.catalogue.Outcome;
import org.datagram4j.conformance.catalogue.RuleEntry;
import org.datagram4j.conformance.report.FailureText;
import org.datagram4j.conformance.report.Report;
import org.datagram4j.conformance.report.RuleResult;
import org.datagram4j.conformance.report.TierVerdict;

/** The matrix as a page. */
final class MatrixPage {
    private static final String DIFFERS = "DIFFERS";

    private final Matrix matrix;

    private MatrixPage(Matrix matrix) {
        this.matrix = matrix;
    }

    static String text(Matrix matrix) {
        return Templates.page("matrix", new MatrixPage(matrix).values());
    }

    private Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("kit", Report.kitVersion());
        values.put("columns", matrix.reports().stream().map(MatrixPage::column).toList());
        values.put("width", matrix.reports().size() + 1);
        values.put("tiers", tiers());
        values.put("capabilities", capabilities());
        List<Map<String, Object>> areas = areas();
        values.put("areas", areas);
        values.put("outcomes", chips());
        return values;
    }

    private static Map<String, Object> column(Report report) {
        Map<Outcome, Integer> counts = report.counts();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", report.backend().name());
        values.put("version", report.backend().version());
        values.put("java", report.platform().javaVersion());
        values.put("system", report.platform().osName());
        values.put("profile", report.profile().name());
        values.put("style", Words.style(report.verdict().conclusion()));
        values.put("headline", Words.headline(report.verdict().conclusion()));
        values.put("pass", counts.get(Outcome.PASS));
        values.put("fail", counts.get(Outcome.FAIL));
        values.put("other", report.results().size() - counts.get(Outcome.PASS) - counts.get(Outcome.FAIL));
        return values;
    }

    private List<Map<String, Object>> tiers() {
        int count = matrix.reports().get(0).verdict().tiers().size();
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    List<TierVerdict> tiers = matrix.reports().stream()
                            .map(report -> report.verdict().tiers().get(i))
                            .toList();
                    return Map.<String, Object>of(
                            "tier",
                            tiers.get(0).tier().name(),
                            "cells",
                            tiers.stream()
                                    .map(tier -> cell(Words.style(tier.standing()), Words.of(tier.standing())))
                                    .toList());
                })
                .toList();
    }

    private List<Map<String, Object>> capabilities() {
        return Arrays.stream(Capability.values())
                .map(capability -> Map.<String, Object>of(
                        "capability",
                        capability.name(),
                        "kind",
                        Words.of(capability.kind()),
                        "cells",
                        matrix.reports().stream()
                                .map(report -> report.capabilities().contains(capability)
                                        ? cell("pass", "yes")
                                        : cell("none", "-"))
                                .toList()))
                .toList();
    }

    private List<Map<String, Object>> areas() {
        Map<String, List<RuleEntry>> areas = matrix.rules().stream()
                .collect(Collectors.groupingBy(RuleEntry::area, LinkedHashMap::new, Collectors.toList()));
        Map<String, String> titles = Catalogue.load().areas();
        return areas.entrySet().stream()
                .map(area -> Map.<String, Object>of(
                        "area",
                        area.getKey(),
                        "title",
                        titles.getOrDefault(area.getKey(), ""),
                        "rules",
                        area.getValue().stream().map(this::rule).toList()))
                .toList();
    }

    private Map<String, Object> rule(RuleEntry rule) {
        List<Map<String, Object>> cells = new ArrayList<>();
        for (int column = 0; column < matrix.reports().size(); column++) {
            cells.add(cell(matrix.cell(rule, column)));
        }
        return Map.of(
                "id", rule.id(),
                "title", rule.title(),
                "level", rule.level().name(),
                "outcomes", String.join(" ", outcomes(rule)),
                "cells", cells);
    }

    // What the filter goes by: the outcomes in the row, and whether they differ.
    private Set<String> outcomes(RuleEntry rule) {
        Set<String> worst = new TreeSet<>();
        Set<String> all = new TreeSet<>();
        for (int column = 0; column < matrix.reports().size(); column++) {
            List<RuleResult> cell = matrix.cell(rule, column);
            worst.add(Matrix.outcome(cell));
            cell.forEach(result -> all.add(result.outcome().name()));
        }
        if (worst.size() > 1) {
            all.add(DIFFERS);
        }
        return all;
    }

    private List<Map<String, Object>> chips() {
        List<Map<String, Object>> chips = new ArrayList<>();
        Map<String, Long> counts = matrix.rules().stream()
                .flatMap(rule -> outcomes(rule).stream())
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
        for (Outcome outcome : Outcome.values()) {
            if (counts.containsKey(outcome.name())) {
                chips.add(chip(outcome.name(), Words.of(outcome), Words.style(outcome), counts.get(outcome.name())));
            }
        }
        if (counts.containsKey(DIFFERS)) {
            chips.add(chip(DIFFERS, "backends differ", "", counts.get(DIFFERS)));
        }
        return chips;
    }

    private static Map<String, Object> chip(String outcome, String words, String style, long count) {
        return Map.of("outcome", outcome, "words", words, "style", style, "count", count);
    }

    private static Map<String, Object> cell(List<RuleResult> results) {
        if (results.isEmpty()) {
            return cell("none", "not run");
        }
        Outcome worst = Outcome.valueOf(Matrix.outcome(results));
        List<Map<String, Object>> details = results.stream()
                .filter(result -> result.outcome() == worst && (worst == Outcome.FAIL || worst == Outcome.WAIVED))
                .map(result -> Map.<String, Object>of("variant", result.variant(), "detail", detail(result)))
                .toList();
        Map<String, Object> cell = new LinkedHashMap<>(cell(Words.style(worst), Words.of(worst)));
        cell.put("plain", details.isEmpty());
        cell.put("details", details.isEmpty() ? List.of() : List.of(Map.of("items", details)));
        return cell;
    }

    private static Map<String, Object> cell(String style, String words) {
        return Map.of("style", style, "words", words, "plain", true, "details", List.of());
    }

    private static String detail(RuleResult result) {
        return result.detail().isEmpty() ? FailureText.of(result) : result.detail();
    }
}
