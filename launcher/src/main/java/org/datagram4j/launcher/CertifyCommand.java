package org.datagram4j.launcher;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Certifies backends. */
@Command(
        name = "certify",
        description = "Decide whether backends keep the contract.",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true)
final class CertifyCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw new UsageProblem("nothing can be certified yet");
    }
}
