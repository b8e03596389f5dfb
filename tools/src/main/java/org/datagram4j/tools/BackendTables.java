package org.datagram4j.tools;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.datagram4j.Capability;
import org.datagram4j.Limit;

/** Backends as tables: what became of each, and what each can do. */
public final class BackendTables {
    private BackendTables() {}

    /**
     * What became of each.
     *
     * @param found the backends
     * @return a row for each
     */
    public static Table verdicts(List<FoundBackend> found) {
        Table table = new Table().row("BACKEND", "VERDICT", "RANKING", "PROFILE", "FROM", "WHY");
        found.forEach(backend -> table.row(
                backend.name(),
                backend.verdict(),
                backend.ranking(),
                backend.profile(),
                backend.provider(),
                backend.reason()));
        return table;
    }

    /**
     * What each can do.
     *
     * @param backends those that work
     * @return a row for each capability and limit
     */
    public static Table abilities(List<FoundBackend> backends) {
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
