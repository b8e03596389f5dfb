package org.datagram4j.usage.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** What holds of each page that has rules in rows. */
abstract class RulesPage extends WithBrowser {
    private static final double READABLE = 4.5;

    abstract List<PageFile> pages() throws IOException;

    @ParameterizedTest
    @MethodSource("pages")
    void needsNothingElseAndComplainsOfNothing(PageFile page) {
        browser.open(page.file());
        browser.findAll("button").stream().filter(WebElement::isDisplayed).forEach(WebElement::click);
        search("xyzzy");
        assertTrue(browser.find("#nothing").isDisplayed());

        assertEquals(List.of(), browser.console());
        assertEquals(List.of(page.file().toUri().toString()), browser.requests());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void hasARowForEachRule(PageFile page) {
        browser.open(page.file());

        assertShown(page, page.rules());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void filtersShowWhatTheySay(PageFile page) {
        browser.open(page.file());
        Set<String> outcomes = new TreeSet<>();
        page.rows().values().forEach(row -> outcomes.addAll(row.outcomes()));

        assertEquals(outcomes, chips("outcome"));
        for (String outcome : outcomes) {
            press("outcome", outcome);
            assertShown(page, page.rules(row -> row.outcomes().contains(outcome)));
            press("outcome", outcome);
        }
        for (String level : chips("level")) {
            press("level", level);
            assertShown(page, page.rules(row -> row.level().equals(level)));
            press("level", level);
        }
        assertShown(page, page.rules());

        press("outcome", "NOT_DECLARED");
        press("outcome", "UNTESTABLE");
        assertShown(
                page,
                page.rules(row -> row.outcomes().contains("NOT_DECLARED")
                        || row.outcomes().contains("UNTESTABLE")));
        press("level", "MUST");
        assertShown(
                page,
                page.rules(row -> row.level().equals("MUST")
                        && (row.outcomes().contains("NOT_DECLARED")
                                || row.outcomes().contains("UNTESTABLE"))));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void searchFindsIdsAndTexts(PageFile page) {
        browser.open(page.file());

        for (List<String> words : List.of(List.of("UDP-RECV-01"), List.of("udp-send-0", "empty"), List.of("Port"))) {
            search(String.join(" ", words));
            List<String> found = sight.rowsContaining(words);
            assertFalse(found.isEmpty(), words::toString);
            assertTrue(found.size() < page.rows().size(), words::toString);
            assertShown(page, found);
        }
        search("");
        assertShown(page, page.rules());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void searchAndFiltersNarrowEachOther(PageFile page) {
        browser.open(page.file());

        search(Runs.RARE);
        List<String> rare = page.rules(Row::rare);
        assertShown(page, rare);
        press("level", "SHOULD");
        List<String> both = page.rules(row -> row.rare() && row.level().equals("SHOULD"));
        assertShown(page, both);
        assertTrue(rare.isEmpty() || !both.isEmpty() && both.size() < rare.size(), "nothing is tried");
        press("outcome", "PASS");
        assertShown(
                page,
                page.rules(row -> row.rare()
                        && row.level().equals("SHOULD")
                        && row.outcomes().contains("PASS")));
        browser.find("#search").sendKeys(Keys.ESCAPE);
        assertShown(
                page,
                page.rules(row -> row.level().equals("SHOULD") && row.outcomes().contains("PASS")));
        press("level", "SHOULD");
        press("outcome", "PASS");
        assertShown(page, page.rules());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void worksByKeyboard(PageFile page) {
        browser.open(page.file());

        browser.type(Keys.TAB);
        WebElement skip = browser.find("#skip");
        assertTrue(browser.is("return document.activeElement === arguments[0]", skip), "the first tab");
        assertTrue(skip.isDisplayed());
        browser.type(Keys.ENTER);
        browser.await("the search has the focus", this::searchHasFocus);
        browser.type(Runs.RARE.substring(0, 6));
        assertShown(page, page.rules(Row::rare));

        browser.type(Keys.ESCAPE);
        browser.type(Keys.TAB, Keys.SPACE); // the first filter
        assertEquals(1, browser.findAll(".chip[aria-pressed=true]").size());
        String outcome = browser.find(".chip[aria-pressed=true]").getAttribute("data-outcome");
        assertShown(page, page.rules(row -> row.outcomes().contains(outcome)));
        browser.type(Keys.ENTER);
        assertShown(page, page.rules());

        browser.type("/");
        browser.await("the search has the focus again", this::searchHasFocus);
        browser.type("a/b"); // there, it is what it is
        assertEquals("a/b", browser.find("#search").getAttribute("value"));
    }

    private boolean searchHasFocus() {
        return browser.is("return document.activeElement.id === 'search'");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void canBeReadInLightAndDark(PageFile page) {
        browser.open(page.file());
        browser.run("document.querySelectorAll('details').forEach(details => { details.open = true; });");
        browser.find(".chip").click();
        browser.find(".chip").click(); // once more: the pointer stays

        String light = ground();
        assertReadable(page);
        browser.scheme("dark");
        String dark = ground();
        assertReadable(page);
        assertNotEquals(light, dark);

        browser.find("#theme").click();
        assertEquals(light, ground(), "light, though the system is dark");
        browser.find("#theme").click();
        assertEquals(dark, ground());
        browser.scheme("light");
        assertEquals(dark, ground(), "dark, though the system is light");
        assertReadable(page);
    }

    private String ground() {
        return (String) browser.run("return getComputedStyle(document.body).backgroundColor");
    }

    /** Every text on the page; the badges of all the outcomes above all, pressed and not. */
    private void assertReadable(PageFile page) {
        for (String badges : badges(page)) {
            assertFalse(sight.contrasts(badges).isEmpty(), badges);
        }
        press(true);
        List<String> pressed = sight.contrasts(".chip, .chip *");
        press(false);
        assertFalse(pressed.isEmpty());
        assertEquals(
                List.of(),
                Stream.concat(pressed.stream(), sight.contrasts("body *").stream())
                        .filter(each -> Double.parseDouble(each.substring(0, each.indexOf(' '))) < READABLE)
                        .toList());
    }

    // only the looks of all filters: what they do would be nothing at all
    private void press(boolean pressed) {
        browser.run(
                "document.querySelectorAll('.chip').forEach(chip => chip.setAttribute('aria-pressed', arguments[0]))",
                pressed);
    }

    /** What selects the badges of each outcome on the page. */
    abstract List<String> badges(PageFile page);

    @ParameterizedTest
    @MethodSource("pages")
    void fitsNarrowAndWideWindows(PageFile page) {
        for (int width : new int[] {360, 1280}) {
            browser.width(width);
            browser.open(page.file());

            assertEquals(width, ((Number) browser.run("return innerWidth")).intValue());
            assertEquals(List.of(), sight.stickingOut(), "in a window " + width + " wide");
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aLinkToARuleShowsIt(PageFile page) {
        String last = page.rules().get(page.rules().size() - 1);
        for (int width : new int[] {360, 1280}) {
            browser.width(width);
            browser.open(page.file());
            browser.run("location.hash = arguments[0]", last);
            browser.await("the rule is in view at " + width, () -> sight.inView(last));
        }
        search("UDP-BIND-01");
        browser.run("location.hash = 'UDP-RECV-01'");
        browser.await("a rule that the search had hidden", () -> sight.inView("UDP-RECV-01"));
        assertShown(page, page.rules());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void isCompleteWithoutScripts(PageFile page) {
        browser.command("Emulation.setScriptExecutionDisabled", Map.of("value", true));
        try {
            browser.open(page.file());

            assertEquals(new Sight.Shown(page.rules(), List.of(), "", false), sight.shown());
            assertFalse(browser.find("#rules").isDisplayed(), "what does nothing is not shown");
            assertFalse(browser.find("#skip").isDisplayed(), "what does nothing is not shown");
            assertFalse(browser.find("#theme").isDisplayed(), "what does nothing is not shown");
            assertVerdict(page);
            WebElement closed = browser.find("details:not([open]) > summary");
            closed.click();
            assertTrue(browser.is("return arguments[0].parentElement.open", closed));
        } finally {
            browser.command("Emulation.setScriptExecutionDisabled", Map.of("value", false));
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void saysTheVerdictOfItsJson(PageFile page) {
        browser.open(page.file());

        assertVerdict(page);
    }

    abstract void assertVerdict(PageFile page);

    void assertShown(PageFile page, List<String> rules) {
        int all = page.rows().size();
        String count = rules.size() == all ? all + " rules" : rules.size() + " of " + all + " rules";
        assertEquals(new Sight.Shown(rules, List.of(), count, rules.isEmpty()), sight.shown());
    }

    void search(String text) {
        browser.find("#search").sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE, text);
    }

    void press(String kind, String value) {
        browser.find(".chip[data-" + kind + "=" + value + "]").click();
    }

    private Set<String> chips(String kind) {
        return browser.findAll(".chip[data-" + kind + "]").stream()
                .map(chip -> chip.getAttribute("data-" + kind))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static Path write(String name, Map<String, String> files) throws IOException {
        Path to = Files.createDirectories(directory.resolve(name));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(to.resolve(file.getKey()), file.getValue());
        }
        return to;
    }

    static JsonObject json(Path file) throws IOException {
        return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    }

    static Stream<JsonObject> objects(JsonObject json, String list) {
        return StreamSupport.stream(json.getAsJsonArray(list).spliterator(), false)
                .map(JsonElement::getAsJsonObject);
    }

    static String words(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static String headline(String conclusion) {
        String words = words(conclusion);
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
