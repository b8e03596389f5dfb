package org.datagram4j.conformance.run;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.datagram4j.conformance.catalogue.Outcome;
import org.datagram4j.conformance.catalogue.RuleEntry;
import org.datagram4j.conformance.lab.RuleSkip;
import org.datagram4j.conformance.report.RuleResult;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Turns what JUnit tells into results: each cell that was asked for has one in the end, whatever JUnit told. */
final class ResultListener implements TestExecutionListener {
    private record Cell(RuleEntry rule, String variant) {}

    private static final int MOST_DETAIL = 4_000;

    private final Map<String, Cell> cells = new LinkedHashMap<>();
    private final Map<String, RuleResult> results = new HashMap<>();
    private final Map<String, Long> starts = new HashMap<>();
    private final Map<String, RuleResult.Tries> tries = new HashMap<>();
    private final Queue<String> untold = new ArrayDeque<>();
    private String reason = "JUnit reported nothing";
    private final RunContext context;
    private final Consumer<RuleResult> finished;

    ResultListener(RunContext context, Consumer<RuleResult> finished) {
        this.context = context;
        this.finished = finished;
        for (RuleEntry rule : context.rules().values()) {
            for (String variant : rule.variants()) {
                cells.put(RuleResult.name(rule, variant), new Cell(rule, variant));
            }
        }
        untold.addAll(cells.keySet());
    }

    /** Whether a cell was judged before; then its result is there. */
    boolean remembers(RuleEntry rule, String variant) {
        Optional<RuleResult> known = context.memory().known(context.round(), rule, variant);
        known.ifPresent(this::add);
        return known.isPresent();
    }

    /** A rule that no test can show. */
    void untestable(RuleEntry rule) {
        String detail = rule.check().isEmpty() ? rule.text() : String.join("; ", rule.check());
        for (String variant : rule.variants()) {
            add(rule, variant, Outcome.UNTESTABLE, Duration.ZERO, detail, false);
        }
    }

    /** A rule that did not run, in the variants that have no result yet. */
    void missing(RuleEntry rule, String reason) {
        for (String variant : rule.variants()) {
            if (!results.containsKey(RuleResult.name(rule, variant))) {
                add(rule, variant, Outcome.FAIL, Duration.ZERO, "was not run: " + reason, true);
            }
        }
    }

    /** JUnit itself gave up. */
    void stopped(Throwable thrown) {
        reason = thrown.toString();
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        starts.put(test.getUniqueId(), System.nanoTime());
    }

    @Override
    public void executionSkipped(TestIdentifier test, String why) {
        ended(test, "JUnit skipped it: " + why);
    }

    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
        tries.put(test.getDisplayName(), TriesEntry.read(entry.getKeyValuePairs()));
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        Cell cell = cells.get(test.getDisplayName());
        Throwable thrown = result.getThrowable().orElse(null);
        if (!test.isTest() || cell == null) {
            if (thrown != null) {
                ended(test, thrown.toString());
            }
            return;
        }
        Duration duration =
                Duration.ofNanos(System.nanoTime() - starts.getOrDefault(test.getUniqueId(), System.nanoTime()));
        if (thrown == null) {
            add(cell.rule, cell.variant, Outcome.PASS, duration, "", false);
        } else if (thrown instanceof RuleSkip skip) {
            add(cell.rule, cell.variant, skip.outcome(), duration, skip.getMessage(), false);
        } else if (thrown instanceof RuleViolation violation) {
            add(cell.rule, cell.variant, Outcome.FAIL, duration, violation.detail(), violation.crash());
        } else {
            add(cell.rule, cell.variant, Outcome.FAIL, duration, "unexpected " + thrown, true);
        }
    }

    /** All results, in the order asked for. */
    List<RuleResult> results() {
        cells.values().forEach(cell -> missing(cell.rule, reason));
        return cells.keySet().stream().map(results::get).toList();
    }

    private void add(RuleEntry rule, String variant, Outcome outcome, Duration duration, String detail, boolean crash) {
        RuleResult result = new RuleResult(
                rule, variant, outcome, duration, shortened(detail), crash, tries.get(RuleResult.name(rule, variant)));
        context.memory().ended(context.round(), result);
        add(result);
    }

    private void add(RuleResult result) {
        results.put(result.name(), result);
        // Told in the order asked for, so what needed no run waits for what comes before it.
        while (!untold.isEmpty() && results.containsKey(untold.peek())) {
            finished.accept(results.get(untold.remove()));
        }
    }

    // A backend may put anything into its messages.
    private static String shortened(String detail) {
        return detail.length() <= MOST_DETAIL
                ? detail
                : detail.substring(0, MOST_DETAIL) + "... (" + detail.length() + " characters)";
    }

    // A method, a class or the whole run ended without having run what is in it.
    private void ended(TestIdentifier test, String why) {
        String id = test.getSource()
                .filter(MethodSource.class::isInstance)
                .map(source -> rule(((MethodSource) source).getJavaMethod()))
                .orElse("");
        List<RuleEntry> rules = cells.values().stream()
                .map(Cell::rule)
                .filter(rule -> rule.id().equals(id))
                .toList();
        if (rules.isEmpty()) {
            reason = why;
        } else {
            missing(rules.get(0), why);
        }
    }

    private static String rule(Method method) {
        Rule rule = method.getAnnotation(Rule.class);
        return rule == null ? "" : rule.value();
    }
}
