package org.datagram4j.benchmarks.loop;

/** A contender has no such loop, or cannot run it here. */
public final class Skip extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * Not an error.
     *
     * @param why one line
     */
    public Skip(String why) {
        super(why, null, false, false);
    }
}
