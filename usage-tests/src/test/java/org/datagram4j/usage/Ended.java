package org.datagram4j.usage;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process that has ended.
 *
 * @param exitCode its exit code
 * @param output what it printed, on either channel
 */
public record Ended(int exitCode, String output) {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    static Ended run(List<String> command) throws IOException, InterruptedException {
        return run(new ProcessBuilder(command));
    }

    static Ended run(ProcessBuilder builder) throws IOException, InterruptedException {
        return run(builder, PATIENCE);
    }

    /** Runs a process, and ends it if it takes too long. */
    public static Ended run(ProcessBuilder builder, Duration patience) throws IOException, InterruptedException {
        Path output = Files.createTempFile("datagram4j-output", ".txt");
        try {
            Process process = builder.redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .redirectInput(new File("/dev/null"))
                    .start();
            if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError(
                        "still running after " + patience + ": " + builder.command() + "\n" + Files.readString(output));
            }
            return new Ended(process.exitValue(), Files.readString(output));
        } finally {
            Files.delete(output);
        }
    }
}
