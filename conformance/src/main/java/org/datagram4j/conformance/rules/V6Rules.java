package org.datagram4j.conformance.rules;

/** Area V6. */
public final class V6Rules {
    /** For JUnit. */
    public V6Rules() {}
}
