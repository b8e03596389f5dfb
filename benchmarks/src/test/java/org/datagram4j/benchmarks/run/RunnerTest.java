package org.datagram4j.benchmarks.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What happens when something that is measured fails. */
@DisabledOnOs(OS.WINDOWS)
class RunnerTest {
    private static final Workload CHURN = Workload.of(Family.CHURN, 0);

    @TempDir
    private Path directory;

    @Test
    void tellsWhatAProcessSaidLast() throws IOException {
        try (Child child = new Child(List.of("sh", "-c", "echo so what; echo broken >&2; exit 7"), directory)) {
            assertEquals("so what", assertReads(child));
            assertEquals(
                    "broken (exit code 7)",
                    assertThrows(IOException.class, child::await).getMessage());
        }
    }

    private static String assertReads(Child child) throws IOException {
        try {
            return child.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void goesOnWithoutWhoDies() throws Exception {
        Path c = Files.createDirectories(directory.resolve("sources/c"));
        Files.writeString(c.resolve("main.c"), """
                #include <stdio.h>
                int main(void) {
                    char line[256];
                    fgets(line, sizeof line, stdin);
                    puts("ready threads=");
                    fflush(stdout);
                    fgets(line, sizeof line, stdin);
                    fputs("out of luck\\n", stderr);
                    return 9;
                }
                """);
        Programs programs = new Programs(directory.resolve("sources"), directory.resolve("built"), false);
        assumeTrue(programs.absence(Contender.C).isEmpty(), "there is no C compiler");
        Results results = new Results();
        List<String> progress = new ArrayList<>();

        new Runner(
                        programs,
                        new Settings(false, 2, 1, 1, false),
                        EnumSet.of(Contender.C, Contender.JAVA_NIO),
                        results,
                        progress::add)
                .run(List.of(List.of(CHURN)));

        assertEquals(List.of("Failed: churn, C: out of luck (exit code 9)"), results.failures());
        assertTrue(progress.containsAll(results.failures()), progress::toString);
        assertEquals(2, results.samples(CHURN, Contender.JAVA_NIO).size());
        assertTrue(results.samples(CHURN, Contender.C).isEmpty());
        try (var left = Files.list(directory.resolve("built"))) {
            assertFalse(left.anyMatch(file -> file.toString().endsWith(".err")));
        }
    }
}
