package org.datagram4j.conformance.render;

import java.util.Map;
import org.datagram4j.conformance.catalogue.Outcome;
import org.datagram4j.conformance.report.FailureText;
import org.datagram4j.conformance.report.Report;
import org.datagram4j.conformance.report.RuleResult;

/**
 * The results as continuous integration servers read them: the XML that JUnit runs leave. A rule that was not tested is
 * skipped, with the outcome and the reason, and a test that stumbled is an error. Without names of users and machines.
 */
final class JunitXml {
    private JunitXml() {}

    static String text(Report report) {
        Map<Outcome, Integer> counts = report.counts();
        long crashes = report.results().stream().filter(RuleResult::crash).count();
        long millis = report.results().stream()
                .mapToLong(result -> result.duration().toMillis())
                .sum();
        int all = report.results().size();
        XmlFile xml = new XmlFile();
        xml.open(
                "testsuite",
                "name",
                "datagram4j." + report.backend().name(),
                "tests",
                String.valueOf(all),
                "failures",
                String.valueOf(counts.get(Outcome.FAIL) - crashes),
                "errors",
                String.valueOf(crashes),
                "skipped",
                String.valueOf(all - counts.get(Outcome.PASS) - counts.get(Outcome.FAIL)),
                "time",
                XmlFile.seconds(millis),
                "timestamp",
                report.settings().started().toString());
        report.results().forEach(result -> test(xml, report.backend().name(), result));
        return xml.close().end();
    }

    private static void test(XmlFile xml, String backend, RuleResult result) {
        xml.open(
                "testcase",
                "classname",
                "datagram4j." + backend + "." + result.rule().area(),
                "name",
                result.name() + " " + result.rule().title(),
                "time",
                XmlFile.seconds(result.duration().toMillis()));
        if (result.outcome() == Outcome.FAIL) {
            xml.open(
                            result.crash() ? "error" : "failure",
                            "message",
                            result.detail().lines().findFirst().orElse(""),
                            "type",
                            result.rule().level().name())
                    .text(FailureText.of(result))
                    .close();
        } else if (result.outcome() != Outcome.PASS) {
            xml.open("skipped", "message", result.outcome() + ": " + result.detail())
                    .close();
        }
        xml.close();
    }
}
