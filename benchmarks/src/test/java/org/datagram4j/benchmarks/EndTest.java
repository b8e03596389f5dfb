package org.datagram4j.benchmarks;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whoever ends the driver ends everything that it has started. */
@DisabledOnOs(OS.WINDOWS)
class EndTest {
    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    private Path directory;

    @Test
    @Timeout(4 * PATIENCE_SECONDS)
    void endsWhatItMeasures() throws Exception {
        Process driver = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Ddatagram4j.home=" + System.getProperty("datagram4j.project.root"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "--check",
                        "--only",
                        "churn",
                        "--contenders",
                        "java.nio",
                        "--millis",
                        "600000",
                        "--out",
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader out = driver.inputReader()) {
            String line;
            do {
                line = out.readLine();
                assertTrue(line != null, "it ended by itself");
            } while (!line.contains("1 of 1"));
            while (driver.descendants().noneMatch(ProcessHandle::isAlive)) {
                assertTrue(driver.isAlive(), "it ended by itself");
                Thread.onSpinWait();
            }
            List<ProcessHandle> started = driver.descendants().toList();

            driver.destroy();

            assertTrue(driver.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
            for (ProcessHandle process : started) {
                process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                assertFalse(process.isAlive());
            }
        } finally {
            driver.descendants().forEach(ProcessHandle::destroyForcibly);
            driver.destroyForcibly();
        }
    }
}
