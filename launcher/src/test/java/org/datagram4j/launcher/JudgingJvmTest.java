package org.datagram4j.launcher;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class JudgingJvmTest {
    /** A process that outlives the verdict could change the reports after it. */
    @Test
    void whatABackendStartedIsEnded() throws IOException, InterruptedException {
        Path sleep = Path.of("/bin/sleep");
        assumeTrue(Files.isExecutable(sleep), "there is no " + sleep);
        Process left = new ProcessBuilder(sleep.toString(), "600").start();

        JudgingJvm.endChildren();

        assertTrue(left.waitFor(60, TimeUnit.SECONDS));
    }
}
