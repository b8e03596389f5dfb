package org.datagram4j.conformance.rules;

/** Area MEM. */
public final class MemRules {
    /** For JUnit. */
    public MemRules() {}
}
