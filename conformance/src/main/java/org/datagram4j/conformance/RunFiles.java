package org.datagram4j.conformance;

import java.io.IOException;
import java.nio.file.Path;
import org.datagram4j.conformance.claim.Artifact;
import org.datagram4j.conformance.claim.Claim;
import org.datagram4j.conformance.render.Reports;
import org.datagram4j.conformance.report.Report;
import org.datagram4j.conformance.report.ReportDirectory;

/** What a run leaves: the reports, and the claim if there is one to make. */
final class RunFiles {
    private RunFiles() {}

    /**
     * Takes away what an earlier run left, before anything is run: a run that does not come to its end must not leave
     * another's result behind.
     */
    static void clear(ReportDirectory directory) throws IOException {
        directory.remove(Claim.SIGNATURE);
        directory.remove(Claim.FILE);
        for (String file : Reports.FILES) {
            directory.remove(file);
        }
    }

    /** Gives the path of conformance.json. */
    static Path write(Report report, Subject subject, ReportDirectory directory) throws IOException {
        Path json = Reports.write(report, directory);
        if (Claim.possible(report)) {
            directory.write(
                    Claim.FILE, Claim.of(report, Artifact.of(subject.jar())).text());
        }
        return json;
    }
}
