package org.datagram4j.conformance.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.List;

/** Which rule noticed which mutant, as JSON. */
public final class MutantMatrix {
    /** The name of the file. */
    public static final String FILE = "mutants.json";

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private MutantMatrix() {}

    /** What became of a mutant, the best first. */
    public enum Fate {
        /** Its rule failed. */
        KILLED,
        /** Its rule's test stumbled instead of failing. */
        CRASHED,
        /** Its rule noticed nothing. */
        SURVIVED,
        /** Its rule could not be run. */
        NOT_TESTED,
        /** Its rule fails without it, too. */
        BROKEN_BEFORE
    }

    /**
     * One mutant.
     *
     * @param mutant the mutant's name
     * @param rule the rule that has to notice
     * @param fate what became of it
     * @param message what the rule said
     * @param duration how long it took
     */
    public record Row(String mutant, String rule, Fate fate, String message, Duration duration) {}

    /**
     * The file's content.
     *
     * @param rows the mutants
     * @return JSON, with a newline at the end
     */
    public static String text(List<Row> rows) {
        JsonArray array = new JsonArray();
        for (Row row : rows) {
            JsonObject json = new JsonObject();
            json.addProperty("mutant", row.mutant());
            json.addProperty("rule", row.rule());
            json.addProperty("fate", row.fate().name());
            json.addProperty("message", seen(row.message()));
            json.addProperty("durationMillis", row.duration().toMillis());
            array.add(json);
        }
        return GSON.toJson(array) + "\n";
    }

    // The line that says what was seen, or else the first.
    private static String seen(String message) {
        return message.lines()
                .filter(line -> line.startsWith("  seen:"))
                .findFirst()
                .or(() -> message.lines().findFirst())
                .orElse("")
                .strip();
    }
}
