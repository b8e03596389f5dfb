package org.datagram4j.conformance.rules;

/** Area REG. */
public final class RegRules {
    /** For JUnit. */
    public RegRules() {}
}
