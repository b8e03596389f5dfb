package org.datagram4j.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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
    @ValueSource(strings = {"--only nothing", "--rounds 0", "--rounds many", "--loud", "word", "--sockets -1"})
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
    void measuresAndReports() throws IOException {
        System.setProperty("datagram4j.home", System.getProperty("datagram4j.project.root"));

        int exitCode = run("--only", "single-64", "--rounds", "1", "--millis", "1", "--out", directory.toString());

        assertEquals(0, exitCode, () -> err.toString() + out);
        assertTrue(out.toString().contains("java.nio"), out::toString);
        String json = Files.readString(directory.resolve("results.json"));
        assertTrue(json.contains("\"workload\": \"single-64\""), json);
    }

    private int run(String... words) {
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(words);
    }
}
