package org.datagram4j.conformance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.datagram4j.UdpBackend;
import org.datagram4j.conformance.catalogue.RuleEntry;
import org.datagram4j.conformance.report.ConsoleReport;
import org.datagram4j.conformance.report.FailureText;
import org.datagram4j.conformance.report.Report;
import org.datagram4j.conformance.report.ReportDirectory;
import org.datagram4j.conformance.report.RuleResult;
import org.datagram4j.conformance.report.Verdict;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Certifies a backend as a part of its own tests: extend it, and return the backend.
 *
 * <pre>{@code
 * class AcmeConformanceTest extends UdpBackendConformance {
 *     @Override
 *     protected UdpBackend backend() {
 *         return new AcmeBackend();
 *     }
 * }
 * }</pre>
 *
 * <p>All rules are run, in the same way as everywhere else; then each result is shown as a test. A broken rule fails,
 * unless it is only a SHOULD or MAY; that one, and what was not tested, is aborted, with the reason. The reports and
 * the claim are left in {@code target/certification}, in a directory that is called as the backend is.
 */
@ConsumerType
public abstract class UdpBackendConformance {
    private static final Path DIRECTORY = Path.of("target", "certification");

    /** For subclasses. */
    protected UdpBackendConformance() {}

    /**
     * The backend to certify. Called once.
     *
     * @return the backend
     */
    protected abstract UdpBackend backend();

    /**
     * Rules that may be broken, none unless this is overridden. A waiver is told by every report and by the verdict.
     *
     * @return ids of rules, each with the address of the issue that says why
     */
    protected Map<String, String> waivers() {
        return Map.of();
    }

    /**
     * Runs the certification, and shows what came of it.
     *
     * @return the areas with their rules, and the verdict
     * @throws IOException if the report cannot be written
     */
    @TestFactory
    public final Stream<DynamicNode> certification() throws IOException {
        Subject subject = Subject.of(backend());
        ReportDirectory directory =
                ReportDirectory.open(DIRECTORY).child(subject.identity().name());
        RunFiles.clear(directory);
        ConsoleReport console = new ConsoleReport(System.out, false);
        Certification.Request request =
                Certification.Request.of(subject.backend(), subject.identity()).withWaivers(waivers());
        Report report = Certification.prepare().run(request, console);
        console.print(report);
        RunFiles.write(report, subject, directory);
        DynamicTest verdict = DynamicTest.dynamicTest("verdict", () -> show(report.verdict()));
        return Stream.concat(areas(report), Stream.of(verdict));
    }

    private static Stream<DynamicNode> areas(Report report) {
        Map<String, List<DynamicNode>> areas = new LinkedHashMap<>();
        for (RuleResult result : report.results()) {
            String name = result.name() + " " + result.rule().title();
            areas.computeIfAbsent(result.rule().area(), area -> new ArrayList<>())
                    .add(DynamicTest.dynamicTest(name, () -> show(result)));
        }
        return areas.entrySet().stream().map(area -> DynamicContainer.dynamicContainer(area.getKey(), area.getValue()));
    }

    private static void show(RuleResult result) {
        switch (result.outcome()) {
            case PASS -> {
                // nothing to say
            }
            case FAIL -> {
                if (result.rule().level() == RuleEntry.Level.MUST) {
                    throw new AssertionError(FailureText.of(result));
                }
                throw new TestAbortedException(FailureText.of(result));
            }
            default -> throw new TestAbortedException(result.outcome() + ": " + result.detail());
        }
    }

    private static void show(Verdict verdict) {
        switch (verdict.conclusion()) {
            case CONFORMANT -> {
                // nothing to say
            }
            case NOT_CONFORMANT -> throw new AssertionError(verdict.text());
            default -> throw new TestAbortedException(verdict.text());
        }
    }
}
