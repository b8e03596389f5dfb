package org.datagram4j.conformance.rules;

/** Area BIND. */
public final class BindRules {
    /** For JUnit. */
    public BindRules() {}
}
