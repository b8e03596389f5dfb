package org.datagram4j.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The vendor's backend of the examples, built and certified as a vendor would: in a directory of its own, by a Maven that
 * knows nothing of this build and finds datagram4j in a repository. Its own local repository is empty at first and gone
 * afterwards; what is not datagram4j's comes from the one that this build uses, which is only read.
 */
class VendorBackendIT {
    private static final Path ROOT = Path.of(System.getProperty("datagram4j.project.root"));

    @TempDir
    private Path directory;

    @Test
    void isCertifiedByItsOwnBuild() throws Exception {
        Path project = directory.resolve("project");
        copySources(ROOT.resolve("examples/vendor-backend"), project);
        OutsideBuild build = new OutsideBuild(directory);

        Ended ended = build.verify(project);

        assertEquals(0, ended.exitCode(), ended.output());
        assertTrue(ended.output().contains("Running com.example.acme.AcmeConformanceTest"), ended.output());
        String report = Files.readString(project.resolve("target/certification/acme/conformance.json"));
        assertTrue(report.contains("\"conclusion\": \"CONFORMANT\""), report);
        assertFalse(report.contains("\"outcome\": \"FAIL\""), report);
        assertTrue(
                Files.exists(build.local().resolve("org/datagram4j/datagram4j-api/" + OutsideBuild.VERSION)),
                "datagram4j came from elsewhere");
    }

    private static void copySources(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            List<Path> sources = files.filter(file -> !file.startsWith(from.resolve("target")))
                    .toList();
            for (Path file : sources) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
