package org.datagram4j.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    /** All rules are run whatever tests are chosen: what is broken cannot be left out by chance. */
    @Test
    void aChoiceOfTestsHidesNothing() throws Exception {
        Path project = directory.resolve("project");
        copySources(ROOT.resolve("examples/vendor-backend"), project);
        Path socket = project.resolve("src/main/java/com/example/acme/AcmeSocket.java");
        String working = "return sent(super.send(payload));";
        String source = Files.readString(socket);
        assertTrue(source.contains(working), source);
        Files.writeString(socket, source.replace(working, "return payload.hasRemaining() ? super.send(payload) : 0;"));

        Ended ended = new OutsideBuild(directory).verify(project, "-Dtest=AcmeConformanceTest#certification");

        assertEquals(1, ended.exitCode(), ended.output());
        String report = Files.readString(project.resolve("target/certification/acme/conformance.json"));
        assertTrue(report.contains("\"conclusion\": \"NOT_CONFORMANT\""), report);
        assertTrue(report.contains("2 rules failed: UDP-SEND-04, UDP-SEND-15"), report);
    }

    /** By the two pieces of a pom that docs/certifying-a-backend.md shows. */
    @Test
    void isCertifiedWithoutAClass() throws Exception {
        Matcher xml = Pattern.compile("```xml\n(?<piece>.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(ROOT.resolve("docs/certifying-a-backend.md")));
        assertTrue(xml.find());
        String kit = xml.group("piece");
        assertTrue(xml.find());
        String surefire = xml.group("piece");
        Path project = Files.createDirectories(directory.resolve("project"));
        String backend = """
                <dependency>
                  <groupId>org.datagram4j</groupId>
                  <artifactId>datagram4j-nio</artifactId>
                  <version>1.0.0-SNAPSHOT</version>
                </dependency>
                """;
        Files.writeString(project.resolve("pom.xml"), OutsidePom.of("certification", backend + kit, surefire));

        Ended ended = new OutsideBuild(directory).verify(project);

        assertEquals(0, ended.exitCode(), ended.output());
        String report = Files.readString(project.resolve("target/certification/nio/conformance.json"));
        assertTrue(report.contains("\"conclusion\": \"CONFORMANT\""), report);
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
