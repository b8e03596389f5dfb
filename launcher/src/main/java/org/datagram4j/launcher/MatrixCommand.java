package org.datagram4j.launcher;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.datagram4j.conformance.catalogue.Catalogue;
import org.datagram4j.conformance.read.InputFile;
import org.datagram4j.conformance.read.ReportReader;
import org.datagram4j.conformance.read.Untrue;
import org.datagram4j.conformance.read.UnusableInput;
import org.datagram4j.conformance.render.Matrix;
import org.datagram4j.conformance.report.JsonReport;
import org.datagram4j.conformance.report.Report;
import org.datagram4j.conformance.report.ReportDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts reports side by side. */
@Command(
        name = "matrix",
        description = "Put the reports of several backends side by side, as a page and as JSON.",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true)
final class MatrixCommand implements Callable<Integer> {
    private static final int MOST_REPORTS = 64;

    @Parameters(
            paramLabel = "DIR",
            arity = "1..*",
            description = "Directories with a conformance.json, or with directories that have one; in this order.")
    private List<Path> directories;

    @Option(names = "--out", paramLabel = "DIR", description = "Write the matrix to DIR. Default: target/matrix")
    private Path directory;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Catalogue catalogue = Catalogue.load();
        List<Report> reports = new ArrayList<>();
        for (Path run : runs()) {
            reports.add(read(run, catalogue));
        }
        ReportDirectory out;
        try {
            out = ReportDirectory.open(
                    directory == null ? App.home().resolve("target").resolve("matrix") : directory);
        } catch (IllegalArgumentException e) {
            throw new UsageProblem(e.getMessage());
        }
        PrintWriter printer = spec.commandLine().getOut();
        for (Map.Entry<String, String> file : Matrix.texts(reports).entrySet()) {
            Path written = out.write(file.getKey(), file.getValue());
            if (file.getKey().equals(Matrix.PAGE)) {
                printer.println("Matrix of " + reports.size() + (reports.size() == 1 ? " run: " : " runs: ") + written);
            }
        }
        return Main.OK;
    }

    private List<Path> runs() throws IOException {
        List<Path> runs = new ArrayList<>();
        for (Path given : directories) {
            if (!Files.isDirectory(given)) {
                throw new UsageProblem(given + " is not a directory");
            }
            List<Path> found = runs(given);
            if (found.isEmpty()) {
                throw new UsageProblem("there is no " + JsonReport.FILE + " in " + given);
            }
            runs.addAll(found);
        }
        if (runs.size() > MOST_REPORTS) {
            throw new UsageProblem("these are " + runs.size() + " reports; a matrix has " + MOST_REPORTS + " at most");
        }
        return runs;
    }

    private static List<Path> runs(Path given) throws IOException {
        if (Files.exists(given.resolve(JsonReport.FILE))) {
            return List.of(given);
        }
        try (Stream<Path> children = Files.list(given)) {
            return children.filter(child -> Files.exists(child.resolve(JsonReport.FILE)))
                    .sorted()
                    .toList();
        }
    }

    private static Report read(Path run, Catalogue catalogue) {
        try {
            String text = InputFile.text(InputFile.bytes(run, JsonReport.FILE), JsonReport.FILE);
            return ReportReader.read(text, catalogue);
        } catch (UnusableInput | Untrue e) {
            throw new UsageProblem(run + ": " + e.getMessage());
        }
    }
}
