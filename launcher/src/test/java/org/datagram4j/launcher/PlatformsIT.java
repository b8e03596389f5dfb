package org.datagram4j.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Other ways to run the same jars: on the module path, and by a newer Java. */
class PlatformsIT {
    /** The first Java that warns of what Felix does. */
    static final int NEWER = 23;

    @Test
    void backendsAreFoundOnTheModulePath() {
        Launched launched = Launched.run(new ProcessBuilder(
                Launched.thisJava().toString(),
                "-p",
                Launched.app().resolve("lib").toString(),
                "--add-modules",
                "ALL-MODULE-PATH",
                "-m",
                "org.datagram4j.launcher/" + Main.class.getName(),
                "backends",
                "--in",
                "classpath"));

        assertEquals(0, launched.exitCode(), launched::toString);
        assertTrue(launched.out().matches("(?s).*\\bnio +(chosen|available)\\b.*"), launched::toString);
    }

    @Test
    void aNewerJavaFindsTheBackendInFelix() throws IOException {
        Launched launched = Launched.run(new ProcessBuilder(
                Launched.command(newerJava(), Launched.silence(NEWER), "backends", "--in", "felix")));

        assertEquals(0, launched.exitCode(), launched::toString);
        assertTrue(launched.err().isEmpty(), launched::toString);
    }

    /** A JDK newer than the one that is the least we need; the test is aborted if this machine has none. */
    static Path newerJava() throws IOException {
        Optional<Path> found = candidates().stream()
                .filter(home -> version(home) >= NEWER)
                .map(home -> home.resolve("bin/java"))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(
                found.isPresent(), "no JDK " + NEWER + " or newer: set JAVA_HOME_25, or install one in /usr/lib/jvm");
        return found.orElseThrow();
    }

    private static List<Path> candidates() throws IOException {
        Stream<Path> given = Stream.of("JAVA_HOME_25", "JAVA_HOME")
                .map(System::getenv)
                .filter(home -> home != null)
                .map(Path::of);
        Path usual = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(usual)) {
            return given.toList();
        }
        try (Stream<Path> installed = Files.list(usual)) {
            return Stream.concat(given, installed.sorted()).toList();
        }
    }

    private static int version(Path home) {
        try {
            return Files.readAllLines(home.resolve("release")).stream()
                    .filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> Runtime.Version.parse(
                            line.substring("JAVA_VERSION=".length()).replace("\"", "")))
                    .findFirst()
                    .map(Runtime.Version::feature)
                    .orElse(0);
        } catch (IOException | IllegalArgumentException e) {
            return 0;
        }
    }
}
