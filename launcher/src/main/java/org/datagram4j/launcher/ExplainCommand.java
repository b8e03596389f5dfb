package org.datagram4j.launcher;

import java.io.PrintWriter;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.datagram4j.Profile;
import org.datagram4j.conformance.catalogue.Catalogue;
import org.datagram4j.conformance.catalogue.RuleEntry;
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
    private static final int WIDTH = 100;
    private static final String INDENT = "  ";

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
        out.println(rule.level() + ", tier " + rule.tier() + ", "
                + rule.kind().name().toLowerCase(Locale.ROOT));
        section(out, "Rule", rule.text());
        section(out, "Why", rule.intent());
        section(out, "Source", rule.source());
        section(out, "Applies", applies(rule));
        section(out, "Run in", String.join(", ", rule.variants()));
        section(out, "Needs of the machine", joined(rule.needs()));
        section(out, "Methods", joined(rule.methods()));
        section(
                out,
                "If it fails, check",
                rule.check().stream().map(hint -> "- " + hint).collect(Collectors.joining("\n")));
        return Main.OK;
    }

    private static String applies(RuleEntry rule) {
        String backends = rule.capabilities().isEmpty()
                ? "to every backend"
                : "to backends that declare " + joined(rule.capabilities());
        return rule.profiles().size() == Profile.values().length
                ? backends
                : backends + ", profile " + joined(rule.profiles());
    }

    private static String joined(Collection<?> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static void section(PrintWriter out, String title, String text) {
        if (text.isEmpty()) {
            return;
        }
        out.println();
        out.println(title);
        text.lines().forEach(line -> wrapped(out, line));
    }

    private static void wrapped(PrintWriter out, String text) {
        StringBuilder line = new StringBuilder(INDENT);
        for (String word : text.split(" ")) {
            if (line.length() + word.length() > WIDTH) {
                out.println(line.toString().stripTrailing());
                line = new StringBuilder(INDENT);
            }
            line.append(word).append(' ');
        }
        out.println(line.toString().stripTrailing());
    }
}
