package org.datagram4j.conformance.isolate;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.datagram4j.conformance.catalogue.Catalogue;
import org.datagram4j.conformance.catalogue.RuleEntry;
import org.datagram4j.conformance.report.BackendIdentity;
import org.datagram4j.conformance.report.Progress;
import org.datagram4j.conformance.report.RuleResult;
import org.datagram4j.conformance.run.Memory;

/**
 * What a judging JVM writes down as it goes, a line of JSON for each step, straight to a file, which outlives it. A journal
 * that is opened again is gone on with: what has ended is not run again.
 */
public final class Journal implements AutoCloseable {
    private static final Gson GSON = new Gson();

    private final JournalContent before;
    private final OutputStream out;

    private Journal(JournalContent before, OutputStream out) {
        this.before = before;
        this.out = out;
    }

    /**
     * Opens a journal.
     *
     * @param file the file, made if it is missing
     * @param catalogue the rules
     * @return the journal
     * @throws UncheckedIOException if it cannot be read or written
     */
    public static Journal open(Path file, Catalogue catalogue) {
        try {
            JournalContent before = new JournalContent(catalogue);
            if (Files.exists(file)) {
                Files.readAllLines(file, StandardCharsets.UTF_8).forEach(before::add);
            }
            return new Journal(before, new FileOutputStream(file.toFile(), true));
        } catch (IOException e) {
            throw new UncheckedIOException("the journal " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * What to tell the runner for one backend.
     *
     * @param backend the backend's name
     * @return reads and writes this journal
     */
    public Memory memory(String backend) {
        return new Memory() {
            @Override
            public Optional<RuleResult> known(int round, RuleEntry rule, String variant) {
                return before.known(backend, round, rule, variant);
            }

            @Override
            public void begun(int round, String cell) {
                write(JournalLine.begun(backend, round, cell));
            }

            @Override
            public void ended(int round, RuleResult result) {
                write(JournalLine.ended(backend, round, result));
            }
        };
    }

    /**
     * What to tell of one backend's run, for who watches it.
     *
     * @return writes this journal
     */
    public Progress progress() {
        return new Progress() {
            private final Map<String, Integer> rounds = new HashMap<>();

            @Override
            public void started(BackendIdentity backend, int results) {
                write(JournalLine.started(backend, results));
            }

            @Override
            public void finished(RuleResult result) {
                write(JournalLine.told(rounds.merge(result.name(), 1, Integer::sum), result));
            }
        };
    }

    /**
     * Something to print.
     *
     * @param text the text, perhaps of many lines
     */
    public void print(String text) {
        write(JournalLine.print(text));
    }

    /**
     * All is judged.
     *
     * @param result what came of it, in types that JSON has
     */
    public void finish(Map<String, Object> result) {
        write(JournalLine.finished(GSON.toJsonTree(result)));
    }

    /**
     * Says, in a JVM that judges, that it was asked for what cannot be done and is about to end by itself: its exit code
     * is then its own, and not the doing of what it judges.
     *
     * @param file the journal
     * @throws UncheckedIOException if it cannot be written
     */
    public static void refuse(Path file) {
        try {
            Files.writeString(
                    file,
                    GSON.toJson(JournalLine.refused()) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("the journal cannot be written: " + e.getMessage(), e);
        }
    }

    /** Says that the JVM was ended, and why; whatever test was going on has failed. */
    void died(String reason) {
        write("\n"); // the line before may have been cut off
        write(JournalLine.died(reason));
    }

    /** Says that nothing more of a backend is to be run, and why. */
    void givenUp(String reason) {
        write(JournalLine.givenUp(reason));
    }

    // One write for each line, so that a line is there completely or not at all, whatever happens to this JVM next.
    private void write(JsonObject line) {
        write(GSON.toJson(line) + "\n");
    }

    private synchronized void write(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the journal cannot be written: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the journal cannot be closed: " + e.getMessage(), e);
        }
    }
}
