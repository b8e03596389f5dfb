package org.datagram4j.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.datagram4j.benchmarks.run.Results;
import org.datagram4j.benchmarks.run.Workload;

/**
 * A page in Markdown whose tables and pictures are those of a run. They stand between {@code <!-- bench NAME -->} and
 * {@code <!-- /bench -->}, where the name is that of a family of workloads, {@code environment}, {@code targets},
 * {@code calls} or {@code absences}; what is around them is written by hand, and stays.
 */
public final class Document {
    private static final Pattern BLOCK = Pattern.compile("(?s)<!-- bench ([a-z]+) -->\\n.*?<!-- /bench -->");
    private static final String NOTHING = "Not measured in this run.";

    private final Results results;
    private final Comparison comparison;
    private final Map<String, String> plots;
    private final String directory;

    /**
     * For one run.
     *
     * @param plots names of files, each with what is to be seen
     * @param directory where they are, as the page calls it
     */
    public Document(Results results, Map<String, String> plots, String directory) {
        this.results = results;
        comparison = new Comparison(results);
        this.plots = plots;
        this.directory = directory;
    }

    /** The page with what is generated replaced. */
    public String update(String page) {
        return BLOCK.matcher(page)
                .replaceAll(block -> Matcher.quoteReplacement("<!-- bench " + block.group(1) + " -->\n"
                        + String.join("\n", lines(block.group(1))) + "\n<!-- /bench -->"));
    }

    private List<String> lines(String name) {
        List<String> lines = switch (name) {
            case "environment" -> environment();
            case "targets" -> targets();
            case "absences" -> absences();
            case "calls" ->
                results.calls().isEmpty() ? List.of() : Table.calls(results).markdown();
            default -> family(name);
        };
        return lines.isEmpty() ? List.of(NOTHING) : lines;
    }

    private List<String> environment() {
        List<String> lines = new ArrayList<>(List.of("| | |", "|---|---|"));
        results.environment().forEach((name, value) -> lines.add("| " + name + " | " + value + " |"));
        return lines;
    }

    private List<String> targets() {
        Table table = Table.targets(comparison);
        return table.isEmpty() ? List.of() : table.markdown();
    }

    private List<String> absences() {
        List<String> lines = new ArrayList<>();
        results.absences().forEach(line -> lines.add("* " + line));
        results.failures().forEach(line -> lines.add("* " + line));
        return lines.isEmpty() ? List.of("Everybody took part in everything.") : lines;
    }

    private List<String> family(String name) {
        List<String> lines = new ArrayList<>();
        plot(name + ".svg", lines);
        for (Workload workload : results.workloads()) {
            if (workload.family().label().equals(name)) {
                lines.add("**" + workload.title() + "**");
                lines.add("");
                if (!workload.name().equals(name)) {
                    plot(workload.name() + ".svg", lines);
                }
                plot(workload.name() + "-percentiles.svg", lines);
                lines.addAll(Table.of(comparison, workload).markdown());
                lines.add("");
                lines.add("Fastest but for C: " + comparison.fastest(workload) + ".");
                lines.add("");
            }
        }
        return lines.isEmpty() ? lines : lines.subList(0, lines.size() - 1);
    }

    private void plot(String file, List<String> lines) {
        if (plots.containsKey(file)) {
            lines.add("![" + plots.get(file) + "](" + directory + "/" + file + ")");
            lines.add("");
        }
    }
}
