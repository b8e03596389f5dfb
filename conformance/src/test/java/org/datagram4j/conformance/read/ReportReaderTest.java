package org.datagram4j.conformance.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.datagram4j.conformance.catalogue.Catalogue;
import org.datagram4j.conformance.render.Reports;
import org.datagram4j.conformance.render.Samples;
import org.datagram4j.conformance.report.JsonReport;
import org.datagram4j.conformance.report.Report;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ReportReaderTest {
    private static final Catalogue CATALOGUE = Catalogue.load();
    private static final String GOOD = JsonReport.text(Samples.passing());

    /** Every other file can be made again of what was read. */
    @TestFactory
    Stream<DynamicTest> whatIsReadIsWhatWasWritten() {
        return Stream.of(Samples.passing(), Samples.failing(20), Samples.hostile(), Samples.waived())
                .map(report -> DynamicTest.dynamicTest(report.verdict().text(), () -> {
                    Report read = ReportReader.read(JsonReport.text(report), CATALOGUE);
                    assertEquals(Reports.texts(report), Reports.texts(read));
                    ReportReader.requireComplete(read, CATALOGUE);
                }));
    }

    @TestFactory
    Stream<DynamicTest> whatCannotBeReadIsSaidInOneLine() {
        return Stream.of(
                unusable("truncated", GOOD.substring(0, GOOD.lastIndexOf("}") - 1), "is truncated"),
                unusable(
                        "truncated in a text",
                        GOOD.substring(0, GOOD.lastIndexOf("rash")),
                        "is not JSON: Unterminated"),
                unusable("empty", "", "is truncated"),
                unusable("not JSON", "PK\u0003\u0004", "is not JSON"),
                unusable("an array", "[]", "is not a JSON object"),
                unusable("more", GOOD + "{}", "is not JSON"),
                unusable("deep", "[".repeat(100_000), "is not JSON"),
                unusable("a name twice", "{\"schema\": 1, \"schema\": 2}", "\"schema\" is there twice"),
                unusable("a huge number", "{\"schema\": 1e999999999}", "\"schema\" is not a whole number"),
                unusable("many digits", "{\"schema\": " + "9".repeat(100_000) + "}", "is not JSON: broken at line 1"),
                unusable("another schema", GOOD.replaceFirst("\"schema\": 1", "\"schema\": 7"), "schema version 7"),
                unusable("no schema", "{}", "lacks \"schema\""),
                unusable("a wrong type", GOOD.replaceFirst("\"strict\": false", "\"strict\": \"no\""), "neither true"),
                unusable("a wrong name", GOOD.replaceFirst("\"UNIX\"", "\"PLAN9\\\\u001b[2J\""), "names no Profile"),
                unusable("a wrong time", GOOD.replaceFirst("2026-05-04T", "yesterday "), "is not a time"));
    }

    @TestFactory
    Stream<DynamicTest> whatIsNotSoIsSaidInOneLine() {
        String failed = JsonReport.text(Samples.failing(1));
        String result = GOOD.substring(GOOD.indexOf("    {\n      \"id\": \"UDP-BIND-01\""));
        String first = result.substring(0, result.indexOf("    },\n") + "    },\n".length());
        return Stream.of(
                untrue(
                        "an edited outcome",
                        failed.replaceFirst("\"outcome\": \"FAIL\"", "\"outcome\": \"INCONCLUSIVE\""),
                        "times"),
                untrue("a doubled rule", GOOD.replace(first, first + first), "UDP-BIND-01/v4 is there twice"),
                untrue("an unknown rule", GOOD.replaceFirst("UDP-BIND-01", "UDP-BIND-98"), "there is no such rule"),
                untrue("another title", GOOD.replaceFirst("Port 0 gets", "Port 0 may get"), "otherwise than the kit"),
                untrue("another kit", GOOD.replaceFirst("\"kit\": \"", "\"kit\": \"9"), "made by another kit"),
                untrue(
                        "a hidden waiver",
                        JsonReport.text(Samples.waived()).replaceFirst("\"waivers\": \\{[^}]*}", "\"waivers\": {}"),
                        "a waiver is hidden: UDP-RECV-01"),
                untrue(
                        "another verdict",
                        GOOD.replaceFirst("CORE; MIO not reached", "CORE and MIO"),
                        "does not follow"),
                untrue(
                        "a failure excused",
                        failed.replaceFirst("\"outcome\": \"FAIL\"", "\"outcome\": \"UNTESTABLE\""),
                        "but the kit does test it"),
                untrue(
                        "a failure that passed",
                        failed.replaceFirst("\"outcome\": \"FAIL\"", "\"outcome\": \"PASS\""),
                        "has a reason why not"),
                untrue("a standing", GOOD.replaceFirst("\"NOT_REACHED\"", "\"REACHED\""), "not as the kit writes it"),
                untrue(
                        "a pass of what the machine cannot test",
                        GOOD.replaceFirst(
                                "\"ENV_LACKS\",(\\s*\"durationMillis\": [0-9]+,\\s*\"detail\": )\"[^\"]*\"",
                                "\"PASS\",$1\"\""),
                        "it must have been ENV_LACKS"),
                untrue(
                        "a pass of what is not declared",
                        GOOD.replaceFirst(
                                "\"NOT_DECLARED\",(\\s*\"durationMillis\": [0-9]+,\\s*\"detail\": )\"[^\"]*\"",
                                "\"PASS\",$1\"\""),
                        "it must have been NOT_DECLARED"),
                untrue(
                        "a pass with a reason",
                        GOOD.replaceFirst("\"detail\": \"\"", "\"detail\": \"nearly\""),
                        "has a reason why not"),
                untrue(
                        "an invented lack",
                        GOOD.replaceFirst(
                                "\"PASS\",(\\s*\"durationMillis\": [0-9]+,\\s*\"detail\": )\"\"",
                                "\"ENV_LACKS\",$1\"LINK_LOCAL: it is raining\""),
                        "the machine is not said to lack it so"),
                untrue(
                        "a capability that there is not",
                        GOOD.replaceFirst(
                                "\"PASS\",(\\s*\"durationMillis\": [0-9]+,\\s*\"detail\": )\"\"",
                                "\"NOT_DECLARED\",$1\"the backend does not declare WINGS\""),
                        "the backend declares what it is about"),
                untrue(
                        "no tries",
                        GOOD.replaceFirst(",\\s*\"seed\": 42,\\s*\"tries\": 20", ""),
                        "does not tell how often it tried"),
                untrue(
                        "another seed",
                        GOOD.replaceFirst("\"seed\": 42,(\\s*\"tries\")", "\"seed\": 43,$1"),
                        "tried otherwise than the run could have"),
                untrue(
                        "tries of what is the same every time",
                        GOOD.replaceFirst("\"crash\": false", "\"crash\": false, \"seed\": 42, \"tries\": 3"),
                        "tried otherwise than the run could have"),
                untrue(
                        "another machine",
                        GOOD.replaceFirst("\"DUAL_STACK\"", "\"WINGS\""),
                        "other features of the machine"),
                untrue(
                        "an issue that is a script",
                        JsonReport.text(Samples.waived())
                                .replaceFirst("https://example.com/issues/1", "javascript:alert(1)"),
                        "without the address of an issue"),
                untrue(
                        "a stumble that passed",
                        GOOD.replaceFirst("\"crash\": false", "\"crash\": true"),
                        "its test stumbled"),
                untrue(
                        "fewer rules",
                        GOOD.replaceFirst("\"allRules\": [0-9]+", "\"allRules\": 3"),
                        "there are 3 rules"));
    }

    @Test
    void whatIsMissingIsNamed() throws Exception {
        Report report = Samples.without("UDP-RECV-01");
        Report read = ReportReader.read(JsonReport.text(report), CATALOGUE);
        String message = assertThrows(Untrue.class, () -> ReportReader.requireComplete(read, CATALOGUE))
                .getMessage();
        assertEquals("the result of UDP-RECV-01/v4 is missing in conformance.json", message);
    }

    private static DynamicTest unusable(String name, String text, String message) {
        return DynamicTest.dynamicTest(
                name,
                () -> assertSays(
                        message,
                        assertThrows(UnusableInput.class, () -> ReportReader.read(text, CATALOGUE))
                                .getMessage()));
    }

    private static DynamicTest untrue(String name, String text, String message) {
        return DynamicTest.dynamicTest(
                name,
                () -> assertSays(
                        message,
                        assertThrows(Untrue.class, () -> ReportReader.read(text, CATALOGUE))
                                .getMessage()));
    }

    private static void assertSays(String expected, String actual) {
        assertTrue(actual.contains(expected), actual);
        assertTrue(actual.chars().noneMatch(c -> c < ' '), actual);
    }
}
