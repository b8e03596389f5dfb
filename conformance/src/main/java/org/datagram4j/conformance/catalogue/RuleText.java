package org.datagram4j.conformance.catalogue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.datagram4j.Profile;
import org.datagram4j.conformance.catalogue.RuleEntry.Tier;

/** All that the catalogue says about a rule, for a console. */
public final class RuleText {
    private static final int WIDTH = 100;
    private static final String INDENT = "  ";

    private final List<String> lines = new ArrayList<>();

    private RuleText() {}

    /**
     * What follows the rule's id and title.
     *
     * @param rule the rule
     * @return lines of a hundred characters at most, as far as words permit
     */
    public static List<String> lines(RuleEntry rule) {
        RuleText text = new RuleText();
        text.lines.add(rule.level() + ", tier " + tier(rule) + ", "
                + rule.kind().name().toLowerCase(Locale.ROOT));
        text.section("Rule", rule.text());
        text.section("Why", rule.intent());
        text.section("Source", rule.source());
        text.section("Applies", applies(rule));
        text.section("Run in", String.join(", ", rule.variants()));
        text.section("Needs of the machine", joined(rule.needs()));
        text.section("Methods", joined(rule.methods()));
        text.section(
                "If it fails, check",
                rule.check().stream().map(hint -> "- " + hint).collect(Collectors.joining("\n")));
        return List.copyOf(text.lines);
    }

    /**
     * The tier of a rule, in words.
     *
     * @param rule the rule
     * @return such as {@code MIO, EXTRA in the profile WINDOWS}
     */
    public static String tier(RuleEntry rule) {
        return rule.tier()
                + (rule.extraOn().isEmpty() ? "" : ", " + Tier.EXTRA + " in the profile " + joined(rule.extraOn()));
    }

    private static String applies(RuleEntry rule) {
        String backends = rule.capabilities().isEmpty()
                ? "to every backend"
                : "to backends that declare " + joined(rule.capabilities());
        return rule.profiles().size() == Profile.values().length
                ? backends
                : backends + ", profile " + joined(rule.profiles());
    }

    private static String joined(Collection<?> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private void section(String title, String text) {
        if (text.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(title);
        text.lines().forEach(this::wrapped);
    }

    private void wrapped(String text) {
        StringBuilder line = new StringBuilder(INDENT);
        for (String word : text.split(" ")) {
            if (line.length() + word.length() > WIDTH) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(INDENT);
            }
            line.append(word).append(' ');
        }
        lines.add(line.toString().stripTrailing());
    }
}
