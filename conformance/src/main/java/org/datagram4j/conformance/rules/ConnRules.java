package org.datagram4j.conformance.rules;

/** Area CONN. */
public final class ConnRules {
    /** For JUnit. */
    public ConnRules() {}
}
