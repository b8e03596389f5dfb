package org.datagram4j.conformance.rules;

/** Area BATCH. */
public final class BatchRules {
    /** For JUnit. */
    public BatchRules() {}
}
