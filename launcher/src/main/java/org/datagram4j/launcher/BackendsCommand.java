package org.datagram4j.launcher;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.datagram4j.tools.BackendTables;
import org.datagram4j.tools.FoundBackend;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows which backends there are, which one an application would get, and what each can do. */
@Command(
        name = "backends",
        description =
                "Show which backends are found, chosen and refused, why, and what each can do. The exit code is 2 if none"
                        + " is chosen.",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true)
final class BackendsCommand implements Callable<Integer> {
    @Option(
            names = "--in",
            paramLabel = "PLACE",
            converter = Place.Converter.class,
            defaultValue = "felix",
            description = "Where to look: felix or classpath. Default: ${DEFAULT-VALUE}")
    private Place place;

    @Option(
            names = "--jar",
            paramLabel = "FILE",
            description = "Add a vendor's backend; repeatable. In Felix: a bundle.")
    private List<Path> jars = List.of();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        List<FoundBackend> found;
        if (place == Place.FELIX) {
            try (FelixHost host = FelixHost.start(App.bundles(jars))) {
                out.println("In " + host.description() + ":");
                found = Backends.in(host);
            }
        } else {
            App.addToClassPath(jars);
            out.println("On the class path:");
            found = Backends.onClassPath();
        }
        print(out, found);
        return found.stream().anyMatch(FoundBackend::chosen) ? Main.OK : Main.INCONCLUSIVE;
    }

    private static void print(PrintWriter out, List<FoundBackend> found) {
        if (found.isEmpty()) {
            out.println("No backend was found.");
            return;
        }
        BackendTables.verdicts(found).lines().forEach(out::println);
        List<FoundBackend> working = found.stream().filter(FoundBackend::works).toList();
        if (!working.isEmpty()) {
            out.println();
            BackendTables.abilities(working).lines().forEach(out::println);
        }
    }
}
