package org.datagram4j.conformance.run;

import java.util.Optional;
import org.datagram4j.conformance.catalogue.RuleEntry;
import org.datagram4j.conformance.report.RuleResult;

/** Remembers what was judged, so that another JVM can go on where a backend has ended one. */
public interface Memory {
    /** Remembers nothing. */
    Memory NONE = new Memory() {};

    /**
     * What came of a cell before.
     *
     * @param round which repetition, from 0
     * @param rule the rule
     * @param variant its variant
     * @return the result, or empty if the cell has to be run
     */
    default Optional<RuleResult> known(int round, RuleEntry rule, String variant) {
        return Optional.empty();
    }

    /**
     * A test begins.
     *
     * @param round which repetition, from 0
     * @param cell the name of rule and variant
     */
    default void begun(int round, String cell) {}

    /**
     * There is a result.
     *
     * @param round which repetition, from 0
     * @param result the result
     */
    default void ended(int round, RuleResult result) {}
}
