package org.datagram4j.conformance.report;

import org.datagram4j.conformance.catalogue.RuleEntry;

/** How a broken rule is told: which, what it demands, what was seen, and what to look at. */
public final class FailureText {
    private static final String INDENT = "\n          ";

    private FailureText() {}

    /**
     * The text for a result.
     *
     * @param result one that failed
     * @return some lines
     */
    public static String of(RuleResult result) {
        String text = of(result.rule(), result.variant(), result.detail(), result.crash());
        RuleResult.Tries tries = result.tries();
        return tries == null
                ? text
                : text + "\n  again:  --rules " + result.name() + " --seed " + tries.seed() + " (it tried "
                        + tries.count() + " times; --repeat N tries N times as often)";
    }

    /**
     * The text for a failure.
     *
     * @param rule the rule
     * @param variant the variant in which it is broken
     * @param detail what was expected and what was seen
     * @param crash whether the test stumbled, rather than the backend
     * @return some lines
     */
    public static String of(RuleEntry rule, String variant, String detail, boolean crash) {
        StringBuilder text = new StringBuilder()
                .append(RuleResult.name(rule, variant))
                .append(crash ? " crashed: " : " is broken: ")
                .append(rule.title())
                .append("\n  rule:   ")
                .append(rule.text())
                .append("\n  seen:   ")
                .append(detail.strip().replace("\n", INDENT));
        for (String check : rule.check()) {
            text.append("\n  check:  ").append(check);
        }
        if (crash) {
            text.append(
                    "\n  check:  the test itself stumbled: if the backend is not to blame, it is a defect of the kit");
        }
        return text.append("\n  source: ")
                .append(rule.source())
                .append("\n  see:    ")
                .append(rule.anchor())
                .toString();
    }
}
