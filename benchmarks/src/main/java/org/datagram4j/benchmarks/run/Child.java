package org.datagram4j.benchmarks.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A process that is measured: told what to do on its standard input, and answering line by line. It ends when its input
 * ends, so it does not survive the driver, however that ends.
 */
final class Child implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 90;
    private static final int LINES_TOLD = 3;
    private static final String END = "\n";

    private final Process process;
    private final Path errors;
    private final Writer in;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    Child(List<String> command, Path directory) throws IOException {
        errors = Files.createTempFile(directory, "process", ".err");
        errors.toFile().deleteOnExit();
        process = Started.start(new ProcessBuilder(command).redirectError(errors.toFile()));
        in = process.outputWriter(StandardCharsets.US_ASCII);
        Thread reader = new Thread(this::read, "reader of " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            out.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            // it was killed
        }
        lines.add(END);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Tells it something; what it says to that is still to be awaited. */
    void tell(String command) throws IOException {
        try {
            in.write(command + "\n");
            in.flush();
        } catch (IOException e) {
            throw new IOException(why(), e);
        }
    }

    /** The next line that it says. */
    String await() throws IOException, InterruptedException {
        String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (line == null) {
            process.destroyForcibly();
            throw new IOException("it said nothing for " + PATIENCE_SECONDS + " seconds");
        }
        if (line.equals(END)) {
            lines.add(END);
            throw new IOException(why());
        }
        return line;
    }

    private String why() throws IOException {
        String told;
        try (var all = Files.lines(errors, StandardCharsets.ISO_8859_1)) {
            told = all.filter(line -> !line.isBlank()).limit(LINES_TOLD).collect(Collectors.joining(" | "));
        }
        try {
            String code = process.waitFor(1, TimeUnit.SECONDS) ? " (exit code " + process.exitValue() + ")" : "";
            return (told.isEmpty() ? "it ended" : told) + code;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return told;
        }
    }

    @Override
    public void close() {
        Started.end(process);
        try {
            process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            Files.deleteIfExists(errors);
        } catch (IOException e) {
            // a file too many in target/
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
