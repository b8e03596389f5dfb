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
    private static final String VERSION = "1.0.0-SNAPSHOT";

    @TempDir
    private Path directory;

    @Test
    void isCertifiedByItsOwnBuild() throws Exception {
        Path project = directory.resolve("project");
        copySources(ROOT.resolve("examples/vendor-backend"), project);
        Path local = directory.resolve("local");

        Ended ended = Ended.run(maven(project, local, settings(published())));

        assertEquals(0, ended.exitCode(), ended.output());
        assertTrue(ended.output().contains("Running com.example.acme.AcmeConformanceTest"), ended.output());
        String report = Files.readString(project.resolve("target/certification/acme/conformance.json"));
        assertTrue(report.contains("\"conclusion\": \"CONFORMANT\""), report);
        assertFalse(report.contains("\"outcome\": \"FAIL\""), report);
        assertTrue(
                Files.exists(local.resolve("org/datagram4j/datagram4j-api/" + VERSION)),
                "datagram4j came from elsewhere");
    }

    private static ProcessBuilder maven(Path project, Path local, Path settings) {
        ProcessBuilder builder = new ProcessBuilder(
                        System.getProperty("datagram4j.maven"),
                        "-B",
                        "-ntp",
                        "-Dstyle.color=never",
                        "-Dmaven.repo.local=" + local,
                        "-gs",
                        settings.toString(),
                        "verify")
                .directory(project.toFile());
        builder.environment().put("JAVA_HOME", Jdk.bin().getParent().toString());
        builder.environment().keySet().removeIf(name -> name.equals("MAVEN_CMD_LINE_ARGS"));
        return builder;
    }

    /** A repository with what the vendor depends on, as a release would publish it. */
    private Path published() throws IOException {
        Path repository = directory.resolve("published");
        publish(repository, "datagram4j-parent", ROOT.resolve("pom.xml"), null);
        publish(repository, "datagram4j-api", ROOT.resolve("api/pom.xml"), Jars.API);
        publish(repository, "datagram4j-nio", ROOT.resolve("impl-nio/pom.xml"), Jars.NIO);
        publish(repository, "datagram4j-conformance", ROOT.resolve("conformance/pom.xml"), Jars.CONFORMANCE);
        return repository;
    }

    private static void publish(Path repository, String artifact, Path pom, Path jar) throws IOException {
        Path version = Files.createDirectories(
                repository.resolve("org/datagram4j").resolve(artifact).resolve(VERSION));
        Files.copy(pom, version.resolve(artifact + "-" + VERSION + ".pom"));
        if (jar != null) {
            Files.copy(jar, version.resolve(artifact + "-" + VERSION + ".jar"));
        }
    }

    /** Settings that put the two repositories before those that Maven has anyway. */
    private Path settings(Path published) throws IOException {
        Path shared = Path.of(System.getProperty("datagram4j.maven.repository"));
        String repositories = repository("published", published, true) + repository("shared", shared, false);
        return Files.writeString(
                directory.resolve("settings.xml"),
                "<settings><profiles><profile><id>test</id><repositories>" + repositories + "</repositories>"
                        + "<pluginRepositories>" + repositories.replace("repository>", "pluginRepository>")
                        + "</pluginRepositories></profile></profiles>"
                        + "<activeProfiles><activeProfile>test</activeProfile></activeProfiles></settings>");
    }

    private static String repository(String id, Path directory, boolean snapshots) {
        return "<repository><id>" + id + "</id><url>" + directory.toUri() + "</url><releases><enabled>" + !snapshots
                + "</enabled><checksumPolicy>ignore</checksumPolicy></releases><snapshots><enabled>" + snapshots
                + "</enabled><checksumPolicy>ignore</checksumPolicy></snapshots></repository>";
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
