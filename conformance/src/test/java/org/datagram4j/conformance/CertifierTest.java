package org.datagram4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.conformance.render.Reports;
import org.datagram4j.conformance.report.BackendIdentity;
import org.datagram4j.spi.ForwardingBackend;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class CertifierTest {
    private static final List<Subject> SUBJECTS = List.of(subject("one"), subject("two"));

    @TempDir
    Path directory;

    @Test
    void certifiesWhatIsAskedForAndWritesAReport() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Map<String, Object> result = Certifier.certify(
                Map.of(
                        Certifier.BACKEND,
                        "two",
                        Certifier.RULES,
                        List.of("UDP-RECV-01/v4"),
                        Certifier.OUT,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        Certifier.SEED,
                        7,
                        Certifier.REPEAT,
                        2,
                        Certifier.DIRECTORY,
                        directory.toString()),
                SUBJECTS);
        assertEquals(0, result.get(Certifier.EXIT_CODE));
        assertTrue(result.get(Certifier.VERDICT).toString().startsWith("two: partial: 1 of "), result.toString());
        Map<?, ?> run = (Map<?, ?>) ((List<?>) result.get(Certifier.RUNS)).get(0);
        assertEquals(directory.resolve("two/conformance.json").toString(), run.get(Certifier.REPORT));
        assertTrue(Files.exists(directory.resolve("two/conformance.json")));
        assertEquals(List.of("ERROR_CODE"), run.get(Certifier.CAPABILITIES));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("seed 7"), out::toString);
    }

    @Test
    void certifiesAllUnlessToldOtherwiseAndTheWorstCounts() {
        Map<String, Object> result = Certifier.certify(
                Map.of(Certifier.RULES, "UDP-RECV-01/v4", Certifier.MUTANT, "WouldBlockMovesPosition"), SUBJECTS);
        assertEquals(2, ((List<?>) result.get(Certifier.RUNS)).size());
        assertEquals(1, result.get(Certifier.EXIT_CODE));
    }

    @Test
    void aWaivedRuleIsRunAndTheReportsSayIt() throws IOException {
        Map<String, Object> result = Certifier.certify(
                Map.of(
                        Certifier.BACKEND,
                        "one",
                        Certifier.RULES,
                        "UDP-RECV-01/v4",
                        Certifier.MUTANT,
                        "WouldBlockMovesPosition",
                        Certifier.WAIVERS,
                        "UDP-RECV-01=https://example.com/issues/1",
                        Certifier.DIRECTORY,
                        directory.toString()),
                SUBJECTS);
        assertEquals(0, result.get(Certifier.EXIT_CODE));
        String json = Files.readString(directory.resolve("one/conformance.json"));
        assertTrue(json.contains("\"outcome\": \"WAIVED\""), json);
        assertTrue(json.contains("waived: https://example.com/issues/1\\n"), json);
    }

    /** What a narrowed run says is no claim, and must not lie beside one. */
    @Test
    void aPartialRunTakesAnOldClaimAway() throws IOException {
        Files.createDirectories(directory.resolve("one"));
        Files.writeString(directory.resolve("one/claim.json"), "{}");
        Files.writeString(directory.resolve("one/claim.json.asc"), "old");
        Certifier.certify(
                Map.of(
                        Certifier.BACKEND, "one",
                        Certifier.RULES, "UDP-RECV-01/v4",
                        Certifier.DIRECTORY, directory.toString()),
                SUBJECTS);
        assertFalse(Files.exists(directory.resolve("one/claim.json")));
        assertFalse(Files.exists(directory.resolve("one/claim.json.asc")));
    }

    /** Whoever looks afterwards must not take an old result for that of a run that did not end. */
    @Test
    void whatAnEarlierRunLeftIsGoneBeforeTheFirstRule() throws IOException {
        Files.createDirectories(directory.resolve("one"));
        List<Path> old = Stream.concat(Reports.FILES.stream(), Stream.of("claim.json", "claim.json.asc"))
                .map(directory.resolve("one")::resolve)
                .toList();
        for (Path file : old) {
            Files.writeString(file, "old");
        }
        List<Path> left = new ArrayList<>();
        UdpBackend watching = new ForwardingBackend(new FakeBackend()) {
            @Override
            public UdpSocket open(UdpConfig config) throws UdpException {
                old.stream().filter(Files::exists).forEach(left::add);
                return super.open(config);
            }
        };
        Certifier.certify(
                Map.of(Certifier.RULES, "UDP-RECV-01/v4", Certifier.DIRECTORY, directory.toString()),
                List.of(new Subject(watching, new BackendIdentity("one", "1", "test"))));
        assertEquals(List.of(), left);
        assertTrue(Files.exists(directory.resolve("one/conformance.json")));
    }

    @Test
    void twoOfOneNameAreNotMistakenForEachOther() {
        assertEquals(
                "two backends are called ONE: certify one at a time, by its jar",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Certifier.certify(Map.of(), List.of(SUBJECTS.get(0), subject("ONE"))))
                        .getMessage());
    }

    @Test
    void ofAJarTheOneBackendInItIsCertified() throws IOException {
        Path jar = Files.createFile(directory.resolve("acme.jar"));
        Subject one = new Subject(new FakeBackend(), new BackendIdentity("a", "1", "acme.jar"), jar);
        Subject two = new Subject(new FakeBackend(), new BackendIdentity("b", "1", "acme.jar"), jar);
        Map<String, Object> options =
                Map.of(Certifier.JARS, List.of(jar.toString()), Certifier.RULES, "UDP-RECV-01/v4");

        Map<String, Object> result = Certifier.certify(options, List.of(SUBJECTS.get(0), one));
        assertTrue(result.get(Certifier.VERDICT).toString().startsWith("a: "), result.toString());
        assertEquals(
                "there are 2 backends in acme.jar: choose by name among a, b",
                assertThrows(IllegalArgumentException.class, () -> Certifier.certify(options, List.of(one, two)))
                        .getMessage());
    }

    @Test
    void describesABackend() {
        Map<String, Object> description = Certifier.describe(SUBJECTS.get(0));
        assertEquals("UNIX", description.get(Certifier.PROFILE));
        assertEquals(-1, description.get(Certifier.RANKING));
        assertEquals(64L, ((Map<?, ?>) description.get(Certifier.LIMITS)).get("SEGMENTS"));
    }

    @TestFactory
    Stream<DynamicTest> wrongOptionsAreNamed() {
        return Stream.of(
                wrong(Certifier.BACKEND, "three", "no backend is called three; there are [one, two]"),
                wrong(Certifier.PROFILE, "plan9", "no profile is called plan9; there are [UNIX, WINDOWS]"),
                wrong(Certifier.RULES, "UDP-XXX-*", "no rule matches 'UDP-XXX-*'"),
                wrong(Certifier.MUTANT, "Harmless", "no mutant is called Harmless; there are "),
                wrong(Certifier.STRICT, "yes", "the option strict must be true or false, but is yes"),
                wrong(Certifier.SEED, "dice", "the option seed must be a number, but is dice"),
                wrong(Certifier.REPEAT, 0, "the number of repetitions must be at least 1, but is 0"),
                wrong(Certifier.LIMIT_MILLIS, 0, "the limit of time for a rule must be positive, but is 0 ms"),
                wrong(Certifier.WAIVERS, "UDP-RECV-01", "a waiver is RULE=URL"),
                wrong(
                        Certifier.WAIVERS,
                        "UDP-RECV-01=https://example.com/1,UDP-RECV-01=https://example.com/2",
                        "there are two waivers of UDP-RECV-01"),
                wrong(Certifier.WAIVERS, "UDP-RECV-99=https://example.com/1", "no rule is called 'UDP-RECV-99'"),
                wrong(
                        Certifier.WAIVERS,
                        "UDP-RECV-01=javascript:alert(1)",
                        "the waiver of UDP-RECV-01 needs the address"),
                wrong(Certifier.JARS, "/no/such.jar", "there is no backend in such.jar"),
                wrong(Certifier.OUT, "file", "the option out must be a PrintStream"),
                wrong("colour", "blue", "no option is called colour; there are "));
    }

    @Test
    void withoutABackendThereIsNothingToDo() {
        assertEquals(
                "there is no backend to certify",
                assertThrows(IllegalArgumentException.class, () -> Certifier.certify(Map.of(), List.of()))
                        .getMessage());
    }

    private static DynamicTest wrong(String key, Object value, String message) {
        return DynamicTest.dynamicTest(key, () -> {
            String thrown = assertThrows(
                            IllegalArgumentException.class, () -> Certifier.certify(Map.of(key, value), SUBJECTS))
                    .getMessage();
            assertTrue(thrown.startsWith(message), thrown);
        });
    }

    private static Subject subject(String name) {
        return new Subject(new FakeBackend(), new BackendIdentity(name, "1", "test"));
    }
}
