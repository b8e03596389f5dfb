package org.datagram4j.conformance.rules;

/** Area PLAT. */
public final class PlatRules {
    /** For JUnit. */
    public PlatRules() {}
}
