package org.datagram4j.usage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A Maven that knows nothing of this build and finds datagram4j in a repository. Its own local repository is empty at
 * first; what is not datagram4j's comes from the one that this build uses, which is only read.
 */
final class OutsideBuild {
    static final String VERSION = "1.0.0-SNAPSHOT";

    private static final Path ROOT = Path.of(System.getProperty("datagram4j.project.root"));
    private static final String GROUP = "org.datagram4j";

    private final Path directory;
    private final Path repository;

    /** Makes the repository, in a directory that the caller removes. */
    OutsideBuild(Path directory) throws IOException {
        this.directory = directory;
        this.repository = directory.resolve("published");
        publish();
    }

    Path local() {
        return directory.resolve("local");
    }

    Ended verify(Path project, String... options) throws IOException, InterruptedException {
        ProcessBuilder builder = maven(project, settings());
        builder.command().addAll(List.of(options));
        return Ended.run(builder);
    }

    private ProcessBuilder maven(Path project, Path settings) {
        ProcessBuilder builder = new ProcessBuilder(
                        System.getProperty("datagram4j.maven"),
                        "-B",
                        "-ntp",
                        "-Dstyle.color=never",
                        "-Dmaven.repo.local=" + local(),
                        "-gs",
                        settings.toString(),
                        "verify")
                .directory(project.toFile());
        builder.environment().put("JAVA_HOME", Jdk.bin().getParent().toString());
        builder.environment().keySet().removeIf(name -> name.equals("MAVEN_CMD_LINE_ARGS"));
        return builder;
    }

    /** A repository with what the vendor depends on, as a release would publish it. */
    private void publish() throws IOException {
        publish(GROUP, "datagram4j-parent", ROOT.resolve("pom.xml"), null);
        publish(GROUP, "datagram4j-api", ROOT.resolve("api/pom.xml"), Jars.API);
        publish(GROUP, "datagram4j-nio", ROOT.resolve("impl-nio/pom.xml"), Jars.NIO);
        publish(GROUP, "datagram4j-conformance", ROOT.resolve("conformance/pom.xml"), Jars.CONFORMANCE);
    }

    /** Puts one more artifact into the repository. */
    Path publish(String group, String artifact, Path pom, Path jar) throws IOException {
        Path version = Files.createDirectories(
                repository.resolve(group.replace('.', '/')).resolve(artifact).resolve(VERSION));
        Files.copy(pom, version.resolve(artifact + "-" + VERSION + ".pom"));
        Path published = version.resolve(artifact + "-" + VERSION + ".jar");
        if (jar != null) {
            Files.copy(jar, published);
        }
        return published;
    }

    /** Settings that put the two repositories before those that Maven has anyway. */
    private Path settings() throws IOException {
        Path shared = Path.of(System.getProperty("datagram4j.maven.repository"));
        String repositories = repository("published", repository, true) + repository("shared", shared, false);
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
}
