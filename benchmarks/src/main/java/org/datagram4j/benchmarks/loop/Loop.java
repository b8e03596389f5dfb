package org.datagram4j.benchmarks.loop;

import java.io.Closeable;

/** One loop over one contender; only its own are loaded in a process, so that the compiler sees nothing else. */
public interface Loop extends Closeable {
    /** How many datagrams a burst has at most. */
    int BURST = 32;

    /**
     * Runs it.
     *
     * @param nanos for how long, by the loop's own clock
     * @param leastSteps but not shorter than so many steps, within reason
     * @return what it took
     * @throws Exception if anything unexpected happens
     */
    Report run(long nanos, long leastSteps) throws Exception;

    /** The port of a server; 0 for others. */
    default int port() {
        return 0;
    }
}
