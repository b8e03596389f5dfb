package org.datagram4j.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpBackends;
import org.datagram4j.conformance.Sharpness;
import org.datagram4j.conformance.report.ReportDirectory;
import org.datagram4j.conformance.report.SharpnessMatrix;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the kit itself, not a backend. */
@Command(
        name = "mutants",
        description =
                "Measure how sharp the rules are: judge each mutant, a backend broken on purpose, by all of them.",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        footer = {"", "Exit codes: 0 every rule noticed its mutants, 1 one did not, 3 wrong usage."})
final class MutantsCommand implements Callable<Integer> {
    @Option(
            names = "--areas",
            paramLabel = "AREA",
            split = ",",
            description = "Only mutants of these areas, such as RECV,SEND; they are judged by all rules all the same.")
    private List<String> areas = List.of();

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "nio,native",
            description =
                    "What to break: the first of these that a mutant's rule can be run with. Default: ${DEFAULT-VALUE}")
    private List<String> backends;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            description = "Begin with no other mutant after so many minutes. Default: no end; all take an hour or so.")
    private Integer minutes;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Write " + SharpnessMatrix.PAGE + " and " + SharpnessMatrix.FILE
                    + " to DIR. Default: target/sharpness")
    private Path directory;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (minutes != null && minutes < 1) {
            throw new UsageProblem("--minutes is a number of minutes, 1 or more, not " + minutes);
        }
        Sharpness sharpness = new Sharpness(backends());
        Set<String> wanted = wanted(sharpness);
        ReportDirectory out = out();
        PrintWriter printer = spec.commandLine().getOut();
        long start = System.nanoTime();
        PrintStream before = System.out;
        // A mutant may talk, and some are broken by that they do.
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        SharpnessMatrix matrix;
        try {
            matrix = new SharpnessMatrix(sharpness.measure(wanted, () -> goesOn(start), row -> {
                printer.println(row.mutant() + " (" + row.rule() + "): " + String.join(" ", row.noticed()));
                printer.flush();
            }));
        } finally {
            System.setOut(before);
        }
        Path page = out.write(SharpnessMatrix.PAGE, matrix.page());
        out.write(SharpnessMatrix.FILE, matrix.text());
        matrix.summary().forEach(printer::println);
        printer.println("Report: " + page);
        return matrix.survivors().isEmpty() ? Main.OK : Main.NOT_CONFORMANT;
    }

    private boolean goesOn(long start) {
        return minutes == null
                || System.nanoTime() - start < Duration.ofMinutes(minutes).toNanos();
    }

    private List<UdpBackend> backends() {
        try {
            return backends.stream().map(UdpBackends::select).toList();
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new UsageProblem(e.getMessage().lines().findFirst().orElse(""));
        }
    }

    private Set<String> wanted(Sharpness sharpness) {
        Set<String> known = sharpness.catalogue().areas().keySet();
        Set<String> wanted = new LinkedHashSet<>();
        for (String area : areas) {
            String name = area.toUpperCase(Locale.ROOT);
            if (!known.contains(name)) {
                throw new UsageProblem("there is no area " + area + "; there are " + String.join(", ", known));
            }
            wanted.add(name);
        }
        return wanted;
    }

    private ReportDirectory out() {
        try {
            return ReportDirectory.open(
                    directory == null ? App.home().resolve("target").resolve("sharpness") : directory);
        } catch (IllegalArgumentException e) {
            throw new UsageProblem(e.getMessage());
        }
    }
}
