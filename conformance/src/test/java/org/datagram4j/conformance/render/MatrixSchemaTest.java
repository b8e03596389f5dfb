package org.datagram4j.conformance.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.datagram4j.Profile;
import org.datagram4j.conformance.catalogue.Outcome;
import org.datagram4j.conformance.catalogue.RuleEntry;
import org.datagram4j.conformance.report.Report;
import org.datagram4j.conformance.report.Standing;
import org.datagram4j.conformance.report.Verdict;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** {@code docs/matrix.schema.json} takes what the program writes, and nothing else. */
class MatrixSchemaTest {
    private static final Path PEERS =
            Path.of(System.getProperty("datagram4j.project.root"), "docs", "peers", Matrix.FILE);

    // to be edited; that it fits as it is, is the first test
    private static final String WRITTEN =
            Matrix.texts(List.of(Samples.passing(), Samples.failing(3))).get(Matrix.FILE);

    private final PublishedSchema schema = PublishedSchema.of("matrix.schema.json");
    // enough to edit
    private final JsonObject oneRule = oneRule();

    MatrixSchemaTest() throws IOException {}

    @TestFactory
    Stream<DynamicTest> takesWhatIsWritten() {
        return Stream.of(
                DynamicTest.dynamicTest("two runs", () -> assertEquals(Set.of(), schema.refuses(WRITTEN))),
                takes("one run", Samples.passing()),
                takes("a hostile run", Samples.hostile()),
                takes(
                        "several runs, one of them without a rule",
                        Samples.passing(),
                        Samples.failing(150),
                        Samples.waived(),
                        Samples.without("UDP-RECV-01")));
    }

    @Test
    void takesThePublishedOne() throws IOException {
        assertEquals(Set.of(), schema.refuses(Files.readString(PEERS)));
    }

    @TestFactory
    Stream<DynamicTest> refusesWhateverLacksAField() {
        List<List<String>> objects = List.of(
                List.of(),
                List.of("backends", "0"),
                List.of("backends", "0", "tiers"),
                List.of("backends", "0", "counts"),
                List.of("capabilities", "0"),
                List.of("rules", "0"),
                List.of("rules", "0", "outcomes", "0"));
        List<DynamicTest> tests = new ArrayList<>();
        for (List<String> path : objects) {
            for (String field : object(written(), path).keySet()) {
                tests.add(refuses(
                        "no " + field + " in " + path,
                        json -> object(json, path).remove(field)));
            }
            tests.add(refuses("one more in " + path, json -> object(json, path).addProperty("more", 1)));
        }
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> refusesWhatIsNoSuchWord() {
        return Stream.of(
                        List.of("backends", "0", "profile"),
                        List.of("backends", "0", "conclusion"),
                        List.of("backends", "0", "started"),
                        List.of("backends", "0", "tiers", "CORE"),
                        List.of("rules", "0", "id"),
                        List.of("rules", "0", "level"),
                        List.of("rules", "0", "tier"),
                        List.of("rules", "0", "outcomes", "0", "outcome"),
                        List.of("rules", "0", "outcomes", "0", "variants", "v4"))
                .map(path -> refuses("another word in " + path, json -> set(json, path, new JsonPrimitive("BETTER"))));
    }

    @TestFactory
    Stream<DynamicTest> refusesWhatMakesNoSense() {
        List<String> cell = List.of("rules", "0", "outcomes", "0");
        return Stream.of(
                refuses("a later version", json -> json.addProperty("schema", Matrix.SCHEMA + 1)),
                refuses("no backend", json -> json.add("backends", new JsonArray())),
                refuses(
                        "a rule in no column",
                        json -> object(json, List.of("rules", "0")).add("outcomes", new JsonArray())),
                refuses(
                        "less than none",
                        json -> object(json, List.of("backends", "0", "counts")).addProperty("PASS", -1)),
                refuses(
                        "not run, and yet an outcome",
                        json -> object(json, cell).addProperty("outcome", Matrix.NOT_RUN)),
                refuses("passed, and yet not run", json -> object(json, cell).add("variants", new JsonObject())),
                refuses(
                        "a variant that was not run",
                        json -> object(json, cell).getAsJsonObject("variants").addProperty("v4", Matrix.NOT_RUN)));
    }

    @Test
    void hasTheWordsOfTheProgram() {
        JsonObject root = JsonParser.parseString(schema.text()).getAsJsonObject();
        List<String> column = List.of("properties", "backends", "items", "properties");
        List<String> rule = List.of("properties", "rules", "items", "properties");

        assertEquals(names(Profile.values()), words(root, column, "profile", "enum"));
        assertEquals(names(Verdict.Conclusion.values()), words(root, column, "conclusion", "enum"));
        assertEquals(names(Outcome.values()), words(root, column, "counts", "required"));
        assertEquals(names(RuleEntry.Level.values()), words(root, rule, "level", "enum"));
        assertEquals(names(RuleEntry.Tier.values()), words(root, rule, "tier", "enum"));
        assertEquals(names(Standing.values()), words(root, List.of("$defs"), "standing", "enum"));
        assertEquals(names(Outcome.values()), words(root, List.of("$defs"), "outcome", "enum"));
    }

    private interface Edit {
        void change(JsonObject json);
    }

    private DynamicTest takes(String name, Report... reports) {
        return DynamicTest.dynamicTest(
                name,
                () -> assertEquals(
                        Set.of(), schema.refuses(Matrix.texts(List.of(reports)).get(Matrix.FILE))));
    }

    private DynamicTest refuses(String name, Edit edit) {
        return DynamicTest.dynamicTest(name, () -> {
            JsonObject json = written();
            edit.change(json);
            assertFalse(schema.refuses(json.toString()).isEmpty());
        });
    }

    private JsonObject written() {
        return oneRule.deepCopy();
    }

    private static JsonObject oneRule() {
        JsonObject json = JsonParser.parseString(WRITTEN).getAsJsonObject();
        JsonArray rules = new JsonArray();
        rules.add(json.getAsJsonArray("rules").get(0));
        json.add("rules", rules);
        return json;
    }

    private static JsonObject object(JsonElement json, List<String> path) {
        JsonElement at = json;
        for (String name : path) {
            at = at.isJsonArray()
                    ? at.getAsJsonArray().get(Integer.parseInt(name))
                    : at.getAsJsonObject().get(name);
        }
        return at.getAsJsonObject();
    }

    private static void set(JsonElement json, List<String> path, JsonElement value) {
        JsonObject parent = object(json, path.subList(0, path.size() - 1));
        String field = path.get(path.size() - 1);
        assertTrue(parent.has(field), () -> "there is no " + path);
        parent.add(field, value);
    }

    private static List<String> words(JsonObject root, List<String> path, String name, String list) {
        return object(root, path).getAsJsonObject(name).getAsJsonArray(list).asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }

    private static List<String> names(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).toList();
    }
}
