package org.datagram4j.conformance.rules;

/** Area WAKE. */
public final class WakeRules {
    /** For JUnit. */
    public WakeRules() {}
}
