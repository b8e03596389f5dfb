package org.datagram4j.conformance.run;

import org.datagram4j.conformance.catalogue.RuleEntry;

/** A rule was broken: says which, what it demands, what was seen, and what to look at. */
public final class RuleViolation extends AssertionError {
    private static final long serialVersionUID = 1L;

    /** Whether the kit itself stumbled, rather than the backend. */
    private final boolean crash;

    /** What was expected and what was seen. */
    private final String detail;

    RuleViolation(RuleEntry rule, String variant, String detail, Throwable cause, boolean crash) {
        super(message(rule, variant, detail), cause);
        this.detail = detail;
        this.crash = crash;
    }

    /**
     * What was expected and what was seen.
     *
     * @return a line or a few
     */
    public String detail() {
        return detail;
    }

    /**
     * Whether the test crashed instead of failing: a defect of the kit.
     *
     * @return true if so
     */
    public boolean crash() {
        return crash;
    }

    private static String message(RuleEntry rule, String variant, String detail) {
        StringBuilder text = new StringBuilder()
                .append(rule.id())
                .append('/')
                .append(variant)
                .append(" is broken: ")
                .append(rule.title())
                .append("\n  rule:   ")
                .append(rule.text())
                .append("\n  seen:   ")
                .append(detail);
        for (String check : rule.check()) {
            text.append("\n  check:  ").append(check);
        }
        return text.append("\n  source: ").append(rule.source()).toString();
    }
}
