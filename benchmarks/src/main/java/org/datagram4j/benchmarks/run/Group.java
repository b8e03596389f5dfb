package org.datagram4j.benchmarks.run;

/** What a contender is compared as. */
public enum Group {
    /** C, without a runtime. */
    LIMIT,
    /** What else there is. */
    PEER,
    /** Ours. */
    OURS
}
