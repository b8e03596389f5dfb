package org.datagram4j.conformance.run;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.datagram4j.conformance.catalogue.Outcome;
import org.datagram4j.conformance.catalogue.RuleEntry;
import org.datagram4j.conformance.lab.RuleSkip;
import org.datagram4j.conformance.report.RuleResult;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Turns what JUnit tells into results: each cell that was asked for has one in the end, whatever JUnit told. */
final class ResultListener implements TestExecutionListener {
    private record Cell(RuleEntry rule, String variant) {}

    private final Map<String, Cell> cells = new LinkedHashMap<>();
    private final Map<String, RuleResult> results = new HashMap<>();
    private final Map<String, Long> starts = new HashMap<>();
    private final Map<String, String> failedContainers = new LinkedHashMap<>();
    private final Consumer<RuleResult> finished;

    ResultListener(List<RuleEntry> rules, Consumer<RuleResult> finished) {
        this.finished = finished;
        for (RuleEntry rule : rules) {
            for (String variant : rule.variants()) {
                cells.put(RuleResult.name(rule, variant), new Cell(rule, variant));
            }
        }
    }

    /** A rule that no test can show. */
    void untestable(RuleEntry rule) {
        for (String variant : rule.variants()) {
            add(rule, variant, Outcome.UNTESTABLE, Duration.ZERO, String.join("; ", rule.check()), false);
        }
    }

    /** A rule that the kit cannot run. */
    void missing(RuleEntry rule, String reason) {
        for (String variant : rule.variants()) {
            add(rule, variant, Outcome.FAIL, Duration.ZERO, "was not run: " + reason, true);
        }
    }

    /** JUnit itself gave up. */
    void stopped(Throwable thrown) {
        failedContainers.put("", String.valueOf(thrown));
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        starts.put(test.getUniqueId(), System.nanoTime());
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        failedContainers.put(rule(test), "JUnit skipped it: " + reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        Cell cell = cells.get(test.getDisplayName());
        Throwable thrown = result.getThrowable().orElse(null);
        if (!test.isTest() || cell == null) {
            if (thrown != null) {
                failedContainers.putIfAbsent(rule(test), String.valueOf(thrown));
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
        List<RuleResult> ordered = new ArrayList<>();
        cells.forEach((name, cell) -> {
            if (!results.containsKey(name)) {
                String reason = failedContainers.getOrDefault(
                        cell.rule.id(), failedContainers.getOrDefault("", "JUnit reported nothing"));
                add(cell.rule, cell.variant, Outcome.FAIL, Duration.ZERO, "was not run: " + reason, true);
            }
            ordered.add(results.get(name));
        });
        return ordered;
    }

    private void add(RuleEntry rule, String variant, Outcome outcome, Duration duration, String detail, boolean crash) {
        RuleResult result = new RuleResult(rule, variant, outcome, duration, detail, crash);
        results.put(result.name(), result);
        finished.accept(result);
    }

    // The rule of a container, or "" for a class or the whole run.
    private static String rule(TestIdentifier test) {
        return test.getSource()
                .filter(MethodSource.class::isInstance)
                .map(source -> ((MethodSource) source).getJavaMethod())
                .map(ResultListener::rule)
                .orElse("");
    }

    private static String rule(Method method) {
        Rule rule = method.getAnnotation(Rule.class);
        return rule == null ? "" : rule.value();
    }
}
