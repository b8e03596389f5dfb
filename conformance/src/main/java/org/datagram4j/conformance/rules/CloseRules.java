package org.datagram4j.conformance.rules;

/** Area CLOSE. */
public final class CloseRules {
    /** For JUnit. */
    public CloseRules() {}
}
