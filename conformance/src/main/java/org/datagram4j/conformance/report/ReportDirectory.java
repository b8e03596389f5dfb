package org.datagram4j.conformance.report;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Where the files of reports go. A file is there completely or not at all. */
public final class ReportDirectory {
    private static final int LONGEST_NAME = 64;

    private final Path path;

    private ReportDirectory(Path path) {
        this.path = path;
    }

    /**
     * Makes sure, before anything is run, that files can be written.
     *
     * @param path the directory, made if it is missing
     * @return the directory
     * @throws IllegalArgumentException if it cannot be made or written to, saying why
     */
    public static ReportDirectory open(Path path) {
        try {
            Files.createDirectories(path);
            Files.delete(Files.createTempFile(path, "report", ".tmp"));
            return new ReportDirectory(path);
        } catch (IOException e) {
            throw new IllegalArgumentException("reports cannot be written to the directory " + path + ": " + e, e);
        }
    }

    /**
     * A directory in it, with the same promise. Whatever the name is, it is one directory in this one: characters that
     * could lead elsewhere are replaced, and a long one is cut.
     *
     * @param name its name, such as a backend's
     * @return the directory
     * @throws IllegalArgumentException if it cannot be made or written to, saying why
     */
    public ReportDirectory child(String name) {
        String safe = name.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^[.]", "_");
        return open(path.resolve(safe.isEmpty() ? "_" : safe.substring(0, Math.min(safe.length(), LONGEST_NAME))));
    }

    /**
     * Removes a file if it is there.
     *
     * @param file its name
     * @throws IOException if it cannot be removed
     */
    public void remove(String file) throws IOException {
        Files.deleteIfExists(path.resolve(file));
    }

    /**
     * Writes a file, instead of one that is there.
     *
     * @param file its name
     * @param text its content
     * @return where it is
     * @throws IOException if it cannot be written
     */
    public Path write(String file, String text) throws IOException {
        // Not a temporary file as the library makes them: those can be read by their owner alone, and would stay so.
        Path temporary = path.resolve("." + file + "-" + UUID.randomUUID() + ".tmp");
        Path target = path.resolve(file);
        try {
            Files.writeString(temporary, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try {
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
        return target;
    }
}
