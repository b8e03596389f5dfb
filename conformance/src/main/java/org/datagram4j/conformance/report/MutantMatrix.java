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

    /** The name of the page. */
    public static final String PAGE = "mutants.md";

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

    /**
     * The same to read: how many mutants were noticed, which were not and why, and what each rule said.
     *
     * @param rows the mutants
     * @return Markdown, with a newline at the end
     */
    public static String page(List<Row> rows) {
        long tested = rows.stream().filter(row -> row.fate() != Fate.NOT_TESTED).count();
        long killed = rows.stream().filter(row -> row.fate() == Fate.KILLED).count();
        StringBuilder page = new StringBuilder("# Mutants\n\n")
                .append("Each mutant was judged by the rule that has to notice it, and by no other: what other rules"
                        + " say of it is not in this table.\n\n")
                .append(killed)
                .append(" of ")
                .append(tested)
                .append(" mutants that can be tested with this backend were killed, ")
                .append(tested == 0 ? 100 : killed * 100 / tested)
                .append(" %; ")
                .append(rows.size() - tested)
                .append(" could not be tested with it.\n\n"
                        + "| mutant | rule | fate | what the rule said |\n"
                        + "| --- | --- | --- | --- |\n");
        for (Row row : rows) {
            page.append("| ")
                    .append(row.mutant())
                    .append(" | ")
                    .append(row.rule())
                    .append(" | ")
                    .append(row.fate())
                    .append(" | ")
                    .append(seen(row.message()).replace("|", "\\|"))
                    .append(" |\n");
        }
        return page.toString();
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
