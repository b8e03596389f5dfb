package org.datagram4j.conformance.report;

import java.util.Objects;

/**
 * Which backend was certified.
 *
 * @param name the backend's name
 * @param version its version, or {@code unknown}
 * @param source the bundle or jar that it came from, without directories, or {@code unknown}
 */
public record BackendIdentity(String name, String version, String source) {
    /** What is said of a version or source that cannot be found out. */
    public static final String UNKNOWN = "unknown";

    /**
     * Checks that nothing is null.
     *
     * @param name see the record
     * @param version see the record
     * @param source see the record
     * @throws NullPointerException if something is
     */
    public BackendIdentity {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(source, "source");
    }

    @Override
    public String toString() {
        return name + " " + version + " (" + source + ")";
    }
}
