package org.datagram4j.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Windows, played by Wine: our backends there, in Felix, as a user certifies them. Where Wine cannot be prepared, nothing
 * is run, for the reason that the script gives.
 */
@EnabledOnOs(OS.LINUX)
class WineIT {
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final int CANNOT_RUN = 3;

    /** The one by which nearly everything is tried, and the one that links the native backend by JNA. */
    private static final List<String> NEWEST_FIRST = List.of("25", "21");

    @TempDir
    private Path directory;

    @BeforeAll
    static void prepare() {
        Launched.app(); // or it is too early
        NEWEST_FIRST.forEach(WineIT::prepare);
    }

    private static List<String> javas() {
        return NEWEST_FIRST;
    }

    private static void prepare(String java) {
        Launched prepared = run(
                new ProcessBuilder(Launched.root().resolve("windows/prepare").toString()), java);
        assumeTrue(prepared.exitCode() != CANNOT_RUN, () -> "Windows was not tried: " + prepared.err());
        assertEquals(0, prepared.exitCode(), prepared::toString);
    }

    @Test
    void ourBackendsAreConformantOnWindows() throws IOException {
        Launched launched = certify();

        assertEquals(0, launched.exitCode(), launched::toString);
        assertConformant(launched, "nio", "25");
        assertConformant(launched, "native", "25");
    }

    @Test
    void theNativeBackendIsConformantThereByJna() throws IOException {
        Launched launched = certify("--java", "21", "--backend", "native");

        assertEquals(0, launched.exitCode(), launched::toString);
        assertConformant(launched, "native", "21");
    }

    /** Not isolated: the JVM that judges would lack the options without which Wine brings it down. */
    @Test
    void theCommandFileOfWindowsDoesTheMainJobThere() {
        String reports = WineRun.there(directory);
        Launched kept = commandFile("certify", "--no-isolate", "--rules", "UDP-RECV-01", "--out", reports);
        Launched wrong = commandFile("certify", "--rules", "UDP-NOTHING-*", "--no-isolate", "--out", reports);

        assertEquals(0, kept.exitCode(), kept::toString);
        assertTrue(
                kept.out().contains("native: partial: 1 of ") && kept.out().contains("nio: partial: 1 of "),
                kept::toString);
        assertEquals(3, wrong.exitCode(), wrong::toString);
        assertTrue(wrong.err().contains("no rule matches 'UDP-NOTHING-*'"), wrong::toString);
    }

    private void assertConformant(Launched launched, String backend, String java) throws IOException {
        String tiers = backend.equals("native") ? "CORE and MIO" : "CORE; MIO not reached";
        assertTrue(
                launched.out().contains(backend + ": conformant (profile WINDOWS on Wine): " + tiers),
                launched::toString);
        assertTrue(launched.out().contains("Reports: " + directory.resolve(backend)), launched::toString);
        String report = Files.readString(directory.resolve(backend + "/conformance.json"));
        assertTrue(report.contains("\"emulator\": \"Wine\""), report);
        assertTrue(report.contains("\"javaVersion\": \"" + java + "."), report);
    }

    @Test
    void aBrokenBackendFailsThere() {
        Launched launched = certify("--rules", "UDP-RECV-01", "--mutant", "WouldBlockMovesPosition");

        assertEquals(1, launched.exitCode(), launched::toString);
        assertTrue(launched.out().contains("UDP-RECV-01"), launched::toString);
    }

    @ParameterizedTest
    @MethodSource("javas")
    void faultsAndLoadsLeaveNothingOpenThere(String java) throws URISyntaxException {
        Path classes = Path.of(WindowsTrial.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<String> command = List.of(
                Launched.root().resolve("windows/run").toString(),
                "-XX:ErrorFile=" + WineRun.there(directory) + "/crash.log",
                "-cp",
                WineRun.there(classes) + ";" + WineRun.there(Launched.app().resolve("lib")) + "/*",
                WindowsTrial.class.getName());
        Launched launched = run(new ProcessBuilder(command), java);

        assertEquals(0, launched.exitCode(), launched::toString);
        System.out.print(launched.out());
        assertEquals(
                WindowsTrial.NAMES,
                launched.out()
                        .lines()
                        .map(line -> line.substring(0, line.indexOf(':')))
                        .toList());
    }

    private static Launched commandFile(String... words) {
        List<String> command = Stream.concat(
                        Stream.of(
                                Launched.root().resolve("windows/run").toString(),
                                "--cmd",
                                Launched.root().resolve("datagram4j.cmd").toString()),
                        Stream.of(words))
                .toList();
        return run(new ProcessBuilder(command), NEWEST_FIRST.get(0));
    }

    private static Launched run(ProcessBuilder script, String java) {
        script.environment().put("WINDOWS_JAVA", java);
        return Launched.run(script, PATIENCE);
    }

    private Launched certify(String... options) {
        List<String> words = Stream.concat(
                        Stream.of("certify", "--on", "wine", "--out", directory.toString()), Stream.of(options))
                .toList();
        return Launched.run(
                new ProcessBuilder(Launched.command(
                        List.of("-Ddatagram4j.home=" + Launched.root()), words.toArray(String[]::new))),
                PATIENCE);
    }
}
