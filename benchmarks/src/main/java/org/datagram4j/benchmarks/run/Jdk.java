package org.datagram4j.benchmarks.run;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A Java to measure with.
 *
 * @param java the command
 * @param feature such as 25
 * @param version with the name of who built it
 */
public record Jdk(Path java, int feature, String version) {
    /** The first release where java.lang.foreign is final. */
    static final int FOREIGN = 22;

    private static final int OLDEST = 17;

    /** Those that can be found without being told where: this one, JAVA_HOME and its like, and the usual places. */
    public static List<Jdk> installed() {
        List<Path> homes = new ArrayList<>();
        homes.add(Path.of(System.getProperty("java.home")));
        System.getenv().forEach((name, value) -> {
            if (name.startsWith("JAVA_HOME") && !value.isBlank()) {
                homes.add(Path.of(value));
            }
        });
        homes.addAll(children(Path.of("/usr/lib/jvm")));
        homes.addAll(children(Path.of(System.getProperty("user.home"), ".sdkman", "candidates", "java")));
        return homes.stream()
                .map(Jdk::at)
                .filter(jdk -> jdk != null && jdk.feature >= OLDEST)
                .sorted(Comparator.comparingInt(Jdk::feature))
                .toList();
    }

    private static List<Path> children(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Jdk at(Path home) {
        Path java = home.resolve("bin").resolve("java");
        Properties release = new Properties();
        try (Reader reader = Files.newBufferedReader(home.resolve("release"))) {
            release.load(reader);
            String version = text(release, "JAVA_VERSION");
            int feature = Integer.parseInt(version.split("[.+-]", 2)[0]);
            String implementor = text(release, "IMPLEMENTOR");
            return Files.isExecutable(java) ? new Jdk(java, feature, (implementor + " " + version).strip()) : null;
        } catch (IOException | IllegalArgumentException e) {
            return null; // no JDK, or none that says what it is
        }
    }

    private static String text(Properties release, String key) {
        return release.getProperty(key, "").replace("\"", "");
    }

    /** Whether it has java.lang.foreign. */
    public boolean hasForeign() {
        return feature >= FOREIGN;
    }
}
