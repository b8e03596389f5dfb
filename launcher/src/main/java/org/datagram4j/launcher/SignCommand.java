package org.datagram4j.launcher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.datagram4j.conformance.claim.Claim;
import org.datagram4j.conformance.claim.ClaimCheck;
import org.datagram4j.conformance.read.InputFile;
import org.datagram4j.conformance.read.Untrue;
import org.datagram4j.conformance.read.UnusableInput;
import org.datagram4j.conformance.report.Report;
import org.datagram4j.conformance.report.ReportDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Signs a claim. */
@Command(
        name = "sign",
        description = {
            "Sign the claim in a directory of reports with an OpenPGP key. The signature and the public key are put"
                    + " beside it; gpg --verify checks them, too.",
            "",
            "The passphrase is taken from the environment variable DATAGRAM4J_PASSPHRASE, or from a file."
        },
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true)
final class SignCommand implements Callable<Integer> {
    static final String PASSPHRASE = "DATAGRAM4J_PASSPHRASE";
    static final String PUBLIC_KEY = "claim-key.asc";

    @Parameters(paramLabel = "DIR", description = "A directory with claim.json and its reports.")
    private Path directory;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            required = true,
            description = "A secret key, as gpg --armor --export-secret-keys gives it.")
    private Path key;

    @Option(names = "--passphrase-file", paramLabel = "FILE", description = "A file with the passphrase in a line.")
    private Path passphraseFile;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        try {
            Report report = new ClaimCheck(directory, null).check();
            byte[] claim = InputFile.bytes(directory, Claim.FILE);
            OpenPgp.Signed signed = OpenPgp.sign(claim, VerifyCommand.read(key), passphrase());
            ReportDirectory out = ReportDirectory.open(directory);
            out.write(Claim.SIGNATURE, signed.signature());
            out.write(PUBLIC_KEY, signed.publicKey());
            spec.commandLine()
                    .getOut()
                    .println("Signed with the key " + signed.fingerprint() + ": "
                            + report.backend().name() + ", " + report.verdict().text());
            return Main.OK;
        } catch (Untrue e) {
            throw new UsageProblem("this claim cannot be signed: " + e.getMessage());
        } catch (UnusableInput | OpenPgp.Problem | IllegalArgumentException e) {
            throw new UsageProblem(e.getMessage());
        }
    }

    private char[] passphrase() throws UnusableInput, IOException {
        if (passphraseFile == null) {
            String variable = System.getenv(PASSPHRASE);
            return variable == null ? new char[0] : variable.toCharArray();
        }
        if (!Files.isReadable(passphraseFile)) {
            throw new UnusableInput("cannot read the file " + passphraseFile);
        }
        CharBuffer line = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(VerifyCommand.read(passphraseFile)));
        String text = line.toString().lines().findFirst().orElse("");
        return text.toCharArray();
    }
}
