package org.datagram4j.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import org.datagram4j.benchmarks.run.Results;
import org.datagram4j.benchmarks.run.Workload;

/** For the console. */
public final class TextReport {
    private TextReport() {}

    /** Everything, in lines. */
    public static List<String> of(Results results) {
        Comparison comparison = new Comparison(results);
        List<String> lines = new ArrayList<>();
        results.environment().forEach((name, value) -> lines.add(name + ": " + value));
        for (Workload workload : results.workloads()) {
            lines.add("");
            lines.addAll(Table.of(comparison, workload).text());
            lines.add("fastest but for C: " + comparison.fastest(workload));
        }
        Table calls = Table.calls(results);
        if (!calls.isEmpty()) {
            lines.add("");
            lines.addAll(calls.text());
        }
        Table targets = Table.targets(comparison);
        if (!targets.isEmpty()) {
            lines.add("");
            lines.addAll(targets.text());
        }
        if (!results.absences().isEmpty() || !results.failures().isEmpty()) {
            lines.add("");
            lines.addAll(results.absences());
            lines.addAll(results.failures());
        }
        return lines;
    }
}
