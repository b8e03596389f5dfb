package org.datagram4j.conformance.isolate;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.TypeAdapter;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.datagram4j.conformance.catalogue.Catalogue;
import org.datagram4j.conformance.report.ConsoleReport;

/**
 * Lets another JVM judge, and tells on the console how it goes. When that JVM ends before it is done, the rule that was
 * being tested has failed, and another JVM goes on with the next. One that shows no sign of life is ended.
 */
public final class Supervisor {
    /** How often a backend may end the JVM before the rest of its rules is left undecided. */
    public static final int MOST_DEATHS = 5;

    private static final int NOT_CONFORMANT = 1;
    private static final Set<Integer> TOLD_BY_ITSELF = Set.of(2, 3);
    private static final long LOOK_MILLIS = 20;
    private static final long INTERRUPT_MILLIS = 300;

    private static final TypeAdapter<Map<String, Object>> RESULT =
            new Gson().getAdapter(new TypeToken<Map<String, Object>>() {});

    private final Settings settings;
    private final Catalogue catalogue = Catalogue.load();
    private final ConsoleReport console;
    private final Set<String> started = new HashSet<>();
    private final Map<String, Set<String>> told = new HashMap<>();
    private final Map<String, Integer> deaths = new HashMap<>();
    private String backend = "";
    private boolean busy; // whether the JVM that judges has begun a test
    private boolean refused; // whether it said that it ends by itself
    private JsonObject result;
    private long printed;
    private volatile Process process;
    private volatile boolean stopping;

    /**
     * How to supervise.
     *
     * @param command what starts the judging JVM; it has to certify with the journal as an option, and to end when its
     *     standard input does
     * @param journal the file; missing or empty at first
     * @param silence how long nothing may be written into the journal
     * @param end how long the judging JVM may take to end when it is done, or asked to
     * @param verbose whether to print a line for each result
     * @param out where to tell how it goes
     * @param err where what the judging JVM prints goes, up to a bound
     */
    public record Settings(
            List<String> command,
            Path journal,
            Duration silence,
            Duration end,
            boolean verbose,
            PrintStream out,
            PrintStream err) {}

    private Supervisor(Settings settings) {
        this.settings = settings;
        this.console = new ConsoleReport(settings.out(), settings.verbose());
    }

    /**
     * Lets another JVM judge, until all is judged.
     *
     * @param settings how
     * @return the exit code, and what the judging JVM finished with
     * @throws IOException if no JVM can be started, or the journal is not readable
     * @throws InterruptedException if the thread is interrupted; then the judging JVM is ended
     */
    public static Judged run(Settings settings) throws IOException, InterruptedException {
        return new Supervisor(settings).run();
    }

    /**
     * What came of it.
     *
     * @param exitCode 0 conformant, 1 not conformant, 2 inconclusive, 3 wrong usage
     * @param result what the judging JVM gave to {@link Journal#finish}, as JSON has it; null if it never did
     */
    public record Judged(int exitCode, Map<String, Object> result) {}

    private Judged run() throws IOException, InterruptedException {
        if (!Files.exists(settings.journal())) {
            Files.createFile(settings.journal());
        }
        Thread hook = new Thread(this::stop, "end of the judging JVM");
        Runtime.getRuntime().addShutdownHook(hook);
        try (Tail tail = new Tail(settings.journal())) {
            while (true) {
                String reason = judge(tail);
                if (result != null) {
                    return new Judged(result.get("exitCode").getAsInt(), RESULT.fromJsonTree(result));
                }
                if (!busy) {
                    return neverBegan(reason);
                }
                goOn(reason);
            }
        } finally {
            forget(hook);
            end(process);
            if (printed > Output.SHOWN_BYTES) {
                settings.err().println();
                settings.err()
                        .println("datagram4j: what is judged printed " + printed + " bytes; the first "
                                + Output.SHOWN_BYTES + " are above");
            }
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // this JVM is ending, and the hook runs
        }
    }

    // Until it is finished, or its JVM is gone: then why.
    private String judge(Tail tail) throws IOException, InterruptedException {
        busy = false;
        process =
                new ProcessBuilder(settings.command()).redirectErrorStream(true).start();
        Output output = Output.of(process.getInputStream(), settings.err(), printed);
        String reason = watch(tail);
        end(process);
        output.join(settings.end().toMillis());
        tail.next().forEach(this::take);
        printed = output.bytes();
        if (result == null) {
            Thread.sleep(INTERRUPT_MILLIS); // what ended that JVM may be about to end this one
        }
        while (stopping) {
            Thread.sleep(Long.MAX_VALUE);
        }
        return output.crash() ? reason + " after a crash" : reason;
    }

    private String watch(Tail tail) throws IOException, InterruptedException {
        long quietSince = System.nanoTime();
        while (result == null) {
            boolean alive = !process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            List<JsonObject> lines = tail.next();
            lines.forEach(this::take);
            if (!lines.isEmpty()) {
                quietSince = System.nanoTime();
            }
            if (!alive) {
                return death(process.exitValue());
            }
            if (System.nanoTime() - quietSince > settings.silence().toNanos()) {
                return "it showed no sign of life for " + settings.silence().toSeconds() + " s and was ended";
            }
        }
        process.waitFor(settings.end().toMillis(), TimeUnit.MILLISECONDS);
        return "";
    }

    private static String death(int exitCode) {
        boolean signal = exitCode > 128 && exitCode < 128 + 65;
        return "it was ended with exit code " + exitCode + (signal ? " (signal " + (exitCode - 128) + ")" : "");
    }

    private void take(JsonObject line) {
        switch (line.get(JournalLine.KIND).getAsString()) {
            case JournalLine.STARTED -> {
                backend = line.get(JournalLine.BACKEND).getAsString();
                if (started.add(backend)) {
                    console.started(
                            JournalLine.identity(line),
                            line.get(JournalLine.COUNT).getAsInt());
                    told.put(backend, new HashSet<>());
                }
            }
            case JournalLine.BEGUN -> busy = true;
            case JournalLine.TOLD -> tell(line);
            case JournalLine.PRINT -> {
                console.endMarks();
                settings.out().print(line.get(JournalLine.TEXT).getAsString());
                settings.out().flush();
            }
            case JournalLine.REFUSED -> refused = true;
            case JournalLine.FINISHED -> result = line.getAsJsonObject(JournalLine.RESULT);
            default -> {
                // not for the console
            }
        }
    }

    // A JVM that goes on tells again what was told before.
    private void tell(JsonObject line) {
        String cell = line.get(JournalLine.ROUND).getAsInt() + " "
                + line.get(JournalLine.CELL).getAsString();
        if (told.get(backend).add(cell)) {
            JournalLine.result(line, catalogue).ifPresent(console::finished);
        }
    }

    private void goOn(String reason) {
        int times = deaths.merge(backend, 1, Integer::sum);
        try (Journal journal = Journal.open(settings.journal(), catalogue)) {
            journal.died(reason);
            if (times >= MOST_DEATHS) {
                journal.givenUp("was not run: the backend ended the JVM " + times + " times, at last so: " + reason);
            }
        }
    }

    // Without a test there is no rule to blame. Whoever refuses has printed a line that says why.
    private Judged neverBegan(String reason) {
        if (deaths.isEmpty() && refused && TOLD_BY_ITSELF.contains(process.exitValue())) {
            return new Judged(process.exitValue(), null);
        }
        console.endMarks();
        settings.out()
                .println((backend.isEmpty() ? "what is judged" : backend)
                        + ": not conformant: the JVM did not live to run a rule: " + reason);
        return new Judged(NOT_CONFORMANT, null);
    }

    private void stop() {
        stopping = true;
        end(process);
    }

    // Gently first, so that it can clean up.
    private void end(Process process) {
        if (process == null || !process.isAlive()) {
            return;
        }
        try {
            process.toHandle().destroy();
            if (!process.waitFor(settings.end().toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor(settings.end().toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
