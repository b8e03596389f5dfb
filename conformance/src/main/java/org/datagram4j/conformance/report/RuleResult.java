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
 * @param tries for a stochastic rule how it tried, otherwise null
 */
public record RuleResult(
        RuleEntry rule, String variant, Outcome outcome, Duration duration, String detail, boolean crash, Tries tries) {
    /**
     * How a stochastic rule tried its luck.
     *
     * @param seed the seed of the run in which it did so for the first time, or in which it failed: the seed repeats
     *     what the rule draws at random, though not what threads make of it
     * @param count how often it tried, over all runs
     */
    public record Tries(long seed, long count) {
        private Tries and(Tries other) {
            return other == null ? this : new Tries(seed, count + other.count);
        }
    }

    private static final int MOST = 8_192;

    /**
     * Makes sure that what a backend says fits into every report: well-formed, and not without end.
     *
     * @param rule see the record
     * @param variant see the record
     * @param outcome see the record
     * @param duration see the record
     * @param detail see the record
     * @param crash see the record
     * @param tries see the record
     */
    public RuleResult {
        detail = WellFormed.text(detail, MOST);
    }

    /**
     * The result of a rule that is the same every time.
     *
     * @param rule see the record
     * @param variant see the record
     * @param outcome see the record
     * @param duration see the record
     * @param detail see the record
     * @param crash see the record
     */
    public RuleResult(
            RuleEntry rule, String variant, Outcome outcome, Duration duration, String detail, boolean crash) {
        this(rule, variant, outcome, duration, detail, crash, null);
    }

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
        RuleResult better = worse == this ? other : this;
        return new RuleResult(
                rule,
                variant,
                worse.outcome,
                duration.plus(other.duration),
                worse.detail,
                worse.crash,
                worse.tries == null ? better.tries : worse.tries.and(better.tries));
    }

    /**
     * The result if the rule may be broken: a failure becomes a waiver that says so, anything else stays.
     *
     * @param issue the address of the issue that says why
     * @return a changed copy, or this
     */
    public RuleResult waived(String issue) {
        return outcome == Outcome.FAIL
                ? new RuleResult(
                        rule, variant, Outcome.WAIVED, duration, "waived: " + issue + "\n" + detail, false, tries)
                : this;
    }

    private static int badness(RuleResult result) {
        return switch (result.outcome) {
            case FAIL -> 2;
            case INCONCLUSIVE -> 1;
            default -> 0;
        };
    }
}
