package org.datagram4j.conformance.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which rules noticed which mutants, each mutant judged by all rules.
 *
 * @param rows the mutants
 */
public record SharpnessMatrix(List<Row> rows) {
    /** The name of the file for programs. */
    public static final String FILE = "mutants.json";

    /** The name of the file to read. */
    public static final String PAGE = "mutants.md";

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
    private static final int PERCENT = 100;

    /**
     * One mutant.
     *
     * @param mutant the mutant's name
     * @param rule the rule that has to notice
     * @param backend the backend that was broken; empty if no backend is able to run the rule
     * @param noticed ids of the rules that did
     * @param complete whether all rules were asked; if not, more may notice
     * @param duration how long its rules took
     */
    public record Row(
            String mutant,
            String rule,
            String backend,
            SortedSet<String> noticed,
            boolean complete,
            Duration duration) {
        /**
         * Copies.
         *
         * @param mutant see the record
         * @param rule see the record
         * @param backend see the record
         * @param noticed see the record
         * @param complete see the record
         * @param duration see the record
         */
        public Row {
            noticed = Collections.unmodifiableSortedSet(new TreeSet<>(noticed));
        }

        boolean tested() {
            return !backend.isEmpty();
        }

        boolean killed() {
            return noticed.contains(rule);
        }

        boolean alone() {
            return complete && killed() && noticed.size() == 1;
        }
    }

    /**
     * Copies.
     *
     * @param rows see the record
     */
    public SharpnessMatrix {
        rows = List.copyOf(rows);
    }

    /**
     * The mutants that could be tested, and that their own rule did not notice. There should be none.
     *
     * @return their names
     */
    public List<String> survivors() {
        return rows.stream()
                .filter(row -> row.tested() && !row.killed())
                .map(Row::mutant)
                .toList();
    }

    /**
     * The rules that a mutant was made for, and that were never the only ones to notice one.
     *
     * @return their ids
     */
    public SortedSet<String> neverAlone() {
        SortedSet<String> rules = ids(rows.stream().filter(Row::tested).toList());
        rules.removeAll(ids(rows.stream().filter(Row::alone).toList()));
        return rules;
    }

    private static SortedSet<String> ids(Collection<Row> rows) {
        return rows.stream().map(Row::rule).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * What came of it, in a few lines.
     *
     * @return figures
     */
    public List<String> summary() {
        long tested = rows.stream().filter(Row::tested).count();
        long killed = rows.stream().filter(Row::killed).count();
        long alone = rows.stream().filter(Row::alone).count();
        int rules = ids(rows.stream().filter(Row::tested).toList()).size();
        return List.of(
                "killed by their own rule: " + share(killed, tested, "mutants") + "; " + (rows.size() - tested)
                        + " could not be tested",
                "noticed by their own rule and by no other: " + share(alone, tested, "mutants"),
                "the only one to notice some mutant: "
                        + share(rules - neverAlone().size(), rules, "rules"));
    }

    private static String share(long part, long whole, String of) {
        return part + " of " + whole + " " + of + ", " + (whole == 0 ? PERCENT : part * PERCENT / whole) + " %";
    }

    /**
     * For programs: for each mutant, the rules that noticed it.
     *
     * @return JSON, with a newline at the end
     */
    public String text() {
        JsonArray mutants = new JsonArray();
        for (Row row : rows) {
            JsonObject json = new JsonObject();
            json.addProperty("mutant", row.mutant());
            json.addProperty("rule", row.rule());
            json.addProperty("backend", row.tested() ? row.backend() : null);
            JsonArray noticed = new JsonArray();
            row.noticed().forEach(noticed::add);
            json.add("noticed", noticed);
            json.addProperty("complete", row.complete());
            json.addProperty("durationMillis", row.duration().toMillis());
            mutants.add(json);
        }
        JsonArray together = new JsonArray();
        neverAlone().forEach(together::add);
        JsonObject all = new JsonObject();
        all.add("neverAlone", together);
        all.add("mutants", mutants);
        return GSON.toJson(all) + "\n";
    }

    /**
     * To read.
     *
     * @return Markdown, with a newline at the end
     */
    public String page() {
        StringBuilder page = new StringBuilder("# How sharp the kit is\n\nEach mutant was judged by all rules.\n\n");
        summary().forEach(line -> page.append("- ").append(line).append('\n'));
        page.append("\n## Mutants that their rule does not notice\n\n").append(named(survivors()));
        page.append("\n## Rules that only die together with others\n\n"
                        + "No mutant is noticed by one of these alone, so a failure of theirs is to be read together with"
                        + " the others'.\n\n")
                .append(named(neverAlone()));
        page.append("\n## Mutants and rules\n\n"
                + "| mutant | backend | its rule | noticed it | other rules that did |\n"
                + "| --- | --- | --- | --- | --- |\n");
        for (Row row : rows) {
            SortedSet<String> others = new TreeSet<>(row.noticed());
            others.remove(row.rule());
            page.append("| ")
                    .append(row.mutant())
                    .append(" | ")
                    .append(row.tested() ? row.backend() : "none is able to")
                    .append(" | ")
                    .append(row.rule())
                    .append(" | ")
                    .append(row.tested() ? row.killed() ? "yes" : "**no**" : "")
                    .append(" | ")
                    .append(String.join(", ", others))
                    .append(row.complete() ? "" : " and perhaps more")
                    .append(" |\n");
        }
        return page.toString();
    }

    private static String named(Collection<String> names) {
        return names.isEmpty() ? "None.\n" : String.join(", ", names) + "\n";
    }
}
