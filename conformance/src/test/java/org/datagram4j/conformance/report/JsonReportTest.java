package org.datagram4j.conformance.report;

import static org.datagram4j.conformance.report.Results.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
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
}
