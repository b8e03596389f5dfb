package org.datagram4j.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.datagram4j.conformance.isolate.Supervisor;

/** Another JVM with the same command line, in which backends are judged: what they do to it, they do not do to this one. */
final class JudgingJvm {
    /** What the judging JVM is told beside the user's own words. */
    static final String JOURNAL_OPTION = "--journal";

    /** What comes on top of the limit of one rule: the start of a JVM and a framework on a busy machine. */
    private static final Duration GRACE = Duration.ofSeconds(60);

    /** How long that JVM, and the framework in it, may take to end. */
    private static final Duration END = Duration.ofSeconds(20);

    private JudgingJvm() {}

    /**
     * Certifies there.
     *
     * @param words the user's words, "certify" first
     * @param ruleLimit how long one rule may take
     * @param directory where reports go, and what the JVM leaves when it crashes
     * @param verbose whether to print a line for each result
     */
    static Supervisor.Judged certify(List<String> words, Duration ruleLimit, Path directory, boolean verbose)
            throws IOException, InterruptedException {
        Path journal = Files.createTempFile("datagram4j-journal", ".jsonl");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(journal), "datagram4j-journal"));
        try {
            return Supervisor.run(new Supervisor.Settings(
                    command(words, journal, directory),
                    journal,
                    ruleLimit.plus(GRACE),
                    END,
                    verbose,
                    System.out,
                    System.err));
        } finally {
            Files.deleteIfExists(journal);
        }
    }

    private static List<String> command(List<String> words, Path journal, Path directory) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-XX:-CreateCoredumpOnCrash");
        command.add("-XX:ErrorFile=" + directory.resolve("hs_err_pid%p.log"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(words);
        command.addAll(List.of(JOURNAL_OPTION, journal.toString()));
        return command;
    }

    /** In the judging JVM: ends it when the one that started it is gone. */
    static void endWithParent() {
        InputStream in = System.in;
        Thread thread = new Thread(() -> awaitEnd(in), "datagram4j-parent");
        thread.setDaemon(true);
        thread.start();
    }

    /** In the judging JVM: ends the processes that what is judged has started, lest they outlive the verdict. */
    static void endChildren() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    }

    private static void awaitEnd(InputStream in) {
        try {
            while (in.read() >= 0) {
                continue; // nobody writes anything
            }
        } catch (IOException e) {
            // gone as well
        }
        System.exit(Main.INCONCLUSIVE);
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // it is in the directory for temporary files
        }
    }
}
