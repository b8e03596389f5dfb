package org.datagram4j.usage.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.datagram4j.usage.Ended;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A browser for the tests of a class. Where there can be none, nothing is run, for the reason that is given. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WithBrowser {
    private static final Path PREPARE =
            Path.of(System.getProperty("datagram4j.project.root"), "usage-tests", "browser", "prepare");
    private static final Duration PREPARING = Duration.ofMinutes(15);
    private static final int CANNOT_RUN = 3;

    @TempDir
    static Path directory;

    Browser browser;
    Sight sight;

    @BeforeAll
    void startBrowser() throws IOException, InterruptedException {
        Ended prepared = Ended.run(new ProcessBuilder(PREPARE.toString()), PREPARING);
        assumeTrue(prepared.exitCode() != CANNOT_RUN, () -> "no page was tried in a browser: " + prepared.output());
        assertEquals(0, prepared.exitCode(), prepared.output());
        browser = Browser.start();
        sight = new Sight(browser);
    }

    @AfterAll
    void endBrowser() throws IOException {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void asMostReadersHaveIt() {
        browser.width(1280);
        browser.scheme("light");
    }
}
