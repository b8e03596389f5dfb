package org.datagram4j.conformance.lab;

import org.datagram4j.conformance.catalogue.Outcome;
import org.opentest4j.TestAbortedException;

/** Ends a rule's test with an outcome that is neither PASS nor FAIL. */
public final class RuleSkip extends TestAbortedException {
    private static final long serialVersionUID = 1L;

    /** What came of the rule. */
    private final Outcome outcome;

    /**
     * Ends the test.
     *
     * @param outcome what came of it
     * @param reason why, in a sentence
     */
    public RuleSkip(Outcome outcome, String reason) {
        super(reason);
        this.outcome = outcome;
    }

    /**
     * What came of the rule.
     *
     * @return the outcome
     */
    public Outcome outcome() {
        return outcome;
    }
}
