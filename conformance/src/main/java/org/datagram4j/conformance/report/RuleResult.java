package org.datagram4j.conformance.report;

import java.time.Duration;
import org.datagram4j.conformance.catalogue.Outcome;
import org.datagram4j.conformance.catalogue.RuleEntry;

/**
 * What came of one rule in one variant.
 *
 * @param rule the rule
 * @param variant the cell of its matrix
 * @param outcome what came of it
 * @param duration how long its test took
 * @param detail for FAIL what was expected and seen, otherwise the reason; empty for PASS
 * @param crash whether the test itself stumbled, which counts as a failure and is a defect to report
 */
public record RuleResult(
        RuleEntry rule, String variant, Outcome outcome, Duration duration, String detail, boolean crash) {
    /**
     * The name of the cell.
     *
     * @return rule id and variant, such as {@code UDP-RECV-01/v4}
     */
    public String name() {
        return name(rule, variant);
    }

    /**
     * The name of a cell.
     *
     * @param rule the rule
     * @param variant the variant
     * @return rule id and variant, such as {@code UDP-RECV-01/v4}
     */
    public static String name(RuleEntry rule, String variant) {
        return rule.id() + "/" + variant;
    }

    /**
     * Of two results of the same cell, the one to report: a failure, else what could not be decided, else the first.
     *
     * @param other from another round
     * @return the worse one, with the time of both
     */
    public RuleResult worse(RuleResult other) {
        RuleResult worse = badness(other) > badness(this) ? other : this;
        return new RuleResult(rule, variant, worse.outcome, duration.plus(other.duration), worse.detail, worse.crash);
    }

    private static int badness(RuleResult result) {
        return switch (result.outcome) {
            case FAIL -> 2;
            case INCONCLUSIVE -> 1;
            default -> 0;
        };
    }
}
