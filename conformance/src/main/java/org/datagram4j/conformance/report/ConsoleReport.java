package org.datagram4j.conformance.report;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.datagram4j.conformance.catalogue.Outcome;

/** Tells of a run on the console: while it goes on, one mark or one line for each result; then what came of it. */
public final class ConsoleReport implements Progress {
    private final PrintStream out;
    private final boolean verbose;
    private String area = "";

    /**
     * A report on the console.
     *
     * @param out where to print
     * @param verbose a line for each result instead of a mark
     */
    public ConsoleReport(PrintStream out, boolean verbose) {
        this.out = out;
        this.verbose = verbose;
    }

    @Override
    public void started(BackendIdentity backend, int results) {
        out.println("Certifying " + backend + ": " + results + (results == 1 ? " test" : " tests"));
        if (!verbose) {
            out.println("  . pass  F fail  - not declared or not applicable  e environment lacks  u untestable"
                    + "  ? inconclusive  w waived");
        }
        area = "";
    }

    @Override
    public void finished(RuleResult result) {
        if (verbose) {
            out.println(line(result));
            return;
        }
        if (!area.equals(result.rule().area())) {
            out.print((area.isEmpty() ? "" : System.lineSeparator())
                    + String.format(Locale.ROOT, "  %-6s", result.rule().area()));
            area = result.rule().area();
        }
        out.print(mark(result.outcome()));
        out.flush();
    }

    /** Ends the line of marks, if there is one. */
    public void endMarks() {
        if (!area.isEmpty()) {
            out.println();
            area = "";
        }
    }

    /**
     * Prints what came of a run: what failed, a table of all areas, and the verdict.
     *
     * @param report the run
     */
    public void print(Report report) {
        endMarks();
        out.println();
        report.results().stream()
                .filter(result -> result.outcome() == Outcome.FAIL)
                .map(FailureText::of)
                .forEach(text -> out.println(text + System.lineSeparator()));
        printOpen(report);
        printTable(report);
        out.println();
        out.println(report.platform() + ", seed " + report.settings().seed() + mutant(report));
        report.environment().forEach((feature, lack) -> {
            if (!lack.isEmpty()) {
                out.println("The machine lacks " + feature + ": " + lack);
            }
        });
        out.println(report.backend().name() + ": " + report.verdict().text());
    }

    /**
     * What {@link #print} prints.
     *
     * @param report the run
     * @return lines
     */
    public static String text(Report report) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(text, false, StandardCharsets.UTF_8)) {
            new ConsoleReport(out, false).print(report);
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    private static String mutant(Report report) {
        String mutant = report.settings().mutant();
        return mutant == null ? "" : ", broken on purpose by the mutant " + mutant;
    }

    private void printOpen(Report report) {
        List<RuleResult> open = report.results().stream()
                .filter(result -> result.outcome() == Outcome.INCONCLUSIVE || result.outcome() == Outcome.WAIVED)
                .toList();
        open.forEach(result -> out.println(line(result)));
        if (!open.isEmpty()) {
            out.println();
        }
    }

    private void printTable(Report report) {
        Map<String, List<RuleResult>> areas = new LinkedHashMap<>();
        report.results()
                .forEach(result -> areas.computeIfAbsent(result.rule().area(), key -> new ArrayList<>())
                        .add(result));
        Map<Outcome, Integer> totals = report.counts();
        List<Outcome> columns = totals.keySet().stream()
                .filter(outcome -> outcome == Outcome.PASS || outcome == Outcome.FAIL || totals.get(outcome) > 0)
                .toList();
        StringBuilder head = new StringBuilder(String.format(Locale.ROOT, "%-6s", "area"));
        columns.forEach(outcome -> head.append("  ").append(outcome));
        out.println(head);
        areas.forEach((name, results) -> out.println(row(name, columns, Report.counts(results))));
        out.println(row("total", columns, totals));
    }

    private static String row(String name, List<Outcome> columns, Map<Outcome, Integer> counts) {
        StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-6s", name));
        for (Outcome outcome : columns) {
            int count = counts.get(outcome);
            row.append("  ")
                    .append(String.format(Locale.ROOT, "%" + outcome.name().length() + "s", count == 0 ? "." : count));
        }
        return row.toString();
    }

    private static String line(RuleResult result) {
        String detail = result.detail().lines().findFirst().orElse("");
        return String.format(
                Locale.ROOT,
                "%-14s %-20s %6d ms  %s%s",
                result.outcome(),
                result.name(),
                result.duration().toMillis(),
                result.rule().title(),
                detail.isEmpty() ? "" : ": " + detail);
    }

    private static char mark(Outcome outcome) {
        return switch (outcome) {
            case PASS -> '.';
            case FAIL -> 'F';
            case NOT_DECLARED, NOT_APPLICABLE -> '-';
            case ENV_LACKS -> 'e';
            case UNTESTABLE -> 'u';
            case INCONCLUSIVE -> '?';
            case WAIVED -> 'w';
        };
    }
}
