package org.datagram4j.benchmarks.plot;

import java.io.IOException;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.datagram4j.benchmarks.report.Comparison;
import org.datagram4j.benchmarks.run.Contender;
import org.datagram4j.benchmarks.run.Family;
import org.datagram4j.benchmarks.run.Family.Meter;
import org.datagram4j.benchmarks.run.Histograms;
import org.datagram4j.benchmarks.run.Results;
import org.datagram4j.benchmarks.run.Workload;
import org.jfree.chart.axis.NumberAxis;

/** All pictures of a run. */
public final class Plots {
    private static final double NANOS = 1e9;
    private static final double NANOS_PER_MICRO = 1000;

    /** Percentiles are drawn by how few are beyond: one of 2, of 10, of 100 ... */
    private static final int ONE_OF_MOST = 10_000;

    private static final int STEPS_PER_DECADE = 20;

    private static final Scale DECADES = new Scale(10);
    private static final Scale DOUBLES = new Scale(2);

    private final Results results;
    private final Comparison comparison;
    private final Path directory;
    private final Map<String, String> written = new LinkedHashMap<>();

    private Plots(Results results, Path directory) {
        this.results = results;
        comparison = new Comparison(results);
        this.directory = directory;
    }

    /**
     * Writes what the results have enough for.
     *
     * @return the names of the files, each with what is to be seen
     */
    public static Map<String, String> write(Results results, Path directory) throws IOException {
        System.setProperty("java.awt.headless", "true");
        Plots plots = new Plots(results, directory);
        for (Workload workload : results.workloads()) {
            plots.bars(workload);
            if (workload.family().meter() == Meter.CLOCK) {
                plots.percentiles(workload);
            }
        }
        plots.bySize(Family.SOCKETS, "Cost of an event by registered sockets", "registered sockets", false);
        plots.bySize(Family.BATCH, "Throughput by datagrams for each call", "datagrams for each call", true);
        return plots.written;
    }

    private void bars(Workload workload) throws IOException {
        Family family = workload.family();
        if (family == Family.SOCKETS || family == Family.BATCH) {
            return; // these have lines
        }
        boolean load = family.meter() == Meter.LOAD;
        List<BarPlot.Bar> bars = new ArrayList<>();
        for (Contender contender : comparison.contenders(workload)) {
            double nanos = comparison.nanos(workload, contender).orElseThrow().median();
            bars.add(new BarPlot.Bar(contender, load ? NANOS / nanos : nanos));
        }
        String axis = load
                ? "datagrams per second (more is better)"
                : (family.meter() == Meter.CLOCK ? "median of nanoseconds for a " : "nanoseconds for a ")
                        + workload.unit() + " (less is better)";
        Path file = file(workload.name(), workload.title());
        BarPlot.write(workload.title(), axis, bars, file);
    }

    private void percentiles(Workload workload) throws IOException {
        String title = workload.title() + ": percentiles";
        LinePlot plot = new LinePlot(title);
        for (Contender contender : comparison.contenders(workload)) {
            var histogram = Histograms.of(comparison.histogram(workload, contender));
            double most = Math.min(ONE_OF_MOST, histogram.getTotalCount());
            for (double oneOf = 1.1; oneOf <= most; oneOf *= Math.pow(10, 1.0 / STEPS_PER_DECADE)) {
                double nanos = histogram.getValueAtPercentile(100 - 100 / oneOf);
                plot.line(contender).add(DECADES.of(oneOf), DECADES.of(nanos / NANOS_PER_MICRO));
            }
        }
        NumberAxis x = DECADES.axis("percentile", oneOf -> number(100 - 100 / oneOf));
        x.setRange(0, DECADES.of(ONE_OF_MOST));
        NumberAxis y = DECADES.axis("microseconds", Plots::number);
        plot.write(x, y, false, file(workload.name() + "-percentiles", title));
    }

    private void bySize(Family family, String title, String sizes, boolean throughput) throws IOException {
        LinePlot plot = new LinePlot(title);
        Scale scale = throughput ? DOUBLES : DECADES;
        List<Workload> workloads = results.workloads().stream()
                .filter(workload -> workload.family() == family)
                .toList();
        if (workloads.size() < 2) {
            return;
        }
        for (Workload workload : workloads) {
            for (Contender contender : comparison.contenders(workload)) {
                double nanos =
                        comparison.nanos(workload, contender).orElseThrow().median();
                plot.line(contender).add(scale.of(workload.size()), throughput ? NANOS / nanos : nanos);
            }
        }
        NumberAxis y = LinePlot.linear(throughput ? "datagrams per second" : "nanoseconds");
        y.setNumberFormatOverride(numbers());
        plot.write(scale.axis(sizes, Plots::number), y, true, file(family.label(), title));
    }

    private Path file(String name, String title) {
        written.put(name + ".svg", title);
        return directory.resolve(name + ".svg");
    }

    private static NumberFormat numbers() {
        return new DecimalFormat("#,##0.####", DecimalFormatSymbols.getInstance(Locale.ROOT));
    }

    private static String number(double value) {
        return numbers().format(value);
    }
}
