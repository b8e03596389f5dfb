package org.datagram4j.benchmarks.report;

import java.util.Locale;
import java.util.Optional;
import org.datagram4j.benchmarks.run.Contender;
import org.datagram4j.benchmarks.run.Workload;

/**
 * What should be so.
 *
 * @param text what is compared
 * @param kind how
 * @param limit the ratio, or bytes
 */
public record Target(
        String text,
        Kind kind,
        double limit,
        Workload workload,
        Contender contender,
        Workload otherWorkload,
        Contender other) {

    /** How something is judged. */
    public enum Kind {
        /** The first takes at most so many times the time of the other. */
        AT_MOST,
        /** The first takes at least so many times the time of the other. */
        AT_LEAST,
        /** The first allocates at most so many bytes for each operation. */
        BYTES
    }

    static Target atMost(
            String text, double most, Workload workload, Contender contender, Workload otherWorkload, Contender other) {
        return new Target(text, Kind.AT_MOST, most, workload, contender, otherWorkload, other);
    }

    static Target atLeast(
            String text,
            double least,
            Workload workload,
            Contender contender,
            Workload otherWorkload,
            Contender other) {
        return new Target(text, Kind.AT_LEAST, least, workload, contender, otherWorkload, other);
    }

    static Target bytes(String text, double most, Workload workload, Contender contender) {
        return new Target(text, Kind.BYTES, most, workload, contender, workload, contender);
    }

    /** What came of it; nothing if it was not measured. */
    public Optional<Spread> measured(Comparison comparison) {
        return kind == Kind.BYTES
                ? comparison.bytes(workload, contender)
                : comparison.ratio(workload, contender, otherWorkload, other);
    }

    /** What is wanted, in words. */
    public String wanted() {
        return switch (kind) {
            case AT_MOST -> "at most " + number();
            case AT_LEAST -> "at least " + number();
            case BYTES -> number() + " bytes";
        };
    }

    private String number() {
        return String.format(Locale.ROOT, kind == Kind.BYTES ? "%.0f" : "%.2f", limit);
    }

    /** Met or missed only if three quarters of the rounds say so, and nobody disturbed them. */
    public String verdict(Comparison comparison, Spread measured) {
        if (kind == Kind.BYTES) {
            // What is counted is exact; the compiler's own doings are not the loop's.
            return measured.median() < limit + 0.5 ? "met" : "missed";
        }
        boolean atMost = kind == Kind.AT_MOST;
        Optional<String> disturbed = comparison.disturbed(workload).or(() -> comparison.disturbed(otherWorkload));
        if (disturbed.isPresent()) {
            return "undecided: " + disturbed.get();
        }
        boolean met = atMost ? measured.high() <= limit : measured.low() >= limit;
        boolean missed = atMost ? measured.low() > limit : measured.high() < limit;
        return met ? "met" : missed ? "missed" : "undecided: the spread crosses it";
    }
}
