package org.datagram4j.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.datagram4j.conformance.claim.Claim;
import org.datagram4j.conformance.claim.ClaimCheck;
import org.datagram4j.conformance.read.InputFile;
import org.datagram4j.conformance.read.OneLine;
import org.datagram4j.conformance.read.Untrue;
import org.datagram4j.conformance.read.UnusableInput;
import org.datagram4j.conformance.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks a claim. */
@Command(
        name = "verify",
        description = "Check a claim: its signature, and that everything in it follows from the results beside it.",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Exit codes: 1 if the claim is rejected; else as the claim's verdict, 0 conformant, 1 not conformant,"
                    + " 2 inconclusive; 3 if it cannot be read."
        })
final class VerifyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "A directory with claim.json and its reports.")
    private Path directory;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "The vendor's public key, from somewhere that you trust. Default: the key beside the claim,"
                    + " of which you are told the fingerprint.")
    private Path key;

    @Option(names = "--unsigned", description = "Accept a claim without a signature.")
    private boolean unsigned;

    @Option(names = "--jar", paramLabel = "FILE", description = "The backend's jar; the claim has to be about it.")
    private Path jar;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try {
            OpenPgp.Signer signer = unsigned && key == null ? null : signer();
            ClaimCheck check = new ClaimCheck(directory, jar);
            Report report = check.check();
            if (signer != null
                    && signer.made().isBefore(report.settings().started().minus(SignaturePolicy.SKEW))) {
                throw new Untrue("the signature is of " + signer.made() + ", before the run that it is about");
            }
            out.println(signature(signer));
            out.println(
                    OneLine.of(report.backend().name() + " " + report.backend().version() + ": ")
                            + OneLine.of(report.verdict().text()));
            if (jar == null) {
                out.println("Which jar it is about was not checked; --jar FILE does.");
            }
            List<String> strangers = check.strangers(Set.of(Claim.SIGNATURE, SignCommand.PUBLIC_KEY));
            if (!strangers.isEmpty()) {
                out.println(OneLine.of("Not of the claim, and not checked: " + String.join(", ", strangers)));
            }
            return report.verdict().exitCode();
        } catch (UnusableInput e) {
            throw new UsageProblem(e.getMessage());
        } catch (Untrue e) {
            spec.commandLine().getErr().println("datagram4j: rejected: " + e.getMessage());
            return Main.NOT_CONFORMANT;
        }
    }

    private OpenPgp.Signer signer() throws UnusableInput, Untrue {
        byte[] claim = InputFile.bytes(directory, Claim.FILE);
        if (!Files.exists(directory.resolve(Claim.SIGNATURE), LinkOption.NOFOLLOW_LINKS)) {
            throw new Untrue("the claim is not signed: there is no " + Claim.SIGNATURE
                    + " (--unsigned accepts that, and then anybody can have made it)");
        }
        byte[] signature = InputFile.bytes(directory, Claim.SIGNATURE);
        byte[] keys = key == null ? InputFile.bytes(directory, SignCommand.PUBLIC_KEY) : read(key);
        try {
            return OpenPgp.verify(claim, signature, keys);
        } catch (OpenPgp.Problem e) {
            throw new Untrue(e.getMessage());
        }
    }

    private String signature(OpenPgp.Signer signer) {
        if (signer == null) {
            return "The claim is sound in itself, but anybody can have made it: its signature was not checked.";
        }
        return key == null
                ? "The claim is genuine, if the vendor's key is " + signer.fingerprint()
                        + ": the key came with the claim, --key checks by another."
                : "The claim is genuine, signed by the key " + signer.fingerprint() + ".";
    }

    /** A file of the user's own choice. */
    static byte[] read(Path file) throws UnusableInput {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(InputFile.MOST_BYTES);
        } catch (IOException e) {
            throw new UnusableInput("cannot read the file " + file);
        }
    }
}
