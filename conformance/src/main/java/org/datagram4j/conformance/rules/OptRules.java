package org.datagram4j.conformance.rules;

/** Area OPT. */
public final class OptRules {
    /** For JUnit. */
    public OptRules() {}
}
