package org.datagram4j.conformance;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.datagram4j.Capability;
import org.datagram4j.UdpBackend;
import org.datagram4j.conformance.catalogue.Catalogue;
import org.datagram4j.conformance.catalogue.Outcome;
import org.datagram4j.conformance.mutant.Mutant;
import org.datagram4j.conformance.mutant.Mutants;
import org.datagram4j.conformance.report.FailureText;
import org.datagram4j.conformance.report.MutantMatrix;
import org.datagram4j.conformance.report.Progress;
import org.datagram4j.conformance.report.Report;
import org.datagram4j.conformance.report.ReportDirectory;
import org.datagram4j.conformance.report.RuleResult;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Shows that the rules can fail: breaks a backend that keeps them in every way that the kit knows, and requires that the
 * rule in question notices. Extend it, and return a backend that works. What that backend does not declare is aborted,
 * because it takes another backend to prove it.
 *
 * <p>The matrix of mutants and rules is left in {@code target/mutants.json}, and to read in {@code target/mutants.md}.
 */
@ConsumerType
public abstract class MutantsKilled {
    private static final Path DIRECTORY = Path.of("target");

    /** For subclasses. */
    protected MutantsKilled() {}

    /**
     * The backend to break. Called once.
     *
     * @return a backend that keeps all rules
     */
    protected abstract UdpBackend backend();

    /**
     * Whether a rule is to be proven with this backend.
     *
     * @param needed the capabilities that the rule is about, perhaps none
     * @return true, unless overridden by who proves only what weaker backends cannot
     */
    protected boolean proves(Set<Capability> needed) {
        return true;
    }

    /**
     * Whether every mutant has to be noticed, or one for each rule. A mutant that declares what it lacks is no mutant where
     * the backend has it.
     *
     * @return true, unless overridden
     */
    protected boolean everyMutant() {
        return true;
    }

    /**
     * How long one rule may take with a broken backend.
     *
     * @return 3 seconds, unless overridden
     */
    protected Duration limit() {
        return Duration.ofSeconds(3);
    }

    /**
     * How long one wait inside a rule may take with a broken backend.
     *
     * @return 400 milliseconds: what comes at all comes at once, unless overridden
     */
    protected Duration patience() {
        return Duration.ofMillis(400);
    }

    /**
     * Runs each mutant's rule with and without it.
     *
     * @return a test for each mutant
     * @throws IOException if the matrix cannot be written
     */
    @TestFactory
    public final Stream<DynamicTest> mutants() throws IOException {
        Subject subject = Subject.of(backend());
        Certification certification = Certification.prepare();
        Certification.Request request = Certification.Request.of(subject.backend(), subject.identity());
        List<Mutant> mutants = mutants(Catalogue.load());
        Map<String, List<RuleResult>> unbroken = unbroken(certification, request, mutants);
        List<MutantMatrix.Row> rows = mutants.stream()
                .map(mutant -> row(certification, request.withTimes(limit(), patience()), mutant, unbroken))
                .toList();
        ReportDirectory directory = ReportDirectory.open(DIRECTORY);
        directory.write(MutantMatrix.FILE, MutantMatrix.text(rows));
        directory.write(MutantMatrix.PAGE, MutantMatrix.page(rows));
        return (everyMutant() ? rows : sharpest(rows))
                .stream().map(row -> DynamicTest.dynamicTest(row.mutant() + " (" + row.rule() + ")", () -> show(row)));
    }

    private List<Mutant> mutants(Catalogue catalogue) {
        return Mutants.all().stream()
                .filter(mutant ->
                        proves(catalogue.rule(mutant.rule()).orElseThrow().capabilities()))
                .toList();
    }

    private static List<MutantMatrix.Row> sharpest(List<MutantMatrix.Row> rows) {
        Map<String, MutantMatrix.Row> best = new LinkedHashMap<>();
        for (MutantMatrix.Row row : rows) {
            best.merge(row.rule(), row, (one, other) -> other.fate().compareTo(one.fate()) < 0 ? other : one);
        }
        return List.copyOf(best.values());
    }

    private static Map<String, List<RuleResult>> unbroken(
            Certification certification, Certification.Request request, List<Mutant> mutants) {
        List<String> rules = mutants.stream().map(Mutant::rule).distinct().toList();
        return certification.run(request.withRules(rules), Progress.NONE).results().stream()
                .collect(Collectors.groupingBy(result -> result.rule().id()));
    }

    // One variant after the other, until one notices: the first is enough, and a broken backend makes rules slow.
    private static MutantMatrix.Row row(
            Certification certification,
            Certification.Request request,
            Mutant mutant,
            Map<String, List<RuleResult>> unbroken) {
        List<RuleResult> without = unbroken.get(mutant.rule());
        for (RuleResult result : without) {
            if (result.outcome() == Outcome.FAIL) {
                return new MutantMatrix.Row(
                        mutant.name(),
                        mutant.rule(),
                        MutantMatrix.Fate.BROKEN_BEFORE,
                        FailureText.of(result),
                        result.duration());
            }
        }
        MutantMatrix.Row best = null;
        for (RuleResult cell : without) {
            Report report = certification.run(
                    request.withRules(List.of(cell.name()))
                            .withMutant(mutant.name(), mutant.breaks().apply(request.backend())),
                    Progress.NONE);
            RuleResult result = report.results().get(0);
            Duration spent = best == null ? Duration.ZERO : best.duration();
            Duration duration = spent.plus(result.duration());
            if (best == null || fate(result).compareTo(best.fate()) < 0) {
                best = new MutantMatrix.Row(mutant.name(), mutant.rule(), fate(result), message(result), duration);
            } else {
                best = new MutantMatrix.Row(mutant.name(), mutant.rule(), best.fate(), best.message(), duration);
            }
            if (best.fate() == MutantMatrix.Fate.KILLED) {
                break;
            }
        }
        return best;
    }

    private static MutantMatrix.Fate fate(RuleResult result) {
        return switch (result.outcome()) {
            case FAIL -> result.crash() ? MutantMatrix.Fate.CRASHED : MutantMatrix.Fate.KILLED;
            case PASS, INCONCLUSIVE, WAIVED -> MutantMatrix.Fate.SURVIVED;
            case NOT_DECLARED, NOT_APPLICABLE, ENV_LACKS, UNTESTABLE -> MutantMatrix.Fate.NOT_TESTED;
        };
    }

    private static String message(RuleResult result) {
        return result.outcome() == Outcome.FAIL
                ? FailureText.of(result)
                : result.name() + ": " + result.outcome() + (result.detail().isEmpty() ? "" : ": " + result.detail());
    }

    private static void show(MutantMatrix.Row row) {
        switch (row.fate()) {
            case KILLED -> {
                if (!row.message().contains(row.rule())) {
                    throw new AssertionError("the message does not name the rule: " + row.message());
                }
            }
            case NOT_TESTED -> throw new TestAbortedException(row.message());
            default ->
                throw new AssertionError(row.fate() + ": " + row.mutant() + " (" + row.rule() + "): " + row.message());
        }
    }
}
