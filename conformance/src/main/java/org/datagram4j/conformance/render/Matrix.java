package org.datagram4j.conformance.render;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.datagram4j.Capability;
import org.datagram4j.conformance.catalogue.Catalogue;
import org.datagram4j.conformance.catalogue.Outcome;
import org.datagram4j.conformance.catalogue.RuleEntry;
import org.datagram4j.conformance.report.Report;
import org.datagram4j.conformance.report.RuleResult;
import org.datagram4j.conformance.report.TierVerdict;

/** Several reports side by side: rules and capabilities in rows, a column for each report. */
public final class Matrix {
    /** The version of the JSON's format. */
    public static final int SCHEMA = 1;
    /** The table as data. */
    public static final String FILE = "matrix.json";
    /** The table to read. */
    public static final String PAGE = "matrix.html";
    /** What a cell says of a rule that the run did not have. */
    static final String NOT_RUN = "NOT_RUN";

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private final List<Report> reports;
    private final List<Map<String, List<RuleResult>>> byRule = new ArrayList<>();

    private Matrix(List<Report> reports) {
        this.reports = List.copyOf(reports);
        for (Report report : reports) {
            Map<String, List<RuleResult>> results = new LinkedHashMap<>();
            report.results()
                    .forEach(result -> results.computeIfAbsent(result.rule().id(), id -> new ArrayList<>())
                            .add(result));
            byRule.add(results);
        }
    }

    /**
     * The files.
     *
     * @param reports of the same version of the kit, in the order of the columns
     * @return the name of each file to its content
     */
    public static Map<String, String> texts(List<Report> reports) {
        Matrix matrix = new Matrix(reports);
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put(FILE, GSON.toJson(matrix.json()) + "\n");
        texts.put(PAGE, MatrixPage.text(matrix));
        return Collections.unmodifiableMap(texts);
    }

    List<Report> reports() {
        return reports;
    }

    /** The rules that at least one of the runs had. */
    List<RuleEntry> rules() {
        return Catalogue.load().rules().stream()
                .filter(rule -> byRule.stream().anyMatch(results -> results.containsKey(rule.id())))
                .toList();
    }

    /** What came of a rule in a column, empty if it was not run. */
    List<RuleResult> cell(RuleEntry rule, int column) {
        return byRule.get(column).getOrDefault(rule.id(), List.of());
    }

    static String outcome(Collection<RuleResult> cell) {
        return cell.isEmpty()
                ? NOT_RUN
                : Worst.of(cell.stream().map(RuleResult::outcome).toList()).name();
    }

    private JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("schema", SCHEMA);
        json.addProperty("kit", Report.kitVersion());
        JsonArray columns = new JsonArray();
        reports.forEach(report -> columns.add(column(report)));
        json.add("backends", columns);
        JsonArray capabilities = new JsonArray();
        Arrays.stream(Capability.values()).map(this::capability).forEach(capabilities::add);
        json.add("capabilities", capabilities);
        JsonArray rules = new JsonArray();
        rules().stream().map(this::rule).forEach(rules::add);
        json.add("rules", rules);
        return json;
    }

    private static JsonObject column(Report report) {
        JsonObject json = new JsonObject();
        json.addProperty("name", report.backend().name());
        json.addProperty("version", report.backend().version());
        json.addProperty("source", report.backend().source());
        json.addProperty("profile", report.profile().name());
        json.addProperty("javaVersion", report.platform().javaVersion());
        json.addProperty(
                "system",
                report.platform().osName() + " " + report.platform().osVersion() + " "
                        + report.platform().osArch());
        json.addProperty("started", report.settings().started().toString());
        json.addProperty("conclusion", report.verdict().conclusion().name());
        json.addProperty("verdict", report.verdict().text());
        JsonObject tiers = new JsonObject();
        for (TierVerdict tier : report.verdict().tiers()) {
            tiers.addProperty(tier.tier().name(), tier.standing().name());
        }
        json.add("tiers", tiers);
        JsonObject counts = new JsonObject();
        for (Map.Entry<Outcome, Integer> count : report.counts().entrySet()) {
            counts.addProperty(count.getKey().name(), count.getValue());
        }
        json.add("counts", counts);
        return json;
    }

    private JsonObject capability(Capability capability) {
        JsonObject json = new JsonObject();
        json.addProperty("capability", capability.name());
        JsonArray declared = new JsonArray();
        reports.forEach(report -> declared.add(report.capabilities().contains(capability)));
        json.add("declared", declared);
        return json;
    }

    private JsonObject rule(RuleEntry rule) {
        JsonObject json = new JsonObject();
        json.addProperty("id", rule.id());
        json.addProperty("level", rule.level().name());
        json.addProperty("tier", rule.tier().name());
        json.addProperty("title", rule.title());
        JsonArray cells = new JsonArray();
        for (int column = 0; column < reports.size(); column++) {
            List<RuleResult> results = cell(rule, column);
            JsonObject cell = new JsonObject();
            cell.addProperty("outcome", outcome(results));
            JsonObject variants = new JsonObject();
            results.forEach(result ->
                    variants.addProperty(result.variant(), result.outcome().name()));
            cell.add("variants", variants);
            cells.add(cell);
        }
        json.add("outcomes", cells);
        return json;
    }
}
