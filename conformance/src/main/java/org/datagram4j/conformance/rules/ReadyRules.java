package org.datagram4j.conformance.rules;

/** Area READY. */
public final class ReadyRules {
    /** For JUnit. */
    public ReadyRules() {}
}
