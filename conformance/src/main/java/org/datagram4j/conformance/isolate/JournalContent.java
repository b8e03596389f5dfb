package org.datagram4j.conformance.isolate;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.datagram4j.conformance.catalogue.Catalogue;
import org.datagram4j.conformance.catalogue.Outcome;
import org.datagram4j.conformance.catalogue.RuleEntry;
import org.datagram4j.conformance.report.RuleResult;

/** What the lines of a journal come to. */
final class JournalContent {
    private record Key(String backend, int round, String cell) {}

    private final Catalogue catalogue;
    private final Map<Key, RuleResult> results = new HashMap<>();
    private Key last; // the test that is going on, or the one that was last
    private boolean going;
    private String givenUp;
    private String givenUpBackend;

    JournalContent(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Takes in one more line; one that is cut off means nothing. */
    void add(String text) {
        JsonObject line;
        try {
            line = JsonParser.parseString(text).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            return; // the JVM ended while it wrote
        }
        switch (line.get(JournalLine.KIND).getAsString()) {
            case JournalLine.BEGUN -> {
                last = key(line);
                going = true;
            }
            case JournalLine.ENDED -> {
                Key key = key(line);
                JournalLine.result(line, catalogue).ifPresent(result -> results.put(key, result));
                if (key.equals(last)) {
                    going = false;
                }
            }
            case JournalLine.DIED -> died(line.get(JournalLine.TEXT).getAsString());
            case JournalLine.GIVEN_UP -> {
                givenUp = line.get(JournalLine.TEXT).getAsString();
                givenUpBackend = last == null ? null : last.backend;
            }
            default -> {
                // of no consequence for what is known
            }
        }
    }

    private static Key key(JsonObject line) {
        return new Key(
                line.get(JournalLine.BACKEND).getAsString(),
                line.get(JournalLine.ROUND).getAsInt(),
                line.get(JournalLine.CELL).getAsString());
    }

    // Whoever ends the JVM from a thread of its own may do so when the test that led to it is over.
    private void died(String reason) {
        if (last == null) {
            return;
        }
        String[] cell = last.cell.split("/", 2);
        String detail = (going
                        ? "expected the JVM to live on, actual: "
                        : "expected the JVM to live on after the test," + " actual: ")
                + reason;
        RuleResult before = results.get(last);
        catalogue
                .rule(cell[0])
                .ifPresent(rule -> results.put(
                        last,
                        new RuleResult(
                                rule,
                                cell[1],
                                Outcome.FAIL,
                                before == null ? Duration.ZERO : before.duration(),
                                detail,
                                false,
                                before == null ? null : before.tries())));
        going = false;
    }

    /** What came of a cell, if it needs no run any more. */
    Optional<RuleResult> known(String backend, int round, RuleEntry rule, String variant) {
        RuleResult result = results.get(new Key(backend, round, RuleResult.name(rule, variant)));
        if (result == null && givenUp != null && backend.equals(givenUpBackend)) {
            return Optional.of(new RuleResult(rule, variant, Outcome.INCONCLUSIVE, Duration.ZERO, givenUp, false));
        }
        return Optional.ofNullable(result);
    }
}
