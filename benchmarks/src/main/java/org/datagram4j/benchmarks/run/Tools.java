package org.datagram4j.benchmarks.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Commands that run to their end. */
final class Tools {
    private static final int PATIENCE_SECONDS = 240;

    private final Path directory;

    Tools(Path directory) {
        this.directory = directory;
    }

    /** The first line that a command prints; it fails with the first that it prints on its standard error. */
    String run(List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(directory, "process", ".out");
        Path err = Files.createTempFile(directory, "process", ".err");
        try {
            Process process = Started.start(
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile()));
            try {
                process.getOutputStream().close();
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    throw new IOException(command.get(0) + " did not end within " + PATIENCE_SECONDS + " seconds");
                }
            } finally {
                Started.end(process);
            }
            if (process.exitValue() != 0) {
                throw new IOException(error(err).orElse(command.get(0) + ": exit code " + process.exitValue()));
            }
            return firstLine(out).orElse("");
        } finally {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
    }

    /** The line that says what is wrong, among those that say what was done. */
    private static Optional<String> error(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            Optional<String> error =
                    lines.filter(line -> line.contains("error")).findFirst();
            return error.isPresent() ? error : firstLine(file);
        }
    }

    private static Optional<String> firstLine(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.findFirst();
        }
    }
}
