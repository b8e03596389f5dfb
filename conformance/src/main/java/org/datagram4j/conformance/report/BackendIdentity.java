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

    private static final int MOST = 256;

    /**
     * Checks that nothing is null, and makes sure that it fits into every report.
     *
     * @param name see the record
     * @param version see the record
     * @param source see the record
     * @throws NullPointerException if something is
     */
    public BackendIdentity {
        name = WellFormed.line(Objects.requireNonNull(name, "name"), MOST);
        version = WellFormed.line(Objects.requireNonNull(version, "version"), MOST);
        source = WellFormed.line(Objects.requireNonNull(source, "source"), MOST);
    }

    @Override
    public String toString() {
        return name + " " + version + " (" + source + ")";
    }
}
