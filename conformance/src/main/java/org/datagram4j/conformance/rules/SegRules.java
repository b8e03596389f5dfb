package org.datagram4j.conformance.rules;

/** Area SEG. */
public final class SegRules {
    /** For JUnit. */
    public SegRules() {}
}
