package org.datagram4j.launcher;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A process of the packaged application, or of the script, that has ended: what it printed and its exit code. */
record Launched(int exitCode, String out, String err) {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** The directory with the packaged application; the test is aborted where there is none yet. */
    static Path app() {
        String app = System.getProperty("datagram4j.app");
        assumeTrue(app != null, "these tests run in the phase integration-test, of the packaged application");
        return Path.of(app);
    }

    /** A jar of a directory of the packaged application, by the name that its version follows. */
    static Path jar(String directory, String artifact) throws IOException {
        try (Stream<Path> jars = Files.list(app().resolve(directory))) {
            return jars.filter(jar -> jar.getFileName().toString().matches(Pattern.quote(artifact) + "-\\d.*"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("there is no " + artifact + " in " + directory));
        }
    }

    /** The project's root. */
    static Path root() {
        return Path.of(System.getProperty("datagram4j.project.root"));
    }

    /** The JDK that runs the tests. */
    static Path thisJava() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** Runs Main on the class path of the packaged application. */
    static Launched main(String... words) {
        return run(new ProcessBuilder(command(List.of(), words)));
    }

    /** Main on the class path of the packaged application, not yet started, by the JDK that runs the tests. */
    static List<String> command(List<String> options, String... words) {
        return command(
                thisJava(),
                Stream.concat(silence(Runtime.version().feature()).stream(), options.stream())
                        .toList(),
                words);
    }

    /** Main on the class path of the packaged application, not yet started. */
    static List<String> command(Path java, List<String> options, String... words) {
        return Stream.of(
                        List.of(java.toString()),
                        options,
                        List.of("-cp", app().resolve("lib") + "/*", Main.class.getName()),
                        List.of(words))
                .flatMap(List::stream)
                .toList();
    }

    /** What the script gives to a version of Java, to keep it from warning. */
    static List<String> silence(int version) {
        return version < 23
                ? List.of()
                : List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
    }

    /** Runs a process to its end. */
    static Launched run(ProcessBuilder builder) {
        return run(builder, PATIENCE);
    }

    /** Runs a process to its end, which may take its time. */
    static Launched run(ProcessBuilder builder, Duration patience) {
        try {
            Path out = Files.createTempFile("datagram4j-out", ".txt");
            Path err = Files.createTempFile("datagram4j-err", ".txt");
            try {
                Process process = builder.redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                        .start();
                return new Launched(ended(process, patience), Files.readString(out), Files.readString(err));
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for a process to end, and ends it if it does not. */
    static int ended(Process process) {
        return ended(process, PATIENCE);
    }

    private static int ended(Process process, Duration patience) {
        try {
            if (process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            throw new AssertionError("still running after " + patience + ": " + process.info());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            if (process.isAlive()) { // destroying closes the streams, which may still have to be read
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
    }

    /** Lines of the standard error. */
    List<String> errLines() {
        return new ArrayList<>(err.lines().toList());
    }

    @Override
    public String toString() {
        return "exit code " + exitCode + "\n--- out\n" + out + "--- err\n" + err;
    }
}
