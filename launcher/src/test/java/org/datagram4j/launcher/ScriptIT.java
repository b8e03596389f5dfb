package org.datagram4j.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script at the root, which these tests keep from building anything in this checkout. */
@DisabledOnOs(OS.WINDOWS)
class ScriptIT {
    private static final Map<String, String> AS_BUILT = Map.of("DATAGRAM4J_AS_BUILT", "1");

    @TempDir
    private Path elsewhere;

    @Test
    void runsFromAnotherDirectory() {
        assertLists(run(script(), AS_BUILT));
    }

    @Test
    void runsThroughSymlinks() throws IOException {
        Path absolute = Files.createSymbolicLink(elsewhere.resolve("absolute"), script());
        Path relative = Files.createSymbolicLink(elsewhere.resolve("relative"), Path.of("absolute"));

        assertLists(run(relative, AS_BUILT));
        assertLists(run(absolute, AS_BUILT));
    }

    @Test
    void passesWordsAndExitCodesOn() {
        Launched launched = run(script(), AS_BUILT, "explain", "two words");

        assertEquals(3, launched.exitCode(), launched::toString);
        assertTrue(launched.err().contains("there is no rule two words"), launched::toString);
    }

    @Test
    void givesOptionsToJava() {
        Launched launched = run(
                script(),
                Map.of("DATAGRAM4J_AS_BUILT", "1", "DATAGRAM4J_JAVA_OPTIONS", "-Ddatagram4j.backend=none"),
                "backends",
                "--in",
                "classpath");

        assertTrue(launched.out().contains("datagram4j.backend=none forces another"), launched::toString);
    }

    @Test
    void saysThatJavaHomeIsWrong() {
        assertSaysWhy(run(script(), Map.of("JAVA_HOME", elsewhere.toString()), "list"), "JAVA_HOME");
    }

    @Test
    void saysThatJavaIsMissing() throws IOException {
        assertSaysWhy(run(script(), withTools(), "list"), "Java 17 or newer is needed");
    }

    @Test
    void saysThatJavaIsTooOld() throws IOException {
        Path jdk = jdk("1.8.0_402");

        assertSaysWhy(run(script(), Map.of("JAVA_HOME", jdk.toString()), "list"), "Java 17 or newer is needed");
    }

    @Test
    void saysThatMavenIsMissing() throws IOException {
        Path copy = Files.copy(
                script(), Files.createDirectory(elsewhere.resolve("checkout")).resolve("datagram4j"));
        Map<String, String> environment = withTools();

        for (String word : List.of("list", "test")) {
            Launched launched = run(
                    copy,
                    Map.of(
                            "PATH",
                            environment.get("PATH"),
                            "JAVA_HOME",
                            jdk("17.0.1").toString()),
                    word);
            assertSaysWhy(launched, "Maven 3.8 or newer is needed");
        }
    }

    private static void assertLists(Launched launched) {
        assertEquals(0, launched.exitCode(), launched::toString);
        assertTrue(launched.out().contains("UDP-RECV-01"), launched::toString);
        assertTrue(launched.err().isEmpty(), launched::toString);
    }

    private static void assertSaysWhy(Launched launched, String reason) {
        assertEquals(3, launched.exitCode(), launched::toString);
        assertEquals(1, launched.errLines().size(), launched::toString);
        assertTrue(launched.err().contains(reason), launched::toString);
    }

    private static Path script() {
        return Launched.root().resolve("datagram4j");
    }

    /** What looks like a JDK of some version, as far as the script looks. */
    private Path jdk(String version) throws IOException {
        Path jdk = elsewhere.resolve("jdk-" + version);
        Files.createDirectories(jdk.resolve("bin"));
        for (String tool : List.of("java", "javac")) {
            Path file = jdk.resolve("bin").resolve(tool);
            if (!Files.exists(file)) {
                Files.createFile(file);
            }
            assertTrue(file.toFile().setExecutable(true));
        }
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        return jdk;
    }

    /** A PATH with what the script itself uses, and neither Java nor Maven. */
    private Map<String, String> withTools() throws IOException {
        Path tools = Files.createDirectories(elsewhere.resolve("tools"));
        for (String tool : List.of("bash", "env", "dirname", "find", "grep", "head", "readlink", "sed")) {
            if (!Files.exists(tools.resolve(tool))) {
                Files.createSymbolicLink(tools.resolve(tool), onPath(tool));
            }
        }
        return Map.of("PATH", tools.toString());
    }

    private static Path onPath(String tool) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(directory -> Path.of(directory, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + tool + " on the PATH"));
    }

    private Launched run(Path script, Map<String, String> environment, String... words) {
        List<String> command = Stream.concat(
                        Stream.of(script.toString()), Stream.of(words.length == 0 ? new String[] {"list"} : words))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command).directory(elsewhere.toFile());
        builder.environment().remove("JAVA_HOME");
        builder.environment().remove("DATAGRAM4J_AS_BUILT");
        builder.environment().putAll(environment);
        return Launched.run(builder);
    }
}
