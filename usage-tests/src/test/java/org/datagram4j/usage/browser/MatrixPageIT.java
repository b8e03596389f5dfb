package org.datagram4j.usage.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.datagram4j.conformance.render.Matrix;
import org.datagram4j.conformance.report.Report;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.WebElement;

/** {@code matrix.html} of two runs, and the published one. */
class MatrixPageIT extends RulesPage {
    private static final Path PUBLISHED = Path.of(System.getProperty("datagram4j.project.root"), "docs", "peers");

    @Override
    List<PageFile> pages() throws IOException {
        Report broken = Runs.broken();
        Path written = write("matrix", Matrix.texts(List.of(Runs.conformant(), broken)));
        Set<String> rare = broken.results().stream()
                .filter(result -> Runs.isRare(result.detail()))
                .map(result -> result.rule().id())
                .collect(Collectors.toSet());
        return List.of(page("two runs", written, rare), page("published", PUBLISHED, Set.of()));
    }

    private static PageFile page(String name, Path from, Set<String> rare) throws IOException {
        JsonObject json = json(from.resolve(Matrix.FILE));
        Map<String, Row> rows = new LinkedHashMap<>();
        objects(json, "rules").forEach(rule -> {
            String id = rule.get("id").getAsString();
            rows.put(id, new Row(rule.get("level").getAsString(), outcomes(rule), rare.contains(id)));
        });
        return new PageFile(name, from.resolve(Matrix.PAGE), json, rows);
    }

    private static Set<String> outcomes(JsonObject rule) {
        Set<String> outcomes = new TreeSet<>();
        objects(rule, "outcomes")
                .forEach(cell -> cell.getAsJsonObject("variants")
                        .entrySet()
                        .forEach(variant -> outcomes.add(variant.getValue().getAsString())));
        if (cells(rule).stream().distinct().count() > 1) {
            outcomes.add("DIFFERS");
        }
        return outcomes;
    }

    private static List<String> cells(JsonObject rule) {
        return objects(rule, "outcomes")
                .map(cell -> cell.get("outcome").getAsString())
                .toList();
    }

    @Override
    List<String> badges(PageFile page) {
        return objects(page.json(), "rules")
                .flatMap(rule -> cells(rule).stream())
                .distinct()
                .map(MatrixPageIT::badge)
                .toList();
    }

    private static String badge(String outcome) {
        return switch (outcome) {
            case "PASS" -> ".row td.pass";
            case "FAIL" -> ".row td.fail summary";
            case "WAIVED" -> ".row td.waived summary";
            case "INCONCLUSIVE", "ENV_LACKS" -> ".row td.open";
            default -> ".row td.none";
        };
    }

    @Override
    void assertVerdict(PageFile page) {
        assertEquals(
                objects(page.json(), "backends")
                        .map(backend -> headline(backend.get("conclusion").getAsString()))
                        .toList(),
                browser.findAll(".matrix tbody:first-of-type tr:first-child td").stream()
                        .map(WebElement::getText)
                        .toList());
        assertTrue(browser.find(".matrix tbody:first-of-type").isDisplayed());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void eachCellHasItsOutcome(PageFile page) {
        browser.open(page.file());

        assertEquals(
                objects(page.json(), "rules")
                        .map(rule -> rule.get("id").getAsString() + " "
                                + cells(rule).stream().map(RulesPage::words).collect(Collectors.joining(", ")))
                        .toList(),
                browser.texts("""
                        return Array.from(document.querySelectorAll('.row'), row => row.id + ' '
                          + Array.from(row.querySelectorAll('td'), cell => (cell.querySelector('summary') ?? cell).textContent)
                            .join(', '));
                        """));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aBrokenCellOpens(PageFile page) {
        browser.open(page.file());
        WebElement cell = browser.find(".row td.fail summary");

        cell.click();

        assertTrue(browser.find(".row td.fail details[open] pre").isDisplayed());
    }
}
