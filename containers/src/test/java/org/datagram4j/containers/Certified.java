package org.datagram4j.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.datagram4j.containers.probe.Findings;
import org.junit.jupiter.api.DynamicTest;

/**
 * What the probe found in a container.
 *
 * @param name the run
 * @param directory the reports, each in a directory that is called as the backend is
 * @param findings what the container is
 * @param verdict a line for each backend
 * @param log what the container printed
 */
record Certified(String name, Path directory, Findings findings, String verdict, String log) {
    private static final Map<String, String> BUNDLES =
            Map.of("native", "org.datagram4j.sys", "nio", "org.datagram4j.nio");

    /** The report about a backend. */
    ConformanceJson report(String backend) {
        try {
            return ConformanceJson.read(directory.resolve(backend));
        } catch (IOException e) {
            throw new UncheckedIOException(name + " left no report about " + backend, e);
        }
    }

    /** Every rule as a test, for both backends; and before them, whether it was the right container and backend. */
    Stream<DynamicTest> replay(String framework) {
        return Stream.concat(
                Stream.of(dynamicTest("it is the container that was meant", () -> assertContainer(framework))),
                BUNDLES.keySet().stream().sorted().flatMap(this::replayBackend));
    }

    private Stream<DynamicTest> replayBackend(String backend) {
        ConformanceJson report = report(backend);
        return Stream.concat(
                Stream.of(dynamicTest(
                        backend + ": all rules ran, against its bundle", () -> assertComplete(report, backend))),
                report.tests(backend + ": "));
    }

    private void assertContainer(String framework) {
        assertEquals(
                List.of(
                        String.valueOf(Settings.JAVA),
                        framework,
                        "native,nio",
                        Settings.needsJna() ? "com.sun.jna" : ""),
                List.of(findings.java(), findings.framework(), findings.backends(), findings.jna()),
                "Java, framework, backends with the best first, and where JNA comes from");
    }

    private static void assertComplete(ConformanceJson report, String backend) {
        assertEquals(backend, report.backend());
        assertEquals(BUNDLES.get(backend), report.source());
        assertEquals(Settings.JAVA, report.java());
        assertTrue(report.rules() > 0 && report.rules() == report.allRules(), report.rules() + "/" + report.allRules());
    }
}
