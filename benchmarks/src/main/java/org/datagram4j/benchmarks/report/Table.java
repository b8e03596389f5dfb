package org.datagram4j.benchmarks.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.datagram4j.benchmarks.run.Contender;
import org.datagram4j.benchmarks.run.Family.Meter;
import org.datagram4j.benchmarks.run.Histograms;
import org.datagram4j.benchmarks.run.Results;
import org.datagram4j.benchmarks.run.Workload;

/**
 * A head and rows, for whoever prints them.
 *
 * @param head of the columns
 * @param rows each as long as the head
 */
record Table(List<String> head, List<List<String>> rows) {
    private static final double NANOS = 1e9;
    private static final int SMALL = 1000;

    /** One workload: a row for each contender. */
    static Table of(Comparison comparison, Workload workload) {
        Meter meter = workload.family().meter();
        List<String> head = new ArrayList<>(List.of(workload.name()));
        head.addAll(
                switch (meter) {
                    case PROCESSOR -> List.of("ns/" + workload.unit());
                    case LOAD -> List.of("datagrams/s", "lost");
                    case CLOCK -> List.of("p50 ns", "p99", "p99.9");
                });
        head.addAll(List.of("IQR", "to C", "to best peer", "bytes"));
        List<List<String>> rows = new ArrayList<>();
        for (Contender contender : comparison.contenders(workload)) {
            Spread nanos = comparison.nanos(workload, contender).orElseThrow();
            List<String> row = new ArrayList<>(List.of(contender.label()));
            row.addAll(
                    switch (meter) {
                        case PROCESSOR -> List.of(nanos(nanos.median()));
                        case LOAD ->
                            List.of(
                                    number(NANOS / nanos.median(), 0),
                                    comparison
                                            .lost(workload, contender)
                                            .map(lost -> percent(lost.median(), 2))
                                            .orElse("-"));
                        case CLOCK -> percentiles(comparison, workload, contender);
                    });
            row.add(percent(nanos.width(), 0));
            row.add(comparison
                    .ratioToLimit(workload, contender)
                    .map(it -> number(it.median(), 2))
                    .orElse("-"));
            row.add(comparison
                    .ratioToBestPeer(workload, contender)
                    .map(it -> number(it.median(), 2))
                    .orElse("-"));
            row.add(comparison
                    .bytes(workload, contender)
                    .map(it -> number(it.median(), it.median() < SMALL ? 1 : 0))
                    .orElse("-"));
            rows.add(row);
        }
        return new Table(head, rows);
    }

    private static List<String> percentiles(Comparison comparison, Workload workload, Contender contender) {
        var histogram = Histograms.of(comparison.histogram(workload, contender));
        return List.of(
                number(histogram.getValueAtPercentile(50), 0),
                number(histogram.getValueAtPercentile(99), 0),
                number(histogram.getValueAtPercentile(99.9), 0));
    }

    /** All targets that were measured. */
    static Table targets(Comparison comparison) {
        List<List<String>> rows = new ArrayList<>();
        for (Target target : Targets.all()) {
            target.measured(comparison)
                    .ifPresent(measured -> rows.add(List.of(
                            target.text(),
                            target.wanted(),
                            number(measured.median(), 2),
                            percent(measured.width(), 0),
                            target.verdict(comparison, measured))));
        }
        return new Table(List.of("target", "wanted", "measured", "IQR", "verdict"), rows);
    }

    /** What JMH measured. */
    static Table calls(Results results) {
        List<List<String>> rows = results.calls().stream()
                .sorted(Comparator.comparing(Results.Call::name).thenComparing(Results.Call::who))
                .map(call -> List.of(call.name(), call.who(), nanos(call.nanos()), nanos(call.error())))
                .toList();
        return new Table(List.of("call", "by", "ns", "±"), rows);
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    static String nanos(double value) {
        return number(value, value < SMALL ? 1 : 0);
    }

    static String percent(double share, int digits) {
        return number(100 * share, digits) + "%";
    }

    static String number(double value, int digits) {
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }

    /** In columns, numbers at their right end. */
    List<String> text() {
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
            String cell = row.get(i);
            String blanks = " ".repeat(widths[i] - cell.length());
            boolean right = !cell.isEmpty() && "0123456789-".indexOf(cell.charAt(0)) >= 0;
            line.append(right ? blanks + cell : cell + blanks).append("  ");
        }
        return line.toString().stripTrailing();
    }

    /** In Markdown, all but the first column at their right end. */
    List<String> markdown() {
        List<String> lines = new ArrayList<>();
        lines.add("| " + String.join(" | ", head) + " |");
        lines.add("|---" + "|--:".repeat(head.size() - 1) + "|");
        rows.forEach(row -> lines.add("| " + String.join(" | ", row) + " |"));
        return lines;
    }
}
