package org.datagram4j.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kit, called as a user calls it. What it says of backends is tested where the kit is. */
class CertifyIT {
    /** The weakest of ways to break a backend, so the surest to be noticed. */
    private static final String MUTANT = "WouldBlockMovesPosition";

    private static final String BROKEN_RULE = "UDP-RECV-01";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"felix", "classpath"})
    void someRulesAndTheirReport(String place) throws IOException {
        Launched launched = certify("--in", place, "--rules", "UDP-RECV-*", "--seed", "7");

        assertEquals(0, launched.exitCode(), launched::toString);
        assertTrue(launched.err().isEmpty(), launched::toString);
        assertTrue(launched.out().contains("Reports: " + directory.resolve("nio")), launched::toString);
        String report = Files.readString(directory.resolve("nio/conformance.json"));
        assertTrue(report.contains(BROKEN_RULE), report);
        assertFalse(report.contains("UDP-BIND-01"), report);
    }

    @ParameterizedTest
    @ValueSource(strings = {"felix", "classpath"})
    void aBrokenBackendFailsAndTheRuleIsNamed(String place) {
        Launched launched = certify("--in", place, "--rules", BROKEN_RULE, "--mutant", MUTANT);

        assertEquals(1, launched.exitCode(), launched::toString);
        assertTrue(launched.out().contains(BROKEN_RULE), launched::toString);
        assertTrue(launched.err().isEmpty(), launched::toString);
    }

    @Test
    void verbosePrintsALineForEachResult() {
        Launched launched = certify("--in", "classpath", "--rules", BROKEN_RULE, "--backend", "nio", "--verbose");

        assertTrue(launched.out().contains(BROKEN_RULE + "/v4"), launched::toString);
    }

    @Test
    void aJarThatIsNoBundleIsNamed() throws IOException {
        Launched launched =
                certify("--jar", Launched.jar("lib", "datagram4j-launcher").toString());

        assertEquals(3, launched.exitCode(), launched::toString);
        assertTrue(launched.err().contains("is not an OSGi bundle"), launched::toString);
    }

    @Test
    void thatDirectoriesCannotBeWrittenIsSaidBeforeAnythingRuns() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        Launched launched =
                Launched.main("certify", "--out", file.resolve("reports").toString());

        assertEquals(3, launched.exitCode(), launched::toString);
        assertEquals(1, launched.errLines().size(), launched::toString);
        assertTrue(launched.out().isEmpty(), launched::toString);
    }

    @Test
    void theFrameworkLeavesNothingBehind() throws IOException {
        Launched launched = Launched.run(new ProcessBuilder(Launched.command(
                List.of("-Djava.io.tmpdir=" + directory),
                "certify",
                "--rules",
                BROKEN_RULE,
                "--out",
                directory.resolve("reports").toString())));

        assertEquals(0, launched.exitCode(), launched::toString);
        assertEquals(List.of(), caches());
    }

    @Test
    void theFrameworkLeavesNothingBehindWhenItIsEnded() throws IOException {
        Process process = new ProcessBuilder(Launched.command(
                        List.of("-Djava.io.tmpdir=" + directory),
                        "certify",
                        "--verbose",
                        "--repeat",
                        "1000",
                        "--out",
                        directory.resolve("reports").toString()))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader out = process.inputReader()) {
            assertTrue(out.readLine().startsWith("Certifying "));
            assertEquals(1, caches().size());

            process.toHandle().destroy(); // Process.destroy() would close the stream that it still prints to

            StringWriter rest = new StringWriter();
            out.transferTo(rest);
            Launched.ended(process);
            assertFalse(rest.toString().contains("Exception"), rest::toString);
            assertFalse(rest.toString().contains("FAIL"), rest::toString);
            assertEquals(List.of(), caches());
        }
    }

    /** The whole certification by a newer Java than the one that compiles, or runs, everything else. */
    @Test
    void ourBackendsAreConformantOnANewerJava() throws IOException {
        Launched launched = Launched.run(new ProcessBuilder(Launched.command(
                PlatformsIT.newerJava(),
                Launched.silence(PlatformsIT.NEWER),
                "certify",
                "--out",
                directory.toString())));

        assertEquals(0, launched.exitCode(), launched::toString);
        assertTrue(launched.out().contains("nio: conformant"), launched::toString);
        assertTrue(launched.err().isEmpty(), launched::toString);
    }

    private Launched certify(String... options) {
        return Launched.main(Stream.concat(Stream.of("certify", "--out", directory.toString()), Stream.of(options))
                .toArray(String[]::new));
    }

    private List<Path> caches() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("datagram4j-felix"))
                    .toList();
        }
    }
}
