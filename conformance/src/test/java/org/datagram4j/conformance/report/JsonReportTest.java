package org.datagram4j.conformance.report;

import static org.datagram4j.conformance.report.Results.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.datagram4j.conformance.catalogue.Outcome;
import org.datagram4j.conformance.catalogue.RuleEntry.Level;
import org.datagram4j.conformance.catalogue.RuleEntry.Tier;
import org.junit.jupiter.api.Test;

class JsonReportTest {
    private static final JsonObject JSON = JsonParser.parseString(JsonReport.text(Results.report(List.of(
                    result("UDP-RECV-01", Level.MUST, Tier.CORE, Outcome.PASS),
                    result("UDP-RECV-02", Level.MUST, Tier.CORE, Outcome.FAIL)))))
            .getAsJsonObject();

    @Test
    void hasEveryResultAndTheVerdict() {
        assertEquals("acme", JSON.getAsJsonObject("backend").get("name").getAsString());
        JsonObject verdict = JSON.getAsJsonObject("verdict");
        assertEquals("NOT_CONFORMANT", verdict.get("conclusion").getAsString());
        assertEquals(1, verdict.get("exitCode").getAsInt());
        assertEquals(1, JSON.getAsJsonObject("counts").get("FAIL").getAsInt());
        JsonObject failed = JSON.getAsJsonArray("results").get(1).getAsJsonObject();
        assertEquals("UDP-RECV-02", failed.get("id").getAsString());
        assertEquals("v4", failed.get("variant").getAsString());
        assertEquals("FAIL", failed.get("outcome").getAsString());
        assertEquals("expected 1, actual 2", failed.get("detail").getAsString());
        assertEquals(7, failed.get("durationMillis").getAsLong());
    }

    @Test
    void theKitKnowsItsVersion() {
        assertTrue(
                JSON.get("kit").getAsString().matches("[0-9]+\\.[0-9]+\\.[0-9]+.*"),
                JSON.get("kit").toString());
    }

    @Test
    void fitsItsSchema() throws IOException {
        Path file = Path.of(System.getProperty("datagram4j.project.root"), "docs", "conformance.schema.json");
        JsonObject schema = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        assertFits("report", JSON, schema, schema);
    }

    // The part of JSON Schema that ours is written in: type, properties, required, items, $ref to a definition, enum.
    private static void assertFits(String where, JsonElement value, JsonObject schema, JsonObject root) {
        if (schema.has("$ref")) {
            String name = schema.get("$ref").getAsString().replace("#/$defs/", "");
            assertFits(where, value, root.getAsJsonObject("$defs").getAsJsonObject(name), root);
            return;
        }
        if (schema.has("enum")) {
            assertTrue(schema.getAsJsonArray("enum").contains(value), () -> where + ": " + value);
        }
        switch (schema.get("type").getAsString()) {
            case "object" -> {
                JsonObject object = value.getAsJsonObject();
                JsonObject properties =
                        schema.has("properties") ? schema.getAsJsonObject("properties") : new JsonObject();
                if (schema.has("required")) {
                    schema.getAsJsonArray("required")
                            .forEach(
                                    name -> assertTrue(object.has(name.getAsString()), () -> where + " lacks " + name));
                }
                object.entrySet().forEach(entry -> {
                    JsonElement more = properties.has(entry.getKey())
                            ? properties.get(entry.getKey())
                            : schema.get("additionalProperties");
                    assertTrue(more.isJsonObject(), () -> where + " must not have " + entry.getKey());
                    assertFits(where + "." + entry.getKey(), entry.getValue(), more.getAsJsonObject(), root);
                });
            }
            case "array" ->
                value.getAsJsonArray()
                        .forEach(item -> assertFits(where + "[]", item, schema.getAsJsonObject("items"), root));
            case "string" -> assertTrue(value.getAsJsonPrimitive().isString(), where);
            case "boolean" -> assertTrue(value.getAsJsonPrimitive().isBoolean(), where);
            case "integer" -> assertTrue(value.getAsString().matches("-?[0-9]+"), where);
            default -> throw new AssertionError(where + ": unknown type in the schema");
        }
    }
}
