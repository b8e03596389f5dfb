package org.datagram4j.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.datagram4j.benchmarks.calls.Calls;
import org.datagram4j.benchmarks.plot.Plots;
import org.datagram4j.benchmarks.report.Document;
import org.datagram4j.benchmarks.report.JsonReport;
import org.datagram4j.benchmarks.report.TextReport;
import org.datagram4j.benchmarks.run.Contender;
import org.datagram4j.benchmarks.run.Environment;
import org.datagram4j.benchmarks.run.Jdk;
import org.datagram4j.benchmarks.run.Programs;
import org.datagram4j.benchmarks.run.Results;
import org.datagram4j.benchmarks.run.Runner;
import org.datagram4j.benchmarks.run.Settings;
import org.datagram4j.benchmarks.run.Workload;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./datagram4j bench}. */
@Command(
        name = "datagram4j bench",
        description = "Compare the backends with C, mio, Netty and java.nio, by turns, each in a process of its own.",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        footer = {"", "Exit codes: 0 measured, 1 something failed, 3 wrong usage. docs/performance.md tells the method."
        })
public final class Main implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int USAGE = 3;
    private static final String CALLS = "calls";
    private static final String PICTURES = "performance";

    @Option(names = "--quick", description = "Fewer workloads, contenders and rounds, in less than five minutes.")
    private boolean quick;

    private boolean calls;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "Only these workloads, such as burst-1200, sockets-5000, or burst for every size.")
    private List<String> only = List.of();

    @Option(
            names = "--contenders",
            paramLabel = "NAME",
            split = ",",
            description = "Only these contenders, by the beginning of their names, such as C,mio,native.")
    private List<String> contenders = List.of();

    @Option(names = "--rounds", paramLabel = "N", description = "How often each is measured; 5, with --quick 3.")
    private Integer rounds;

    @Option(names = "--out", paramLabel = "DIR", description = "Where the results go. Default: target/bench")
    private Path out;

    @Option(names = "--list", description = "List workloads and contenders, and measure nothing.")
    private boolean list;

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description = "Measure nothing, but report what an earlier run wrote into this results.json.")
    private Path from;

    @Option(names = "--docs", description = "Put tables and plots into docs/performance.md, too.")
    private boolean docs;

    @Option(names = "--millis", paramLabel = "N", hidden = true, description = "How long each is measured.")
    private Integer millis;

    @Option(
            names = "--check",
            hidden = true,
            description = "Everything once and too short to mean anything, the contenders of a JVM in one process.")
    private boolean check;

    @Spec
    private CommandSpec spec;

    private PrintWriter console;

    /** Made by {@link #main} and by picocli. */
    public Main() {}

    /**
     * Runs the command and ends the JVM with its exit code.
     *
     * @param words the words of the command line after {@code bench}
     */
    public static void main(String[] words) {
        System.exit(commandLine().execute(words));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setExecutionExceptionHandler((problem, command, words) -> {
                    command.getErr().println("datagram4j: " + problem.getMessage());
                    return FAILED;
                })
                .setParameterExceptionHandler((problem, words) -> {
                    String line = String.valueOf(problem.getMessage())
                            .lines()
                            .findFirst()
                            .orElse("");
                    problem.getCommandLine().getErr().println("datagram4j: " + line + " (see datagram4j bench --help)");
                    return USAGE;
                });
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        console = spec.commandLine().getOut();
        Settings settings = settings();
        List<List<Workload>> plan = plan();
        Set<Contender> wanted = wanted();
        if (list) {
            tellWhatThereIs();
            return 0;
        }
        Path home = Path.of(System.getProperty("datagram4j.home", ""));
        Results results = from == null ? null : earlier();
        Path directory = directory(home);
        if (results == null) {
            results = new Results();
            measure(home, settings, wanted, plan, results);
        }
        report(results, home, directory);
        return results.failures().isEmpty() ? 0 : FAILED;
    }

    private Results earlier() {
        try {
            return JsonReport.read(from);
        } catch (IOException e) {
            throw usage("cannot read " + from + ": "
                    + (e instanceof NoSuchFileException ? "no such file" : e.getMessage()));
        }
    }

    private void measure(
            Path home, Settings settings, Set<Contender> wanted, List<List<Workload>> plan, Results results)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        String load = Environment.load();
        tell("Building what is not in Java ...");
        Programs programs =
                new Programs(home.resolve("benchmarks/src/main"), home.resolve("benchmarks/target"), !check);
        results.environment().putAll(Environment.describe());
        results.environment().putAll(programs.versions());
        new Runner(programs, settings, wanted, results, this::tell).run(plan);
        if (calls) {
            measureCalls(programs, settings, results);
        }
        complete(results.environment(), settings, load, start);
    }

    private void measureCalls(Programs programs, Settings settings, Results results) {
        for (Jdk jdk : programs.jdks()) {
            tell("calls, by JMH, on " + jdk.version());
            try {
                results.calls().addAll(Calls.measure(jdk, settings.millis()));
            } catch (IOException e) {
                results.failures().add("Failed: calls, JDK " + jdk.feature() + ": " + e.getMessage());
            }
        }
    }

    private void report(Results results, Path home, Path directory) throws IOException {
        console.println();
        TextReport.of(results).forEach(console::println);
        console.println();
        Path json = directory.resolve("results.json");
        JsonReport.write(results, json);
        tell("Results: " + json);
        Map<String, String> plots = plot(results, directory);
        if (docs) {
            Path page = home.resolve("docs/performance.md");
            Path pictures = Files.createDirectories(home.resolve("docs").resolve(PICTURES));
            for (String name : plots.keySet()) {
                Files.copy(directory.resolve(name), pictures.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
            Files.writeString(page, new Document(results, plots, PICTURES).update(Files.readString(page)));
            tell("Updated " + page + " and the plots in " + pictures);
        }
    }

    private static void complete(Map<String, Object> environment, Settings settings, String load, long start) {
        environment.put("load", load + " before, " + Environment.load() + " after");
        environment.put("rounds", settings.rounds() + " of " + settings.millis() + " ms");
        environment.put("took", Duration.ofNanos(System.nanoTime() - start).toSeconds() + " s");
    }

    private Map<String, String> plot(Results results, Path directory) throws IOException {
        try {
            Map<String, String> plots = Plots.write(results, directory);
            tell("Plots: " + String.join(", ", plots.keySet()));
            return plots;
        } catch (Error e) {
            // a JDK without fonts fails in the depths of AWT, with whatever class could not be made ready
            tell("Without plots: this Java cannot draw (Debian: apt install fontconfig fonts-dejavu-core): " + e);
            return Map.of();
        }
    }

    private void tell(String line) {
        console.println(line);
        console.flush();
    }

    private Settings settings() {
        int length = positive("--millis", millis, check ? 1 : quick ? 150 : 250);
        return new Settings(
                quick,
                positive("--rounds", rounds, check ? 1 : quick ? 3 : 5),
                length,
                check ? 1 : Math.max(2 * length, 300),
                check);
    }

    private int positive(String option, Integer given, int otherwise) {
        if (given != null && given < 1) {
            throw usage(option + " is a number from 1 on, not " + given);
        }
        return given == null ? otherwise : given;
    }

    private List<List<Workload>> plan() {
        List<List<Workload>> offered = check ? Workload.check() : quick ? Workload.quick() : Workload.all();
        calls = only.contains(CALLS) || only.isEmpty() && !quick && !check;
        if (only.isEmpty()) {
            return offered;
        }
        List<List<Workload>> plan = new ArrayList<>();
        Set<Workload> chosen = only.stream()
                .filter(name -> !name.equals(CALLS))
                .flatMap(this::named)
                .collect(Collectors.toSet());
        for (List<Workload> together : Workload.all()) {
            List<Workload> some = together.stream().filter(chosen::remove).toList();
            if (!some.isEmpty()) {
                plan.add(some);
            }
        }
        chosen.forEach(workload -> plan.add(List.of(workload)));
        return plan;
    }

    private Stream<Workload> named(String name) {
        List<Workload> family = Workload.all().stream()
                .flatMap(List::stream)
                .filter(workload -> workload.family().label().equals(name))
                .toList();
        if (!family.isEmpty()) {
            return family.stream();
        }
        return Stream.of(Workload.parse(name)
                .orElseThrow(() -> usage("there is no workload '" + name + "', see datagram4j bench --list")));
    }

    private Set<Contender> wanted() {
        Set<Contender> wanted = EnumSet.noneOf(Contender.class);
        for (String name : contenders.isEmpty() ? List.of("") : contenders) {
            Set<Contender> some = Stream.of(Contender.values())
                    .filter(contender -> contender.label().startsWith(name))
                    .collect(Collectors.toCollection(() -> EnumSet.noneOf(Contender.class)));
            if (some.isEmpty()) {
                throw usage("there is no contender '" + name + "', see datagram4j bench --list");
            }
            wanted.addAll(some);
        }
        return wanted;
    }

    private void tellWhatThereIs() {
        console.println("Workloads (* in a quick run, too):");
        for (List<Workload> together : Workload.all()) {
            for (Workload workload : together) {
                String mark = Workload.quick().contains(together) ? "*" : " ";
                console.println(String.format(" %s %-15s %s", mark, workload.name(), workload.title()));
            }
        }
        console.println(String.format("   %-15s %s", CALLS, "Single calls of the backends and of java.nio, by JMH"));
        console.println("Contenders:");
        for (Contender contender : Contender.values()) {
            console.println("   " + contender.label());
        }
        console.flush();
    }

    private Path directory(Path home) {
        Path directory = out == null ? home.resolve("target/bench") : out;
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "cannot write to the directory " + directory, e);
        }
    }

    private ParameterException usage(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }
}
