package org.datagram4j.conformance.run;

import org.datagram4j.conformance.catalogue.RuleEntry;
import org.datagram4j.conformance.report.FailureText;

/** A rule was broken: says which, what it demands, what was seen, and what to look at. */
final class RuleViolation extends AssertionError {
    private static final long serialVersionUID = 1L;

    /** Whether the kit itself stumbled, rather than the backend. */
    private final boolean crash;

    /** What was expected and what was seen. */
    private final String detail;

    RuleViolation(RuleEntry rule, String variant, String detail, Throwable cause, boolean crash) {
        super(FailureText.of(rule, variant, detail, crash), cause);
        this.detail = detail;
        this.crash = crash;
    }

    /** What was expected and what was seen, in a line or a few. */
    String detail() {
        return detail;
    }

    /** Whether the test crashed instead of failing: a defect of the kit. */
    boolean crash() {
        return crash;
    }
}
