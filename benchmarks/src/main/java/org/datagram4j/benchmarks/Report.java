package org.datagram4j.benchmarks;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What came of a run, as text and as JSON. */
final class Report {
    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .serializeSpecialFloatingPointValues()
            .create();

    private final Results results;
    private final List<Workload> workloads;
    private final Map<String, Object> environment;

    Report(Results results, List<Workload> workloads, Map<String, Object> environment) {
        this.results = results;
        this.workloads = workloads;
        this.environment = environment;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        environment.forEach((name, value) -> lines.add(name + ": " + value));
        lines.add("");
        lines.addAll(table());
        lines.add("");
        for (Workload workload : workloads) {
            lines.add("fastest in " + workload.name() + ": " + results.fastest(workload));
        }
        List<List<String>> goals = goals();
        if (!goals.isEmpty()) {
            lines.add("");
            lines.addAll(columns(List.of("native backend", "wanted", "ratio", "IQR", "verdict"), goals));
        }
        return lines;
    }

    private List<String> table() {
        List<List<String>> rows = new ArrayList<>();
        for (Workload workload : workloads) {
            for (Contender contender : workload.contenders()) {
                results.nanos(workload, contender).ifPresent(nanos -> rows.add(row(workload, contender, nanos)));
            }
        }
        return columns(List.of("workload", "contender", "ns", "IQR", "to C", "to java.nio", "bytes", "per"), rows);
    }

    private List<String> row(Workload workload, Contender contender, Spread nanos) {
        return List.of(
                workload.name(),
                contender.label,
                number(nanos.median(), nanos.median() < 1000 ? 1 : 0),
                percent(nanos),
                ratio(results.ratio(workload, contender, workload, Contender.C)),
                ratio(results.ratio(workload, contender, workload.plain(), Contender.JAVA_NIO)),
                results.bytes(workload, contender)
                        .map(bytes -> number(bytes.median(), 1))
                        .orElse("-"),
                workload.unit());
    }

    private List<List<String>> goals() {
        List<List<String>> rows = new ArrayList<>();
        for (Goal goal : Goal.all()) {
            goal.ratio(results)
                    .ifPresent(ratio -> rows.add(List.of(
                            goal.text(),
                            goal.wanted(),
                            number(ratio.median(), 2),
                            percent(ratio),
                            goal.verdict(ratio))));
        }
        return rows;
    }

    private static List<String> columns(List<String> head, List<List<String>> rows) {
        List<List<String>> all = new ArrayList<>(rows);
        all.add(0, head);
        int[] widths = new int[head.size()];
        for (List<String> row : all) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return all.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String blanks = " ".repeat(widths[i] - row.get(i).length());
            boolean right =
                    !row.get(i).isEmpty() && "0123456789-".indexOf(row.get(i).charAt(0)) >= 0;
            line.append(right ? blanks + row.get(i) : row.get(i) + blanks).append("  ");
        }
        return line.toString().stripTrailing();
    }

    private static String ratio(Optional<Spread> ratio) {
        return ratio.map(spread -> number(spread.median(), 2)).orElse("-");
    }

    private static String percent(Spread spread) {
        return number(100 * spread.width(), 0) + "%";
    }

    private static String number(double value, int digits) {
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }

    /** Writes {@code results.json}. */
    Path write(Path directory) throws IOException {
        List<Map<String, Object>> measured = new ArrayList<>();
        for (Workload workload : workloads) {
            for (Contender contender : workload.contenders()) {
                results.nanos(workload, contender).ifPresent(nanos -> measured.add(json(workload, contender, nanos)));
            }
        }
        List<Map<String, Object>> goals = new ArrayList<>();
        for (Goal goal : Goal.all()) {
            goal.ratio(results).ifPresent(ratio -> goals.add(json(goal, ratio)));
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("environment", environment);
        all.put("results", measured);
        all.put("goals", goals);
        return Files.writeString(directory.resolve("results.json"), GSON.toJson(all) + "\n");
    }

    private Map<String, Object> json(Workload workload, Contender contender, Spread nanos) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("workload", workload.name());
        object.put("contender", contender.label);
        object.put("per", workload.unit());
        object.put("nanos", nanos);
        object.put("noisy", nanos.isNoisy());
        results.ratio(workload, contender, workload, Contender.C).ifPresent(ratio -> object.put("ratioToC", ratio));
        results.ratio(workload, contender, workload.plain(), Contender.JAVA_NIO)
                .ifPresent(ratio -> object.put("ratioToJavaNio", ratio));
        results.bytes(workload, contender).ifPresent(bytes -> object.put("allocatedBytes", bytes));
        object.put(
                "roundNanos",
                results.samples(workload, contender).stream().map(Sample::nanos).toList());
        return object;
    }

    private static Map<String, Object> json(Goal goal, Spread ratio) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("goal", goal.text());
        object.put("wanted", goal.wanted());
        object.put("ratio", ratio);
        object.put("verdict", goal.verdict(ratio));
        return object;
    }
}
