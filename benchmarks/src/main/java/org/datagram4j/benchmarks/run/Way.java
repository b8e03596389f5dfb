package org.datagram4j.benchmarks.run;

/** How datagrams are moved. */
public enum Way {
    /** One call for each. */
    SINGLE,
    /** One call for many. */
    BATCH,
    /** The kernel splits and joins them, from and into buffers of the caller. */
    SEGMENTS,
    /** The kernel splits and joins them, in the slots of a batch: nothing is copied. */
    SLOTS
}
