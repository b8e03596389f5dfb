package org.datagram4j.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.datagram4j.benchmarks.report.JsonReport;
import org.datagram4j.benchmarks.run.Contender;
import org.datagram4j.benchmarks.run.Program;
import org.datagram4j.benchmarks.run.Results;
import org.datagram4j.benchmarks.run.Workload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The driver; what it measures here is too short to mean anything, and is not judged. */
class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--only nothing",
                "--only burst-0",
                "--only burst-99999",
                "--contenders nobody",
                "--rounds 0",
                "--rounds many",
                "--loud",
                "word"
            })
    void saysInOneLineWhatIsWrong(String words) {
        assertEquals(3, run(words.split(" ")));
        assertEquals(1, err.toString().lines().count(), err::toString);
        assertEquals("", out.toString());
    }

    @Test
    void saysThatItCannotWrite() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertEquals(3, run("--out", file.resolve("below").toString()));
        assertEquals(1, err.toString().lines().count(), err::toString);
    }

    @Test
    void listsWhatThereIs() {
        assertEquals(0, run("--list"));

        for (Contender contender : Contender.values()) {
            assertTrue(out.toString().contains(contender.label()), out::toString);
        }
        assertTrue(out.toString().contains("* burst-1200 "), out::toString);
    }

    /** All but mio's, which would have to be downloaded and built. */
    @Test
    void everyContenderRunsEveryWorkload() throws IOException {
        System.setProperty("datagram4j.home", System.getProperty("datagram4j.project.root"));

        int exitCode = run("--check", "--out", directory.toString());

        assertEquals(0, exitCode, () -> err.toString() + out);
        Results results = JsonReport.read(directory.resolve("results.json"));
        for (Workload workload :
                Workload.check().stream().flatMap(java.util.List::stream).toList()) {
            for (Contender contender : workload.contenders(false)) {
                assertTrue(
                        !results.samples(workload, contender).isEmpty()
                                || contender.program() == Program.RUST
                                || isTold(results, contender.label())
                                || isTold(results, workload.name()),
                        () -> workload.name() + ", " + contender.label() + " is missing without a word:\n" + out);
            }
        }
    }

    private static boolean isTold(Results results, String name) {
        return results.absences().stream().anyMatch(line -> line.contains(name));
    }

    private int run(String... words) {
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(words);
    }
}
