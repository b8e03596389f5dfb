package org.datagram4j.conformance;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpBackends;
import org.datagram4j.conformance.mutant.Mutants;
import org.datagram4j.conformance.report.BackendIdentity;
import org.datagram4j.conformance.report.Progress;
import org.datagram4j.conformance.report.Report;
import org.datagram4j.conformance.report.RuleResult;

/** Certifies backends on the class path. */
public final class Certifier {
    private Certifier() {}

    /**
     * Runs {@code backend=nio rules=UDP-RECV-*,UDP-SEND-* mutant=Name}.
     *
     * @param args key=value
     */
    public static void main(String[] args) {
        PrintStream out = System.out;
        Certification certification = Certification.prepare();
        for (UdpBackend backend : UdpBackends.all()) {
            if (!option(args, "backend", backend.name()).equals(backend.name())) {
                continue;
            }
            Certification.Request request = Certification.Request.of(
                    backend, new BackendIdentity(backend.name(), BackendIdentity.UNKNOWN, BackendIdentity.UNKNOWN));
            request = request.withRules(List.of(option(args, "rules", "*").split(",")));
            String mutant = option(args, "mutant", "");
            if (!mutant.isEmpty()) {
                request = request.withMutant(
                        mutant, Mutants.named(mutant).orElseThrow().breaks().apply(backend));
            }
            Report report = certification.run(request, new Progress() {
                @Override
                public void finished(RuleResult result) {
                    out.println(result.outcome() + " " + result.name() + " "
                            + result.duration().toMillis() + " ms " + (result.crash() ? "CRASH " : "")
                            + result.detail());
                }
            });
            out.println(report.counts());
            out.println(report.environment());
            out.println(backend.name() + ": " + report.verdict().text());
        }
    }

    private static String option(String[] args, String key, String otherwise) {
        Predicate<String> named = arg -> arg.startsWith(key + "=");
        return Arrays.stream(args)
                .filter(named)
                .findFirst()
                .map(arg -> arg.substring(key.length() + 1))
                .orElse(otherwise);
    }
}
