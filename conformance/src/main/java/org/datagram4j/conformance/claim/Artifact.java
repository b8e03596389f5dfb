package org.datagram4j.conformance.claim;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * A jar as a claim names it.
 *
 * @param coordinates Maven's, {@code group:artifact:version}, if the jar says what they are, or its name
 * @param sha256 its digest, or {@link #UNKNOWN} if it is no jar, such as the classes of a build
 */
public record Artifact(String coordinates, String sha256) {
    /** What is said of what cannot be found out. */
    public static final String UNKNOWN = "unknown";

    private static final String MAVEN = "META-INF/maven/";
    private static final int MOST = 4_096;

    /**
     * The jar that a class came from.
     *
     * @param type the class
     * @return the jar, unknown if it came from something else
     */
    public static Artifact of(Class<?> type) {
        return of(jar(type));
    }

    /**
     * Where a class came from.
     *
     * @param type the class
     * @return a jar or a directory, or null if that is not known
     */
    public static Path jar(Class<?> type) {
        CodeSource code = type.getProtectionDomain().getCodeSource();
        return code == null || code.getLocation() == null
                ? null
                : at(code.getLocation().toString());
    }

    /**
     * What an address leads to.
     *
     * @param location a URL, or the location of a bundle
     * @return a jar or a directory of this machine, or null if it is none
     */
    public static Path at(String location) {
        // frameworks say so, of bundles that they were told to use in place
        String file = location.replaceFirst("^(location:)?(reference:)?", "");
        try {
            return file.startsWith("file:") ? Path.of(new URI(file)) : null;
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
            return null; // a loader of its own
        }
    }

    /**
     * A jar.
     *
     * @param jar a file, or null
     * @return its name and digest, unknown if it is not a file
     */
    public static Artifact of(Path jar) {
        if (jar == null || !Files.isRegularFile(jar)) {
            return new Artifact(UNKNOWN, UNKNOWN);
        }
        try {
            return new Artifact(coordinates(jar), Sha256.of(jar));
        } catch (IOException e) {
            return new Artifact(jar.getFileName().toString(), UNKNOWN);
        }
    }

    // The properties that Maven leaves in a jar; a jar made of several has those of each, which says nothing.
    private static String coordinates(Path jar) throws IOException {
        String name = jar.getFileName().toString();
        try (JarFile file = new JarFile(jar.toFile())) {
            List<JarEntry> entries = file.stream()
                    .filter(entry ->
                            entry.getName().startsWith(MAVEN) && entry.getName().endsWith("/pom.properties"))
                    .toList();
            if (entries.size() != 1) {
                return name;
            }
            Properties properties = new Properties();
            try (InputStream in = file.getInputStream(entries.get(0))) {
                properties.load(new ByteArrayInputStream(in.readNBytes(MOST)));
            }
            String group = properties.getProperty("groupId");
            String artifact = properties.getProperty("artifactId");
            String version = properties.getProperty("version");
            return group == null || artifact == null || version == null ? name : group + ":" + artifact + ":" + version;
        } catch (IllegalArgumentException e) {
            return name;
        }
    }
}
