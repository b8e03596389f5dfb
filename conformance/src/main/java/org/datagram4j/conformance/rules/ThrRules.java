package org.datagram4j.conformance.rules;

/** Area THR. */
public final class ThrRules {
    /** For JUnit. */
    public ThrRules() {}
}
