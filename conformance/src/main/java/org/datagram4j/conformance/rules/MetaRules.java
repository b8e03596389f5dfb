package org.datagram4j.conformance.rules;

/** Area META. */
public final class MetaRules {
    /** For JUnit. */
    public MetaRules() {}
}
