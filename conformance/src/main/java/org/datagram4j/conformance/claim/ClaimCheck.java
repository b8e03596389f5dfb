package org.datagram4j.conformance.claim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.datagram4j.UdpBackend;
import org.datagram4j.conformance.catalogue.Catalogue;
import org.datagram4j.conformance.catalogue.Outcome;
import org.datagram4j.conformance.read.Fields;
import org.datagram4j.conformance.read.InputFile;
import org.datagram4j.conformance.read.ReportReader;
import org.datagram4j.conformance.read.Untrue;
import org.datagram4j.conformance.read.UnusableInput;
import org.datagram4j.conformance.render.Reports;
import org.datagram4j.conformance.report.JsonReport;
import org.datagram4j.conformance.report.Report;

/**
 * Checks a directory with a claim and its reports, apart from the signature. Nothing is written, and no file is read but
 * those that a claim has.
 */
public final class ClaimCheck {
    private static final int MOST_FILES = 64;

    private final Path directory;
    private final Artifact kit;
    private final Artifact api;
    private final Path backend;

    /**
     * A check against given jars.
     *
     * @param directory where the claim and its reports are
     * @param kit the jar of the kit that the claim has to be made by
     * @param api the jar of the api that goes with it
     * @param backend the jar of the backend that the claim has to be about, or null to believe the claim
     */
    public ClaimCheck(Path directory, Artifact kit, Artifact api, Path backend) {
        this.directory = directory;
        this.kit = kit;
        this.api = api;
        this.backend = backend;
    }

    /**
     * A check against the kit that this is.
     *
     * @param directory where the claim and its reports are
     * @param backend the jar of the backend that the claim has to be about, or null to believe the claim
     */
    public ClaimCheck(Path directory, Path backend) {
        this(directory, Artifact.of(Claim.class), Artifact.of(UdpBackend.class), backend);
    }

    /**
     * Checks everything.
     *
     * @return the report that the claim is about
     * @throws UnusableInput if a file cannot be read as what it should be
     * @throws Untrue if something is claimed that is not so, saying what
     */
    public Report check() throws UnusableInput, Untrue {
        requireFewFiles();
        String text = InputFile.text(InputFile.bytes(directory, Claim.FILE), Claim.FILE);
        Fields claim = Fields.of(text, Claim.FILE);
        claim.requireSchema(Claim.SCHEMA);
        Artifact claimedBackend = artifact(claim.object("backend"));
        requireKit(artifact(claim.object("kit")), kit, "kit");
        requireKit(artifact(claim.object("api")), api, "api");
        requireBackend(claimedBackend);
        Catalogue catalogue = Catalogue.load();
        String json = InputFile.text(InputFile.bytes(directory, JsonReport.FILE), JsonReport.FILE);
        Report report = ReportReader.read(json, catalogue);
        ReportReader.requireComplete(report, catalogue);
        requireDigests(claim.texts("reports"));
        if (!Claim.possible(report)) {
            throw new Untrue(JsonReport.FILE + " is of a run that claims nothing: "
                    + report.verdict().text());
        }
        requireSame(claim, text, new Claim(report, kit, api, claimedBackend));
        return report;
    }

    /**
     * What lies beside the claim and is no part of it, so nothing is known of it.
     *
     * @param ours names of files that are known of otherwise, such as the signature
     * @return names, sorted
     * @throws UnusableInput if the directory cannot be read
     */
    public List<String> strangers(Set<String> ours) throws UnusableInput {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(Claim.FILE) && !Reports.FILES.contains(name) && !ours.contains(name))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UnusableInput("cannot read " + directory + ": " + e.getMessage());
        }
    }

    private void requireFewFiles() throws UnusableInput {
        if (!Files.isDirectory(directory)) {
            throw new UnusableInput(directory + " is not a directory");
        }
        try (Stream<Path> files = Files.list(directory)) {
            if (files.limit(MOST_FILES + 1L).count() > MOST_FILES) {
                throw new UnusableInput(directory + " has more files than a claim has");
            }
        } catch (IOException e) {
            throw new UnusableInput("cannot read " + directory + ": " + e.getMessage());
        }
    }

    private static Artifact artifact(Fields fields) throws UnusableInput {
        return new Artifact(fields.text("coordinates"), fields.text("sha256"));
    }

    private static void requireKit(Artifact claimed, Artifact expected, String what) throws Untrue {
        if (!claimed.equals(expected) || expected.sha256().equals(Artifact.UNKNOWN)) {
            throw new Untrue("the claim was made by another kit: its " + what + " is " + claimed.coordinates()
                    + " with SHA-256 " + claimed.sha256() + ", here it is " + expected.coordinates() + " with "
                    + expected.sha256());
        }
    }

    private void requireBackend(Artifact claimed) throws UnusableInput, Untrue {
        if (claimed.sha256().equals(Artifact.UNKNOWN)) {
            throw new Untrue("the claim names no jar of the backend, so it is about nothing that can be had: certify"
                    + " the packaged jar");
        }
        if (backend == null) {
            return;
        }
        if (!Files.isRegularFile(backend, LinkOption.NOFOLLOW_LINKS)) {
            throw new UnusableInput("cannot read the file " + backend);
        }
        Artifact here = Artifact.of(backend);
        if (!here.sha256().equals(claimed.sha256())) {
            throw new Untrue("the claim is about another jar than " + backend.getFileName() + ": about "
                    + claimed.coordinates() + " with SHA-256 " + claimed.sha256() + ", but this one has "
                    + here.sha256());
        }
        // A jar without coordinates is called as its file, which whoever has it may call otherwise.
        if (isMaven(here) != isMaven(claimed) || isMaven(here) && !here.equals(claimed)) {
            throw new Untrue("the claim calls the jar " + claimed.coordinates() + ", but it says of itself "
                    + here.coordinates());
        }
    }

    private static boolean isMaven(Artifact artifact) {
        return artifact.coordinates().contains(":");
    }

    private void requireDigests(Map<String, String> claimed) throws UnusableInput, Untrue {
        List<String> known = Reports.FILES;
        for (String name : claimed.keySet()) {
            if (!known.contains(name)) {
                throw new UnusableInput(Claim.FILE + " names a report that there is not: '" + name + "'");
            }
        }
        for (String name : known) {
            if (!claimed.containsKey(name)) {
                throw new UnusableInput(Claim.FILE + " names no " + name);
            }
            String digest = Sha256.of(InputFile.bytes(directory, name));
            if (!digest.equals(claimed.get(name))) {
                throw new Untrue(name + " is not the one of the claim: its SHA-256 is " + digest + ", the claim says "
                        + claimed.get(name));
            }
        }
    }

    private void requireSame(Fields claim, String text, Claim derived) throws UnusableInput, Untrue {
        if (!claim.texts("waivers").equals(derived.report().settings().waivers())) {
            throw new Untrue("a waiver is hidden or invented: the claim has "
                    + claim.texts("waivers").keySet() + ", " + JsonReport.FILE + " has "
                    + derived.report().settings().waivers().keySet());
        }
        Map<Outcome, Long> counts = claim.numbers("counts", Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            long said = Objects.requireNonNullElse(counts.get(outcome), 0L);
            long is = derived.report().counts().get(outcome);
            if (said != is) {
                throw new Untrue("the claim says " + said + " times " + outcome + ", but the results say " + is);
            }
        }
        if (!claim.text("verdict").equals(derived.report().verdict().text())) {
            throw new Untrue("the claim's verdict does not follow from the results; what follows is: "
                    + derived.report().verdict().text());
        }
        Map<String, String> texts = Reports.texts(derived.report());
        Map<String, String> digests = derived.reports();
        for (String name : texts.keySet()) {
            if (!claim.texts("reports").get(name).equals(digests.get(name))) {
                throw new Untrue(name + " does not say what " + JsonReport.FILE + " says: it is of another run, or was"
                        + " edited");
            }
        }
        if (!text.equals(derived.text())) {
            throw new Untrue(Claim.FILE + " does not say what " + JsonReport.FILE + " says, in line "
                    + line(text, derived.text()));
        }
    }

    private static int line(String text, String expected) {
        String[] lines = text.split("\n", -1);
        String[] wanted = expected.split("\n", -1);
        int line = Arrays.mismatch(lines, wanted);
        return line + 1;
    }
}
