package org.datagram4j.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import org.datagram4j.UdpBackend;
import org.datagram4j.conformance.claim.Artifact;
import org.datagram4j.conformance.report.BackendIdentity;

/**
 * A backend that can be certified.
 *
 * @param backend the backend
 * @param identity what a report calls it
 * @param jar the file that it came from, a directory, or null if that is not known
 */
public record Subject(UdpBackend backend, BackendIdentity identity, Path jar) {
    /**
     * A backend that came from nowhere in particular.
     *
     * @param backend see the record
     * @param identity see the record
     */
    public Subject(UdpBackend backend, BackendIdentity identity) {
        this(backend, identity, null);
    }

    /**
     * Checks that backend and identity are there.
     *
     * @param backend see the record
     * @param identity see the record
     * @param jar see the record
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
        Path jar = Artifact.jar(backend.getClass());
        String version = version(backend.getClass(), jar);
        // A directory of classes, as in a build, is best known by the module or package.
        String source = jar != null && Files.isRegularFile(jar)
                ? jar.getFileName().toString()
                : backend.getClass().getPackageName();
        return new Subject(backend, new BackendIdentity(backend.name(), version, source), jar);
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
