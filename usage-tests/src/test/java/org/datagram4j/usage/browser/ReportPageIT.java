package org.datagram4j.usage.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.datagram4j.conformance.catalogue.Catalogue;
import org.datagram4j.conformance.catalogue.RuleEntry;
import org.datagram4j.conformance.render.Reports;
import org.datagram4j.conformance.report.JsonReport;
import org.datagram4j.conformance.report.Report;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** {@code conformance.html} of a run in which all is well, and of one in which much is broken. */
class ReportPageIT extends RulesPage {
    private PageFile broken;

    @Override
    List<PageFile> pages() throws IOException {
        PageFile conformant = page("conformant", Runs.conformant());
        broken = page("broken", Runs.broken());
        return List.of(conformant, broken);
    }

    private static PageFile page(String name, Report report) throws IOException {
        Path written = write(name, Reports.texts(report));
        JsonObject json = json(written.resolve(JsonReport.FILE));
        Map<String, Row> rows = new LinkedHashMap<>();
        objects(json, "results").forEach(result -> {
            Row row = rows.getOrDefault(text(result, "id"), new Row(text(result, "level"), Set.of(), false));
            Set<String> outcomes = new TreeSet<>(row.outcomes());
            outcomes.add(text(result, "outcome"));
            boolean rare = row.rare() || Runs.isRare(text(result, "detail"));
            rows.put(text(result, "id"), new Row(row.level(), outcomes, rare));
        });
        return new PageFile(name, written.resolve(Reports.PAGE), json, rows);
    }

    private static String text(JsonObject json, String field) {
        return json.get(field).getAsString();
    }

    @Override
    List<String> badges(PageFile page) {
        return page.rows().values().stream()
                .flatMap(row -> row.outcomes().stream())
                .distinct()
                .map(outcome -> ".cells [data-outcome=" + outcome + "] > .pill")
                .toList();
    }

    @Override
    void assertVerdict(PageFile page) {
        JsonObject verdict = page.json().getAsJsonObject("verdict");
        assertTrue(browser.find(".verdict").isDisplayed());
        assertEquals(
                headline(text(verdict, "conclusion")),
                browser.find(".verdict h2").getText());
        String all = text(verdict, "text");
        // a hundred names are not read; they are listed below
        String said = all.replaceFirst("failed: .*", "failed, of " + page.rows().size());
        assertEquals(page == broken ? said : all, browser.find(".verdict p").getText());
        assertEquals(
                objects(verdict, "tiers")
                        .map(tier -> text(tier, "tier") + " " + words(text(tier, "standing")))
                        .toList(),
                browser.findAll(".tiers li").stream().map(WebElement::getText).toList());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void countsWhatTheJsonCounts(PageFile page) {
        browser.open(page.file());

        Map<String, String> counts = new TreeMap<>();
        page.json().getAsJsonObject("counts").entrySet().forEach(count -> {
            if (count.getValue().getAsInt() > 0) {
                counts.put(words(count.getKey()), count.getValue().getAsString());
            }
        });
        Map<String, String> chips = browser.findAll(".chip[data-outcome]").stream()
                .map(chip -> chip.getText().replaceFirst("\\s*(\\d+)$", "\n$1").split("\n"))
                .collect(Collectors.toMap(words -> words[0], words -> words[1], (a, b) -> a, TreeMap::new));
        assertEquals(counts, chips);
        Set<String> tiles = browser.findAll(".tile").stream()
                .map(tile -> tile.getText().replace("\n", " "))
                .collect(Collectors.toSet());
        Set<String> wanted = new TreeSet<>(Set.of(
                page.rows().size() + " rules",
                page.json().getAsJsonArray("results").size() + " tests"));
        counts.forEach((words, count) -> wanted.add(count + " " + words));
        assertEquals(wanted, tiles);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void eachRowHasItsResults(PageFile page) {
        browser.open(page.file());

        assertEquals(
                objects(page.json(), "results")
                        .map(result -> text(result, "id") + "/" + text(result, "variant") + " "
                                + words(text(result, "outcome")))
                        .toList(),
                browser.texts("""
                        return Array.from(document.querySelectorAll('.cells > li'), cell => cell.closest('.row').id + '/'
                          + cell.querySelector('code').textContent + ' ' + cell.querySelector('.pill').textContent);
                        """));
    }

    @Test
    void aBrokenRuleLeadsToWhatIsSpecified() {
        browser.open(broken.file());
        List<String> failing = broken.rules(row -> row.outcomes().contains("FAIL"));

        assertEquals(Runs.BROKEN, failing.size());
        assertEquals(
                failing,
                browser.findAll(".broken a").stream().map(WebElement::getText).toList());
        int lapses = broken.rules(
                        row -> row.outcomes().contains("FAIL") && !row.level().equals("MUST"))
                .size();
        assertTrue(lapses > 0, "nothing is tried");
        assertEquals(
                lapses + " of them not binding",
                browser.find(".broken h2 small").getText());
        for (String rule : List.of(failing.get(0), failing.get(failing.size() - 1))) {
            press("outcome", "UNTESTABLE"); // hides it
            browser.find(".broken a[href='#" + rule + "']").click();
            browser.await(rule + " is in view", () -> sight.inView(rule));
            assertShown(broken, broken.rules());
            WebElement row = browser.find("#" + rule);
            RuleEntry entry = Catalogue.load().rule(rule).orElseThrow();
            assertTrue(row.findElement(By.className("text")).isDisplayed());
            assertEquals(entry.text(), row.findElement(By.className("text")).getText());
            assertTrue(row.getText().contains(entry.anchor()), entry.anchor());
        }
    }

    @Test
    void theSameLinkLeadsThereAgain() {
        browser.open(broken.file());
        WebElement link = browser.find(".broken a");
        String rule = link.getText();

        link.click();
        browser.await(rule + " is in view", () -> sight.inView(rule));
        browser.find("#" + rule + " > summary").click(); // closes it
        press("outcome", "UNTESTABLE");
        assertFalse(sight.shown().rules().contains(rule));
        link.click();
        browser.await(rule + " is in view again", () -> sight.inView(rule));
        assertTrue(browser.is("return document.getElementById(arguments[0]).open", rule));
    }
}
