package org.datagram4j.conformance.rules;

/** Area MCAST. */
public final class McastRules {
    /** For JUnit. */
    public McastRules() {}
}
