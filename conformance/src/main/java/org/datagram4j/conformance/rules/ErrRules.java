package org.datagram4j.conformance.rules;

/** Area ERR. */
public final class ErrRules {
    /** For JUnit. */
    public ErrRules() {}
}
