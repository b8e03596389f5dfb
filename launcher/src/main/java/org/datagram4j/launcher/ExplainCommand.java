package org.datagram4j.launcher;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.datagram4j.conformance.catalogue.Catalogue;
import org.datagram4j.conformance.catalogue.RuleEntry;
import org.datagram4j.conformance.catalogue.RuleText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints all that the catalogue says about a rule: what to read when it fails. */
@Command(
        name = "explain",
        description = "Tell everything about one rule: what it demands, why, and what to look at when it fails.",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true)
final class ExplainCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RULE", description = "The rule's id, such as UDP-RECV-01.")
    private String id;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        RuleEntry rule = Catalogue.load()
                .rule(id.toUpperCase(Locale.ROOT))
                .orElseThrow(() -> new UsageProblem("there is no rule " + id + "; \"list\" shows all"));
        PrintWriter out = spec.commandLine().getOut();
        out.println(Ansi.AUTO.string("@|bold " + rule.id() + "|@ " + rule.title()));
        RuleText.lines(rule).forEach(out::println);
        return Main.OK;
    }
}
