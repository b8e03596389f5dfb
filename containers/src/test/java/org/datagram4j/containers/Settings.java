package org.datagram4j.containers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the build put what these tests use; and the Java that runs them, which the containers run on, too. */
final class Settings {
    /** The major version of Java. */
    static final int JAVA = Runtime.version().feature();

    /** The first Java whose class library links native code by itself. */
    private static final int FOREIGN = 22;

    private static final int FIRST_WITHOUT_SECURITY_MANAGER = 24;

    private Settings() {}

    /** True where the native backend needs JNA. */
    static boolean needsJna() {
        return JAVA < FOREIGN;
    }

    /** True where a released Karaf starts as shipped: it uses a SecurityManager, which Java 24 ended. */
    static boolean stockKarafStarts() {
        return JAVA < FIRST_WITHOUT_SECURITY_MANAGER;
    }

    static String version() {
        return System.getProperty("datagram4j.version");
    }

    static String karafVersion() {
        return System.getProperty("datagram4j.karaf.version");
    }

    /** A Maven repository with our features and everything in them. */
    static Path repository() {
        return path("datagram4j.repository");
    }

    /** A directory for a container's own files, empty at first. */
    static Path scratch(String name) {
        Path directory = path("datagram4j.results").resolveSibling("scratch").resolve(name + "-java" + JAVA);
        Trees.remove(directory);
        return directory;
    }

    /** A framework or a distribution, by its file's name. */
    static Path container(String file) {
        return path("datagram4j.containers").resolve(file);
    }

    /** The directory for the results of a run, which is called as nothing else is. */
    static Path results(String name) {
        return path("datagram4j.results").resolve(name + "-java" + JAVA);
    }

    /** The bundle that does the job inside a container. */
    static Path probe() {
        return path("datagram4j.probe");
    }

    /** Every other bundle: ours, what the kit needs, and JNA. */
    static List<Path> bundles() throws IOException {
        try (Stream<Path> files = Files.list(path("datagram4j.bundles"))) {
            return files.sorted().toList();
        }
    }

    /** True if a bundle is JNA. */
    static boolean isJna(Path bundle) {
        return bundle.getFileName().toString().equals("jna.jar");
    }

    private static Path path(String property) {
        return Path.of(System.getProperty(property));
    }
}
