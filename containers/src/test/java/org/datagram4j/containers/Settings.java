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

    private Settings() {}

    /** True where the native backend needs JNA. */
    static boolean needsJna() {
        return JAVA < FOREIGN;
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
