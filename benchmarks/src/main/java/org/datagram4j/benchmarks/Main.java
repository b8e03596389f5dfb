package org.datagram4j.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.datagram4j.benchmarks.Processes.Absent;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./datagram4j bench}. */
@Command(
        name = "datagram4j bench",
        description = "Compare the backends with java.nio and with C, by turns, each in a process of its own.",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        footer = {"", "Exit codes: 0 measured, 2 something failed, 3 wrong usage. docs/performance.md tells the method."
        })
public final class Main implements Callable<Integer> {
    private static final int BROKEN = 2;
    private static final int USAGE = 3;

    @Option(names = "--quick", description = "Fewer workloads and rounds, less exact, in less than three minutes.")
    private boolean quick;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "Only these workloads, such as single-64, or single for every size.")
    private List<String> only = List.of();

    @Option(names = "--rounds", paramLabel = "N", description = "How often each is measured; 5, with --quick 3.")
    private Integer rounds;

    @Option(
            names = "--sockets",
            paramLabel = "N",
            description = "Measure an event among so many registered sockets, too, such as 100000.")
    private Integer sockets;

    @Option(names = "--out", paramLabel = "DIR", description = "Where results.json goes. Default: target/bench")
    private Path out;

    @Option(names = "--millis", paramLabel = "N", hidden = true, description = "How long each is measured.")
    private Integer millis;

    @Spec
    private CommandSpec spec;

    private PrintWriter console;
    private boolean broken;

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
                    return BROKEN;
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
        int all = positive("--rounds", rounds, quick ? 3 : 5);
        int measured = positive("--millis", millis, quick ? 200 : 300);
        List<Workload> workloads = workloads();
        Path home = Path.of(System.getProperty("datagram4j.home", ""));
        Path directory = directory(home);
        Processes processes = new Processes(
                home.resolve("benchmarks/src/main/c/burst.c"),
                home.resolve("benchmarks/target"),
                Jdk.installed(),
                measured * 2,
                measured);
        Results results = new Results();
        Map<String, Object> environment = Environment.describe(processes);
        String load = Environment.load();
        measure(workloads, processes, all, results);
        environment.put("load", load + " before, " + Environment.load() + " after");
        environment.put("rounds", all);
        Report report = new Report(results, workloads, environment);
        console.println();
        report.lines().forEach(console::println);
        console.println();
        console.println("Results: " + report.write(directory));
        console.flush();
        return broken ? BROKEN : 0;
    }

    private int positive(String option, Integer given, int otherwise) {
        if (given != null && given < 1) {
            throw new ParameterException(spec.commandLine(), option + " is a number from 1 on, not " + given);
        }
        return given == null ? otherwise : given;
    }

    private List<Workload> workloads() {
        List<Workload> offered = new ArrayList<>(quick && only.isEmpty() ? Workload.quick() : Workload.all());
        if (sockets != null) {
            Workload more = new Workload("event", positive("--sockets", sockets, 0));
            offered.remove(more);
            offered.add(more);
        }
        for (String name : only) {
            if (offered.stream().noneMatch(workload -> workload.isCalled(name))) {
                throw new ParameterException(
                        spec.commandLine(),
                        "there is no workload '" + name + "', but "
                                + offered.stream().map(Workload::name).collect(Collectors.joining(", ")));
            }
        }
        offered.removeIf(workload -> !only.isEmpty() && only.stream().noneMatch(workload::isCalled));
        return offered;
    }

    private Path directory(Path home) {
        Path directory = out == null ? home.resolve("target/bench") : out;
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "cannot write to the directory " + directory, e);
        }
    }

    private void measure(List<Workload> workloads, Processes processes, int all, Results results)
            throws IOException, InterruptedException {
        Set<Contender> taking = EnumSet.allOf(Contender.class);
        for (Contender contender : Contender.values()) {
            processes.absence(contender).ifPresent(why -> {
                taking.remove(contender);
                console.println("Without " + contender.label + ": " + why);
            });
        }
        Set<String> told = new HashSet<>();
        for (int round = 0; round < all; round++) {
            for (Workload workload : workloads) {
                console.println("round " + (round + 1) + " of " + all + ": " + workload.name());
                console.flush();
                for (Contender contender : order(workload, round)) {
                    if (!taking.contains(contender)) {
                        continue;
                    }
                    String name = workload.name() + ", " + contender.label;
                    try {
                        results.add(workload, contender, round, processes.measure(workload, contender));
                    } catch (Absent e) {
                        tell(told, "Without " + name + ": " + e.getMessage());
                    } catch (IOException e) {
                        broken = true;
                        tell(told, "Failed: " + name + ": " + e.getMessage());
                    }
                }
            }
        }
    }

    /** Once is enough. */
    private void tell(Set<String> told, String line) {
        if (told.add(line)) {
            console.println(line);
        }
    }

    /** Each round starts with another one, so that nobody is always measured after the same neighbour. */
    private static List<Contender> order(Workload workload, int round) {
        List<Contender> order = new ArrayList<>(workload.contenders());
        Collections.rotate(order, -round);
        if (round % 2 == 1) {
            Collections.reverse(order);
        }
        return order;
    }
}
