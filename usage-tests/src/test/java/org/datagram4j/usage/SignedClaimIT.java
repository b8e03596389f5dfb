package org.datagram4j.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * A vendor's claim, from a project of one class outside of this build to whoever checks it: made by Maven, signed by the
 * command line, accepted as it is and rejected after each change.
 */
class SignedClaimIT {
    private static final Path ROOT = Path.of(System.getProperty("datagram4j.project.root"));
    private static final String JSON = "conformance.json";
    private static final String CLAIM = "claim.json";
    private static final Pattern FIRST_RESULT =
            Pattern.compile("    \\{\n      \"id\": \"UDP-BIND-01\"(?s:.*?)    },\n");

    private static final String ACME_POM = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>com.example</groupId>
              <artifactId>acme-udp</artifactId>
              <version>1.0.0-SNAPSHOT</version>
            </project>
            """;

    private static final String DEPENDENCIES = """
            <dependency>
              <groupId>com.example</groupId>
              <artifactId>acme-udp</artifactId>
              <version>1.0.0-SNAPSHOT</version>
            </dependency>
            <dependency>
              <groupId>org.datagram4j</groupId>
              <artifactId>datagram4j-conformance</artifactId>
              <version>1.0.0-SNAPSHOT</version>
              <scope>test</scope>
            </dependency>
            """;

    private static final String SUREFIRE = """
            <plugin>
              <artifactId>maven-surefire-plugin</artifactId>
              <version>3.5.4</version>
            </plugin>
            """;

    private static final String ONE_CLASS = """
            package com.example;

            import org.datagram4j.UdpBackend;
            import org.datagram4j.UdpBackends;
            import org.datagram4j.conformance.UdpBackendConformance;

            class AcmeConformanceTest extends UdpBackendConformance {
                @Override
                protected UdpBackend backend() {
                    return UdpBackends.select("nio");
                }
            }
            """;

    private static Path directory;
    private static Path signed;
    private static Path jar;

    /** Changes a copy of the signed claim. */
    private interface Tampering {
        void change(Path copy) throws Exception;
    }

    @BeforeAll
    static void certifyAndSign() throws Exception {
        directory = Files.createTempDirectory("datagram4j-claim");
        SigningKeys.make(directory, "acme");
        SigningKeys.make(directory, "mallory");
        OutsideBuild build = new OutsideBuild(directory);
        Path pom = Files.writeString(directory.resolve("acme-udp.pom"), ACME_POM);
        jar = build.publish("com.example", "acme-udp", pom, Jars.NIO);
        Path project = directory.resolve("project");
        Path sources = Files.createDirectories(project.resolve("src/test/java/com/example"));
        Files.writeString(project.resolve("pom.xml"), OutsidePom.of("acme-certification", DEPENDENCIES, SUREFIRE));
        Files.writeString(sources.resolve("AcmeConformanceTest.java"), ONE_CLASS);

        Ended built = build.verify(project);

        assertEquals(0, built.exitCode(), built.output());
        signed = project.resolve("target/certification/nio");
        Ended signing = sign(signed, "acme-secret.asc");
        assertEquals(0, signing.exitCode(), signing.output());
    }

    @AfterAll
    static void remove() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void isAcceptedAsItIs() throws Exception {
        Ended verified = verify(signed, jar);

        assertEquals(0, verified.exitCode(), verified.output());
        assertTrue(verified.output().contains("The claim is genuine, signed by the key "), verified.output());
        assertTrue(verified.output().contains(": conformant (profile "), verified.output());
        assertTrue(Files.readString(signed.resolve(CLAIM)).contains("\"sha256\": \"" + sha256(jar) + "\""));
    }

    @Test
    void itsSignatureIsOneThatGpgChecks() throws Exception {
        assertTrue(Files.readString(signed.resolve("claim.json.asc")).startsWith("-----BEGIN PGP SIGNATURE-----"));
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, "gpg"))),
                "there is no gpg on this machine");
        Path home = Files.createDirectories(directory.resolve("gpg"));
        Ended imported = Ended.run(List.of(
                "gpg",
                "--homedir",
                home.toString(),
                "--batch",
                "--no-autostart",
                "--import",
                signed + "/claim-key.asc"));
        Ended verified = Ended.run(List.of(
                "gpg",
                "--homedir",
                home.toString(),
                "--batch",
                "--no-autostart",
                "--verify",
                signed + "/claim.json.asc",
                signed + "/" + CLAIM));

        assertEquals(0, verified.exitCode(), imported.output() + verified.output());
    }

    @TestFactory
    Stream<DynamicTest> isRejectedAfterEachChange() {
        return Stream.of(
                rejected(
                        "an edited outcome",
                        "times",
                        copy -> edit(copy, JSON, "\"outcome\": \"PASS\"", "\"outcome\": \"FAIL\"")),
                rejected(
                        "an excused rule",
                        "does test it",
                        copy -> edit(copy, JSON, "\"PASS\",\n", "\"UNTESTABLE\",\n")),
                rejected("a missing rule", "the result of UDP-BIND-01/v4 is missing", copy -> {
                    String text = Files.readString(copy.resolve(JSON));
                    Matcher result = FIRST_RESULT.matcher(text);
                    assertTrue(result.find());
                    int passed = Integer.parseInt(text.replaceFirst("(?s).*\"PASS\": ([0-9]+),.*", "$1"));
                    Files.writeString(
                            copy.resolve(JSON),
                            text.replace(result.group(), "")
                                    .replace("\"PASS\": " + passed, "\"PASS\": " + (passed - 1)));
                }),
                rejected("a doubled rule", "UDP-BIND-01/v4 is there twice", copy -> {
                    Matcher result = FIRST_RESULT.matcher(Files.readString(copy.resolve(JSON)));
                    assertTrue(result.find());
                    edit(copy, JSON, result.group(), result.group() + result.group());
                }),
                rejectedUnsigned("another kit", "made by another kit", copy -> {
                    Files.writeString(
                            copy.resolve(CLAIM),
                            Files.readString(copy.resolve(CLAIM))
                                    .replaceFirst(
                                            "(datagram4j-conformance[^}]*\"sha256\": \")[0-9a-f]{8}", "$100000000"));
                }),
                rejected(
                        "a changed claim",
                        "the signature does not fit",
                        copy -> edit(copy, CLAIM, "datagram4j-conformance:", "datagram4j-conformance:9.")),
                rejected(
                        "a hidden waiver",
                        "a waiver is hidden",
                        copy -> edit(copy, JSON, "\"PASS\",\n", "\"WAIVED\",\n")),
                rejected(
                        "a swapped report",
                        "conformance.html is not the one of the claim",
                        copy -> Files.copy(
                                copy.resolve("badge.svg"),
                                copy.resolve("conformance.html"),
                                StandardCopyOption.REPLACE_EXISTING)),
                rejectedUnsigned("an edited page, and claimed", "conformance.html does not say what", copy -> {
                    String before = sha256(copy.resolve("conformance.html"));
                    edit(copy, "conformance.html", "<h2>Conformant", "<h2>Brilliant");
                    edit(copy, CLAIM, before, sha256(copy.resolve("conformance.html")));
                }),
                rejectedUnsigned("other capabilities", "claim.json does not say what", copy -> {
                    edit(copy, CLAIM, "\"capabilities\": [", "\"capabilities\": [\n    \"GSO\",");
                }),
                rejectedUnsigned("another verdict", "verdict does not follow", copy -> {
                    edit(copy, CLAIM, "not reached", "reached");
                }),
                rejected("another signer", "the signature is of another key", copy -> sign(copy, "mallory-secret.asc")),
                rejected(
                        "no signature",
                        "the claim is not signed",
                        copy -> Files.delete(copy.resolve("claim.json.asc"))));
    }

    @Test
    void isRejectedForAnotherJar() throws Exception {
        Path other = Files.copy(jar, directory.resolve("other.jar"));
        try (OutputStream out = Files.newOutputStream(other, StandardOpenOption.APPEND)) {
            out.write(0);
        }
        assertRejected(verify(signed, other), "the claim is about another jar than other.jar");
    }

    @TestFactory
    Stream<DynamicTest> whatCannotBeReadIsSaidInOneLine() {
        return Stream.of(
                unusable("truncated", "is truncated", copy -> {
                    String text = Files.readString(copy.resolve(JSON));
                    Files.writeString(copy.resolve(JSON), text.substring(0, text.lastIndexOf('}') - 1));
                }),
                unusableUnsigned(
                        "a path out of the directory", "names a report that there is not: '../../secret'", copy -> {
                            edit(copy, CLAIM, "\"badge.svg\"", "\"../../secret\"");
                        }),
                unusableUnsigned("an unknown schema", "schema version 99", copy -> {
                    edit(copy, CLAIM, "\"schema\": 1", "\"schema\": 99");
                }),
                unusable("a symbolic link", "is a symbolic link", copy -> {
                    Files.move(copy.resolve(JSON), copy.resolve("elsewhere"));
                    Files.createSymbolicLink(copy.resolve(JSON), copy.resolve("elsewhere"));
                }),
                unusable("a huge file", "is longer than 32 MiB", copy -> {
                    try (var file = new RandomAccessFile(copy.resolve(JSON).toFile(), "rw")) {
                        file.setLength(1L << 40);
                    }
                }),
                unusable("a missing file", "there is no badge.svg", copy -> Files.delete(copy.resolve("badge.svg"))));
    }

    private static DynamicTest rejected(String name, String message, Tampering tampering) {
        return dynamicTest(name, () -> assertRejected(verify(changed(name, tampering), jar), message));
    }

    /** The claim itself was changed: here what it says is looked at, not who signed it. */
    private static DynamicTest rejectedUnsigned(String name, String message, Tampering tampering) {
        return dynamicTest(name, () -> assertRejected(verifyUnsigned(changed(name, tampering)), message));
    }

    private static DynamicTest unusable(String name, String message, Tampering tampering) {
        return dynamicTest(name, () -> assertUnusable(verify(changed(name, tampering), jar), message));
    }

    private static DynamicTest unusableUnsigned(String name, String message, Tampering tampering) {
        return dynamicTest(name, () -> assertUnusable(verifyUnsigned(changed(name, tampering)), message));
    }

    private static void assertUnusable(Ended ended, String message) {
        assertEquals(3, ended.exitCode(), ended.output());
        assertEquals(1, ended.output().lines().count(), ended.output());
        assertTrue(ended.output().contains(message), ended.output());
    }

    private static void assertRejected(Ended ended, String message) {
        assertEquals(1, ended.exitCode(), ended.output());
        assertEquals(1, ended.output().lines().count(), ended.output());
        assertTrue(ended.output().startsWith("datagram4j: rejected: "), ended.output());
        assertTrue(ended.output().contains(message), ended.output());
        assertFalse(ended.output().contains("genuine"), ended.output());
    }

    private static Path changed(String name, Tampering tampering) throws Exception {
        Path copy = Files.createDirectories(directory.resolve("changed").resolve(name.replace(' ', '-')));
        try (Stream<Path> files = Files.list(signed)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName().toString()));
            }
        }
        tampering.change(copy);
        return copy;
    }

    private static void edit(Path copy, String file, String from, String to) throws IOException {
        String text = Files.readString(copy.resolve(file));
        assertTrue(text.contains(from), from);
        Files.writeString(copy.resolve(file), text.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to)));
    }

    private static Ended verify(Path claim, Path about) throws Exception {
        return command("verify", claim.toString(), "--key", directory + "/acme-public.asc", "--jar", about.toString());
    }

    private static Ended verifyUnsigned(Path claim) throws Exception {
        return command("verify", claim.toString(), "--unsigned", "--jar", jar.toString());
    }

    private static Ended sign(Path claim, String key) throws Exception {
        Path passphrase = Files.writeString(directory.resolve("passphrase"), "only for tests\n");
        return command(
                "sign",
                claim.toString(),
                "--key",
                directory.resolve(key).toString(),
                "--passphrase-file",
                passphrase.toString());
    }

    private static Ended command(String... words) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(ROOT.resolve("datagram4j").toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("DATAGRAM4J_AS_BUILT", "1");
        return Ended.run(builder);
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
