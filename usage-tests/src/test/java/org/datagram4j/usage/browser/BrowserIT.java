package org.datagram4j.usage.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the tests of the pages look by: it sees what is wrong with a page where something is. */
class BrowserIT extends WithBrowser {
    @Test
    void seesErrorsAndRequests() throws IOException {
        browser.open(page("<img src='elsewhere.png'><script>console.error('oh')</script>"));

        assertTrue(browser.console().stream().anyMatch(line -> line.contains("oh")));
        List<String> requests = browser.requests();
        assertEquals(2, requests.size(), requests::toString);
        assertTrue(requests.get(1).endsWith("/elsewhere.png"));
    }

    @Test
    void seesWhatCannotBeRead() throws IOException {
        browser.open(
                page(
                        "<p class=black>black</p><p class=grey style='color: #777'>grey</p>"
                                + "<p class=pale style='background: #0008; color: white'>pale</p><p hidden style='color: #eee'>hidden</p>"));

        assertEquals(List.of("21.00 black: black", "4.48 grey: grey", "4.47 pale: pale"), sight.contrasts("body *"));
    }

    @Test
    void seesWhatSticksOut() throws IOException {
        browser.width(360);
        browser.open(page("<main><p style='width: 400px'>wide</p></main>"));
        assertFalse(sight.stickingOut().isEmpty());

        browser.open(page("<main style='overflow-x: hidden'><pre>" + "cut off ".repeat(60) + "</pre></main>"));
        assertFalse(sight.stickingOut().isEmpty());

        browser.open(page("<main class=matrix-scroll style='overflow-x: auto'><p style='width: 400px'>may</p></main>"));
        assertEquals(List.of(), sight.stickingOut());
    }

    @Test
    void seesWhatIsCovered() throws IOException {
        browser.open(
                page(
                        "<p id=below>below</p>"
                                + "<p id=covered>covered</p><p style='position: relative; top: -3em; height: 3em; background: red'></p>"));

        assertTrue(sight.inView("below"));
        assertFalse(sight.inView("covered"));
    }

    @Test
    void leavesNothingBehind() throws IOException {
        Browser another = Browser.start();
        another.open(page("<p>hello</p>"));
        assertTrue(another.processes().size() > 2, () -> another.processes().toString());

        another.close();

        assertEquals(List.of(), another.processes());
        assertFalse(Files.exists(another.home()));
    }

    private static Path page(String body) throws IOException {
        return Files.writeString(
                directory.resolve("page.html"),
                "<!DOCTYPE html><html><head><meta charset=utf-8><title>page</title></head>"
                        + "<body style='background: white; margin: 0'>" + body + "</body></html>");
    }
}
