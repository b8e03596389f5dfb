package org.datagram4j.conformance.render;

import java.util.Map;
import java.util.stream.Collectors;
import org.datagram4j.conformance.report.Report;
import org.datagram4j.conformance.report.Standing;
import org.datagram4j.conformance.report.TierVerdict;
import org.datagram4j.conformance.report.Verdict;

/** A picture of the verdict, for a project's page. */
final class Badge {
    private static final String NAME = "datagram4j";
    private static final int HALF = 2;
    private static final int MARGIN = 8;
    // Wide enough for the widest common letters; the text is stretched or squeezed to fit exactly.
    private static final int LETTER = 7;

    private Badge() {}

    static String text(Report report) {
        String verdict = verdict(report);
        int left = width(NAME);
        int right = width(verdict);
        return Templates.fill(
                "badge",
                Map.of(
                        "name",
                        NAME,
                        "verdict",
                        verdict,
                        "colour",
                        colour(report.verdict().conclusion()),
                        "width",
                        left + right,
                        "left",
                        left,
                        "right",
                        right,
                        "leftMiddle",
                        left / HALF,
                        "rightMiddle",
                        left + right / HALF,
                        "leftText",
                        left - HALF * MARGIN,
                        "rightText",
                        right - HALF * MARGIN));
    }

    private static String verdict(Report report) {
        Verdict verdict = report.verdict();
        if (verdict.conclusion() != Verdict.Conclusion.CONFORMANT) {
            return Words.of(verdict.conclusion());
        }
        return "conformant: "
                + verdict.tiers().stream()
                        .filter(tier -> tier.standing() == Standing.REACHED)
                        .map(TierVerdict::tier)
                        .map(Enum::name)
                        .collect(Collectors.joining(" + "));
    }

    private static int width(String text) {
        return text.length() * LETTER + HALF * MARGIN;
    }

    private static String colour(Verdict.Conclusion conclusion) {
        return switch (Words.style(conclusion)) {
            case "pass" -> "#1a7f4b";
            case "fail" -> "#c62f3b";
            case "waived" -> "#7b3fb0";
            default -> "#96690a";
        };
    }
}
