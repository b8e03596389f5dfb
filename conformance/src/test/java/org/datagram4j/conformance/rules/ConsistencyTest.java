package org.datagram4j.conformance.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.datagram4j.Capability;
import org.datagram4j.conformance.catalogue.Catalogue;
import org.datagram4j.conformance.catalogue.MioMapping;
import org.datagram4j.conformance.catalogue.RuleEntry;
import org.datagram4j.conformance.lab.Environment;
import org.datagram4j.conformance.mutant.Mutant;
import org.datagram4j.conformance.mutant.Mutants;
import org.datagram4j.conformance.run.RuleRun;
import org.junit.jupiter.api.Test;

/** Catalogue, tests, mutants and mapping have to fit together. */
class ConsistencyTest {
    private static final Catalogue CATALOGUE = Catalogue.load();
    private static final Set<String> TESTED = RuleRun.tests(RuleClasses.all()).keySet();

    @Test
    void everyRuleIsTestedOrUntestable() {
        assertNone(
                "rules without a test",
                ids(rule -> rule.kind() != RuleEntry.Kind.UNTESTABLE && !TESTED.contains(rule.id())));
        assertNone(
                "untestable rules with a test",
                ids(rule -> rule.kind() == RuleEntry.Kind.UNTESTABLE && TESTED.contains(rule.id())));
    }

    @Test
    void everyTestIsOfAKnownRule() {
        assertNone(
                "tests of unknown rules",
                TESTED.stream().filter(id -> CATALOGUE.rule(id).isEmpty()));
    }

    @Test
    void everyRuleHasAMutant() {
        Set<String> proven = Mutants.all().stream().map(Mutant::rule).collect(Collectors.toSet());
        assertNone(
                "rules that nothing shows to fail",
                ids(rule -> rule.kind() != RuleEntry.Kind.UNTESTABLE && !proven.contains(rule.id())));
        assertNone(
                "mutants of unknown rules",
                Mutants.all().stream()
                        .filter(mutant -> CATALOGUE.rule(mutant.rule()).isEmpty())
                        .map(Mutant::toString));
    }

    @Test
    void mutantsHaveNamesOfTheirOwn() {
        Set<String> seen = new TreeSet<>();
        assertNone(
                "names of more than one mutant",
                Mutants.all().stream().map(Mutant::name).filter(name -> !seen.add(name)));
    }

    @Test
    void everyRowOfMioHasARule() {
        assertNone(
                "rows of mio.json without a rule",
                MioMapping.load().sections().stream()
                        .flatMap(section -> section.rows().stream())
                        .filter(row -> row.rules(CATALOGUE).isEmpty())
                        .map(MioMapping.Row::mio));
    }

    @Test
    void everyCapabilityHasARule() {
        assertNone(
                "capabilities without a rule",
                Stream.of(Capability.values())
                        .filter(capability -> CATALOGUE.rules().stream().noneMatch(rule -> names(rule, capability)))
                        .map(Enum::name));
    }

    // By what it needs, by a variant for those that lack it, or by asking less of those that lack it.
    private static boolean names(RuleEntry rule, Capability capability) {
        return rule.capabilities().contains(capability)
                || rule.variants().contains(capability.name())
                || rule.text().contains(capability.name());
    }

    @Test
    void rulesNeedOnlyWhatIsProbed() {
        assertNone("rules that need what nobody probes", ids(rule -> !Environment.FEATURES.containsAll(rule.needs())));
    }

    private static Stream<String> ids(Predicate<RuleEntry> condition) {
        return CATALOGUE.rules().stream().filter(condition).map(RuleEntry::id);
    }

    private static void assertNone(String what, Stream<String> found) {
        assertEquals(List.of(), found.toList(), what);
    }
}
