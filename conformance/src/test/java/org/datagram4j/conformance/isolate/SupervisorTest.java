package org.datagram4j.conformance.isolate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backends that do to their JVM what they should not: each is reported, and what came before and after is judged. */
class SupervisorTest {
    private static final String FOUR_CELLS = "UDP-RECV-01,UDP-BIND-06,UDP-BIND-05";

    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void whoExitsFailsTheRuleAndTheOthersAreJudged() throws Exception {
        expectDeath("exits", "exit code 0");
    }

    @Test
    void whoHaltsFailsTheRuleAndTheOthersAreJudged() throws Exception {
        expectDeath("halts", "exit code 7");
    }

    @Test
    void whoCrashesFailsTheRuleAndTheOthersAreJudged() throws Exception {
        expectDeath("crashes", "after a crash");
    }

    private void expectDeath(String name, String reason) throws Exception {
        Supervisor.Judged judged = judge(name, FOUR_CELLS, Duration.ofSeconds(60));

        assertEquals(1, judged.exitCode(), this::printed);
        Map<String, String> outcomes = outcomes("hostile");
        assertEquals("PASS", outcomes.get("UDP-RECV-01/v4"), this::printed);
        assertEquals("FAIL", outcomes.get("UDP-RECV-01/v6"), this::printed);
        assertEquals("PASS", outcomes.get("UDP-BIND-06/v4"), this::printed);
        assertTrue(
                detail("hostile", "UDP-RECV-01/v6").startsWith("expected the JVM to live on, actual: it was ended with")
                        && detail("hostile", "UDP-RECV-01/v6").contains(reason),
                detail("hostile", "UDP-RECV-01/v6"));
        assertEquals("PASS", outcomes("harmless").get("UDP-RECV-01/v6"), this::printed);
        assertTrue(out.toString().contains("UDP-RECV-01/v6 is broken"), this::printed);
        assertEquals(1, count(out.toString(), "Certifying hostile"), this::printed);
    }

    @Test
    void aHangIsAFailureAndTheRunGoesOn() throws Exception {
        assertEquals(1, judge("hangs", FOUR_CELLS, Duration.ofSeconds(60)).exitCode(), this::printed);
        assertTrue(
                detail("hostile", "UDP-RECV-01/v6").contains("still busy"),
                () -> detail("hostile", "UDP-RECV-01/v6") + printed());
        assertEquals("PASS", outcomes("hostile").get("UDP-BIND-06/v4"), this::printed);
    }

    @Test
    void whoEndsEveryJvmIsGivenUpInTheEnd() throws Exception {
        Supervisor.Judged judged = judge("halts", "UDP-BIND-*/v6,UDP-SEND-*/v6", Duration.ofSeconds(60));

        assertEquals(1, judged.exitCode(), this::printed);
        Map<String, Long> counts = outcomes("hostile").values().stream()
                .collect(Collectors.groupingBy(outcome -> outcome, Collectors.counting()));
        assertTrue(counts.get("INCONCLUSIVE") > 0, counts::toString);
    }

    @Test
    void aFloodIsReadToTheEndAndShownInPart() throws Exception {
        assertEquals(0, judge("floods", "UDP-RECV-01", Duration.ofSeconds(60)).exitCode(), this::printed);
        assertTrue(err.size() > Output.SHOWN_BYTES && err.size() < Output.SHOWN_BYTES + 500, "shown: " + err.size());
        assertTrue(
                err.toString().contains("bytes; the first 65536 are above"),
                () -> err.toString().substring(Output.SHOWN_BYTES));
    }

    @Test
    void threadsThatGoOnDoNotKeepTheVerdict() throws Exception {
        expectVerdict("staysAlive");
    }

    @Test
    void aJvmThatCannotEndDoesNotKeepTheVerdict() throws Exception {
        expectVerdict("cannotEnd");
    }

    private void expectVerdict(String name) throws Exception {
        assertEquals(0, judge(name, "UDP-RECV-01", Duration.ofSeconds(60)).exitCode(), this::printed);
        assertEquals("PASS", outcomes("hostile").get("UDP-RECV-01/v6"), this::printed);
    }

    @Test
    void longMessagesAreCut() throws Exception {
        assertEquals(
                1, judge("throwsBooks", "UDP-RECV-01", Duration.ofSeconds(60)).exitCode(), this::printed);
        assertTrue(detail("hostile", "UDP-RECV-01/v6").length() < 5_000, this::printed);
    }

    @Test
    void withoutARuleToBlameTheVerdictIsNoBetter() throws Exception {
        expectNoRule("exitsWhenAsked", "exit code 0", 60);
    }

    /** Its exit code is that of wrong usage, and there would be no line that says why. */
    @Test
    void whoExitsAsTheCommandLineDoesIsNotMistakenForIt() throws Exception {
        expectNoRule("exitsAsIfRefusing", "exit code 3", 60);
    }

    @Test
    void whoHangsWithoutARuleIsEnded() throws Exception {
        expectNoRule("hangsWhenAsked", "no sign of life", 5);
    }

    private void expectNoRule(String name, String reason, int silenceSeconds) throws Exception {
        Supervisor.Judged judged = judge(name, "UDP-RECV-01", Duration.ofSeconds(silenceSeconds));

        assertEquals(1, judged.exitCode(), this::printed);
        assertNull(judged.result());
        assertTrue(out.toString().contains("not conformant: the JVM did not live to run a rule"), this::printed);
        assertTrue(out.toString().contains(reason), this::printed);
    }

    @Test
    void whatTheJudgingJvmSaysOfItsUsageIsPassedOn() throws Exception {
        Supervisor.Judged judged = judge("complains", "UDP-RECV-01", Duration.ofSeconds(60));

        assertEquals(3, judged.exitCode(), this::printed);
        assertEquals("what do you want?", err.toString().strip());
    }

    private Supervisor.Judged judge(String name, String rules, Duration silence) throws Exception {
        Path journal = directory.resolve("journal");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + directory.resolve("crash.log"),
                "-cp",
                classPath(),
                Hostile.class.getName(),
                name,
                directory.resolve("reports").toString(),
                rules,
                journal.toString()));
        return Supervisor.run(new Supervisor.Settings(
                command,
                journal,
                silence,
                Duration.ofSeconds(2),
                false,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8)));
    }

    // The tests of a module lie beside it.
    private static String classPath() {
        return Stream.of(
                        Path.of("target", "test-classes").toAbsolutePath().toString(),
                        System.getProperty("jdk.module.path", ""),
                        System.getProperty("java.class.path", ""))
                .filter(path -> !path.isEmpty())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private Map<String, String> outcomes(String backend) throws Exception {
        Map<String, String> outcomes = new LinkedHashMap<>();
        for (JsonElement result : results(backend)) {
            JsonObject json = result.getAsJsonObject();
            outcomes.put(
                    json.get("id").getAsString() + "/" + json.get("variant").getAsString(),
                    json.get("outcome").getAsString());
        }
        return outcomes;
    }

    private String detail(String backend, String cell) {
        try {
            for (JsonElement result : results(backend)) {
                JsonObject json = result.getAsJsonObject();
                if (cell.equals(
                        json.get("id").getAsString() + "/" + json.get("variant").getAsString())) {
                    return json.get("detail").getAsString();
                }
            }
            return "no result";
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Iterable<JsonElement> results(String backend) throws java.io.IOException {
        Path report = directory.resolve("reports").resolve(backend).resolve("conformance.json");
        return JsonParser.parseString(Files.readString(report))
                .getAsJsonObject()
                .getAsJsonArray("results");
    }

    private static int count(String text, String part) {
        return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
    }

    private String printed() {
        return "--- out\n" + out + "--- err\n" + err.toString().substring(0, Math.min(err.size(), 4_000));
    }
}
