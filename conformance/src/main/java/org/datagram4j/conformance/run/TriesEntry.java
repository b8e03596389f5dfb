package org.datagram4j.conformance.run;

import java.util.Map;
import org.datagram4j.conformance.report.RuleResult;

/** How a test tells, through JUnit, with which seed it tried how often. */
final class TriesEntry {
    private static final String SEED = "datagram4j.seed";
    private static final String COUNT = "datagram4j.tries";

    private TriesEntry() {}

    static Map<String, String> of(long seed, long count) {
        return Map.of(SEED, Long.toString(seed), COUNT, Long.toString(count));
    }

    static RuleResult.Tries read(Map<String, String> entry) {
        return new RuleResult.Tries(Long.parseLong(entry.get(SEED)), Long.parseLong(entry.get(COUNT)));
    }
}
