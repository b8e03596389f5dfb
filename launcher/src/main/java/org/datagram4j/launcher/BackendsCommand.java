package org.datagram4j.launcher;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import org.datagram4j.Capability;
import org.datagram4j.Limit;
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
        Table summary = new Table().row("BACKEND", "VERDICT", "RANKING", "PROFILE", "FROM", "WHY");
        found.forEach(backend -> summary.row(
                backend.name(),
                backend.verdict(),
                backend.ranking(),
                backend.profile(),
                backend.provider(),
                backend.reason()));
        summary.lines().forEach(out::println);

        List<FoundBackend> working = found.stream().filter(FoundBackend::works).toList();
        if (!working.isEmpty()) {
            out.println();
            abilities(working).lines().forEach(out::println);
        }
    }

    private static Table abilities(List<FoundBackend> backends) {
        Table table = new Table().row(cells("CAPABILITY", "KIND", backends, FoundBackend::name));
        for (Capability capability : Capability.values()) {
            table.row(cells(
                    capability.name(),
                    capability.kind().name().toLowerCase(Locale.ROOT),
                    backends,
                    backend -> backend.capabilities().contains(capability.name()) ? "yes" : "-"));
        }
        Arrays.stream(Limit.values())
                .filter(limit ->
                        backends.stream().anyMatch(backend -> backend.limits().containsKey(limit.name())))
                .forEach(limit -> table.row(cells(
                        limit.name(),
                        "limit",
                        backends,
                        backend -> String.valueOf(backend.limits().get(limit.name())))));
        return table;
    }

    private static List<String> cells(
            String name, String kind, List<FoundBackend> backends, Function<FoundBackend, String> cell) {
        return Stream.concat(Stream.of(name, kind), backends.stream().map(cell)).toList();
    }
}
