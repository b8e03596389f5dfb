package org.datagram4j.benchmarks.loop;

import java.io.Closeable;
import java.io.IOException;

/** One loop over one implementation; only its own are loaded in a process, so that the compiler sees nothing else. */
interface Loop extends Closeable {
    /** How many datagrams a burst has. */
    int BURST = 32;

    /**
     * Runs it once.
     *
     * @return how many operations that was
     */
    int step() throws IOException;
}
