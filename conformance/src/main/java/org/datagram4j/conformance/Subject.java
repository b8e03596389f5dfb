package org.datagram4j.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import org.datagram4j.UdpBackend;
import org.datagram4j.conformance.report.BackendIdentity;

/**
 * A backend that can be certified.
 *
 * @param backend the backend
 * @param identity what a report calls it
 */
public record Subject(UdpBackend backend, BackendIdentity identity) {
    /**
     * Checks that nothing is null.
     *
     * @param backend see the record
     * @param identity see the record
     * @throws NullPointerException if something is
     */
    public Subject {
        Objects.requireNonNull(backend, "backend");
        Objects.requireNonNull(identity, "identity");
    }

    /**
     * A backend from the class path or module path; its jar tells the version.
     *
     * @param backend the backend
     * @return the subject
     */
    public static Subject of(UdpBackend backend) {
        Path jar = jar(backend.getClass());
        String version = version(backend.getClass(), jar);
        // A directory of classes, as in a build, is best known by the module or package.
        String source = jar != null && Files.isRegularFile(jar)
                ? jar.getFileName().toString()
                : backend.getClass().getPackageName();
        return new Subject(backend, new BackendIdentity(backend.name(), version, source));
    }

    private static Path jar(Class<?> type) {
        CodeSource code = type.getProtectionDomain().getCodeSource();
        try {
            return code == null || code.getLocation() == null
                    ? null
                    : Path.of(code.getLocation().toURI());
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
            return null; // a loader of its own
        }
    }

    private static String version(Class<?> type, Path jar) {
        Attributes attributes = manifest(jar).getMainAttributes();
        for (String name : new String[] {"Implementation-Version", "Bundle-Version"}) {
            if (attributes.getValue(name) != null) {
                return attributes.getValue(name);
            }
        }
        return type.getModule().isNamed()
                ? type.getModule().getDescriptor().rawVersion().orElse(BackendIdentity.UNKNOWN)
                : BackendIdentity.UNKNOWN;
    }

    private static Manifest manifest(Path jar) {
        try {
            if (jar != null && Files.isDirectory(jar)) {
                URI file = jar.resolve("META-INF/MANIFEST.MF").toUri();
                try (InputStream in = file.toURL().openStream()) {
                    return new Manifest(in);
                }
            }
            if (jar != null) {
                try (JarInputStream in = new JarInputStream(Files.newInputStream(jar))) {
                    return in.getManifest() == null ? new Manifest() : in.getManifest();
                }
            }
        } catch (IOException e) {
            return new Manifest(); // then the version is unknown
        }
        return new Manifest();
    }
}
