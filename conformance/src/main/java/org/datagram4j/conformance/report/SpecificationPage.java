package org.datagram4j.conformance.report;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.datagram4j.Profile;
import org.datagram4j.conformance.catalogue.Catalogue;
import org.datagram4j.conformance.catalogue.RuleEntry;
import org.datagram4j.conformance.catalogue.RuleText;
import org.datagram4j.conformance.mutant.Mutant;

/** The rules as a page to read, generated from the catalogue. */
final class SpecificationPage {
    private final StringBuilder page = new StringBuilder();

    private SpecificationPage() {}

    static String text(Catalogue catalogue, List<Mutant> mutants) {
        SpecificationPage text = new SpecificationPage();
        text.head(catalogue, mutants);
        catalogue.areas().forEach((area, title) -> {
            List<RuleEntry> rules = catalogue.rules().stream()
                    .filter(rule -> rule.area().equals(area))
                    .toList();
            text.line("## " + area + ": " + title).line("");
            rules.forEach(rule -> text.rule(rule, mutants));
        });
        return text.page.toString();
    }

    private void head(Catalogue catalogue, List<Mutant> mutants) {
        line("# The rules").line("");
        line("What a backend has to do, rule by rule. Generated from the catalogue in the API module;")
                .line("`CONTRIBUTING.md` says how to generate it again.")
                .line("");
        line("A rule of level MUST ends conformance when it is broken; SHOULD only in a strict run; MAY never. Tier CORE")
                .line(
                        "is what every backend keeps, MIO what it takes beyond that to do all that mio does, EXTRA what goes")
                .line(
                        "beyond mio. A rule with capabilities binds the backends that declare them. Each variant of a rule is")
                .line("run and reported on its own; `-self` means that the backend talks to itself instead of to an")
                .line(
                        "independent peer. A mutant is a backend that was broken on purpose, which the rule has to notice.")
                .line("");
        line(catalogue.rules().size() + " rules, " + mutants.size() + " mutants.")
                .line("");
        line("| area | | rules |").line("| --- | --- | ---: |");
        catalogue.areas().forEach((area, title) -> {
            long count = catalogue.rules().stream()
                    .filter(rule -> rule.area().equals(area))
                    .count();
            String anchor = (area + "-" + title)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^a-z0-9 -]", "")
                    .replace(' ', '-');
            line("| [" + area + "](#" + anchor + ") | " + title + " | " + count + " |");
        });
        line("");
    }

    private void rule(RuleEntry rule, List<Mutant> mutants) {
        line("### " + rule.id()).line("");
        line("**" + rule.title() + "** (" + rule.level() + ", " + RuleText.tier(rule)
                        + (rule.kind() == RuleEntry.Kind.DETERMINISTIC
                                ? ""
                                : ", " + rule.kind().name().toLowerCase(Locale.ROOT))
                        + ")")
                .line("");
        line(rule.text()).line("");
        item("why", rule.intent());
        item("capabilities", code(rule.capabilities()));
        item(
                "profiles",
                rule.profiles().size() == Profile.values().length
                        ? ""
                        : rule.profiles().stream().map(Enum::name).collect(Collectors.joining(", ")));
        item("variants", code(rule.variants()));
        item("needs", code(rule.needs()));
        item("methods", code(rule.methods()));
        item("source", rule.source());
        item(
                rule.kind() == RuleEntry.Kind.UNTESTABLE ? "tested instead" : "if it fails, check",
                String.join("; ", rule.check()));
        item(
                "mutants",
                mutants.stream()
                        .filter(mutant -> mutant.rule().equals(rule.id()))
                        .map(mutant -> "`" + mutant.name() + "`: " + mutant.description())
                        .collect(Collectors.joining("; ")));
        line("");
    }

    private void item(String name, String value) {
        if (!value.isEmpty()) {
            line("- *" + name + "*: " + value);
        }
    }

    private static String code(Collection<?> values) {
        return values.stream().map(value -> "`" + value + "`").collect(Collectors.joining(", "));
    }

    private SpecificationPage line(String text) {
        page.append(text).append('\n');
        return this;
    }
}
