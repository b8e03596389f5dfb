package org.datagram4j.launcher;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.datagram4j.conformance.catalogue.Catalogue;
import org.datagram4j.conformance.catalogue.RuleEntry;
import org.datagram4j.tools.Table;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the catalogue of rules. */
@Command(
        name = "list",
        description = "List the rules that a backend is certified by.",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true)
final class ListCommand implements Callable<Integer> {
    @Option(names = "--area", paramLabel = "AREA", description = "Only rules of this area, such as RECV; repeatable.")
    private List<String> areas = List.of();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Catalogue catalogue = Catalogue.load();
        List<String> wanted =
                areas.stream().map(area -> area.toUpperCase(Locale.ROOT)).toList();
        for (String area : wanted) {
            if (!catalogue.areas().containsKey(area)) {
                throw new UsageProblem("there is no area " + area + "; there are "
                        + String.join(", ", catalogue.areas().keySet()));
            }
        }
        Table table = new Table().row("RULE", "LEVEL", "TIER", "TITLE");
        for (RuleEntry rule : catalogue.rules()) {
            if (wanted.isEmpty() || wanted.contains(rule.area())) {
                table.row(rule.id(), rule.level().name(), rule.tier().name(), rule.title());
            }
        }
        CommandLine line = spec.commandLine();
        table.lines().forEach(line.getOut()::println);
        return Main.OK;
    }
}
