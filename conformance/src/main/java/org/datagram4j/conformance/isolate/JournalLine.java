package org.datagram4j.conformance.isolate;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.Optional;
import org.datagram4j.conformance.catalogue.Catalogue;
import org.datagram4j.conformance.catalogue.Outcome;
import org.datagram4j.conformance.report.BackendIdentity;
import org.datagram4j.conformance.report.RuleResult;

/** The lines of a journal: each has a kind, and what belongs to it. */
final class JournalLine {
    static final String KIND = "kind";
    static final String STARTED = "started";
    static final String BEGUN = "begun";
    static final String ENDED = "ended";
    static final String TOLD = "told";
    static final String PRINT = "print";
    static final String DIED = "died";
    static final String GIVEN_UP = "givenUp";
    static final String FINISHED = "finished";
    static final String REFUSED = "refused";

    static final String BACKEND = "backend";
    static final String ROUND = "round";
    static final String CELL = "cell";
    static final String TEXT = "text";
    static final String RESULT = "result";
    static final String COUNT = "count";

    private JournalLine() {}

    static JsonObject started(BackendIdentity backend, int results) {
        JsonObject line = of(STARTED);
        line.addProperty(BACKEND, backend.name());
        line.addProperty("version", backend.version());
        line.addProperty("source", backend.source());
        line.addProperty(COUNT, results);
        return line;
    }

    static BackendIdentity identity(JsonObject line) {
        return new BackendIdentity(
                line.get(BACKEND).getAsString(),
                line.get("version").getAsString(),
                line.get("source").getAsString());
    }

    static JsonObject begun(String backend, int round, String cell) {
        JsonObject line = of(BEGUN);
        line.addProperty(BACKEND, backend);
        line.addProperty(ROUND, round);
        line.addProperty(CELL, cell);
        return line;
    }

    static JsonObject ended(String backend, int round, RuleResult result) {
        JsonObject line = of(ENDED);
        line.addProperty(BACKEND, backend);
        line.addProperty(ROUND, round);
        line.addProperty(CELL, result.name());
        line.add(RESULT, result(result));
        return line;
    }

    static JsonObject told(int round, RuleResult result) {
        JsonObject line = of(TOLD);
        line.addProperty(ROUND, round);
        line.addProperty(CELL, result.name());
        line.add(RESULT, result(result));
        return line;
    }

    static JsonObject print(String text) {
        return text(PRINT, text);
    }

    static JsonObject died(String reason) {
        return text(DIED, reason);
    }

    static JsonObject givenUp(String reason) {
        return text(GIVEN_UP, reason);
    }

    static JsonObject finished(JsonElement result) {
        JsonObject line = of(FINISHED);
        line.add(RESULT, result);
        return line;
    }

    static JsonObject refused() {
        return of(REFUSED);
    }

    private static JsonObject result(RuleResult result) {
        JsonObject json = new JsonObject();
        json.addProperty("outcome", result.outcome().name());
        json.addProperty("nanos", result.duration().toNanos());
        json.addProperty("detail", result.detail());
        json.addProperty("crash", result.crash());
        if (result.tries() != null) {
            json.addProperty("seed", result.tries().seed());
            json.addProperty("tries", result.tries().count());
        }
        return json;
    }

    /** The result of a line that has one, or empty if it is of no rule that there is. */
    static Optional<RuleResult> result(JsonObject line, Catalogue catalogue) {
        String[] cell = line.get(CELL).getAsString().split("/", 2);
        JsonObject json = line.getAsJsonObject(RESULT);
        return catalogue
                .rule(cell[0])
                .map(rule -> new RuleResult(
                        rule,
                        cell[1],
                        Outcome.valueOf(json.get("outcome").getAsString()),
                        Duration.ofNanos(json.get("nanos").getAsLong()),
                        json.get("detail").getAsString(),
                        json.get("crash").getAsBoolean(),
                        json.has("tries")
                                ? new RuleResult.Tries(
                                        json.get("seed").getAsLong(),
                                        json.get("tries").getAsLong())
                                : null));
    }

    private static JsonObject text(String kind, String text) {
        JsonObject line = of(kind);
        line.addProperty(TEXT, text);
        return line;
    }

    private static JsonObject of(String kind) {
        JsonObject line = new JsonObject();
        line.addProperty(KIND, kind);
        return line;
    }
}
