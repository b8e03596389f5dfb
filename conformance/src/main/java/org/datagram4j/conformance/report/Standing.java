package org.datagram4j.conformance.report;

/** How a backend stands in a tier, or with a capability. */
public enum Standing {
    /** Every rule is kept. */
    REACHED,
    /** Every rule is kept, but for some that were waived. */
    WAIVED,
    /** Nothing is broken, but not everything is there. */
    NOT_REACHED,
    /** A rule is broken. */
    FAILED,
    /** Rules could not be decided on this machine. */
    INCONCLUSIVE,
    /** Not all rules were run. */
    PARTIAL
}
