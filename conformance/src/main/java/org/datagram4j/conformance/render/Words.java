package org.datagram4j.conformance.render;

import java.util.Locale;
import org.datagram4j.conformance.catalogue.Outcome;
import org.datagram4j.conformance.report.Standing;
import org.datagram4j.conformance.report.Verdict;

/** How the vocabulary is worded for people, and the classes of the style sheet that colour it. */
final class Words {
    private Words() {}

    static String of(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static String headline(Verdict.Conclusion conclusion) {
        return switch (conclusion) {
            case CONFORMANT -> "Conformant";
            case CONFORMANT_WITH_WAIVERS -> "Conformant with waivers";
            case NOT_CONFORMANT -> "Not conformant";
            case INCONCLUSIVE -> "Inconclusive";
            case PARTIAL -> "Partial run: no verdict";
        };
    }

    static String style(Verdict.Conclusion conclusion) {
        return switch (conclusion) {
            case CONFORMANT -> "pass";
            case CONFORMANT_WITH_WAIVERS -> "waived";
            case NOT_CONFORMANT -> "fail";
            case INCONCLUSIVE, PARTIAL -> "open";
        };
    }

    static String style(Standing standing) {
        return switch (standing) {
            case REACHED -> "pass";
            case WAIVED -> "waived";
            case FAILED -> "fail";
            case INCONCLUSIVE, PARTIAL -> "open";
            case NOT_REACHED -> "none";
        };
    }

    static String style(Outcome outcome) {
        return switch (outcome) {
            case PASS -> "pass";
            case FAIL -> "fail";
            case INCONCLUSIVE, ENV_LACKS -> "open";
            case WAIVED -> "waived";
            case NOT_DECLARED, NOT_APPLICABLE, UNTESTABLE -> "none";
        };
    }
}
