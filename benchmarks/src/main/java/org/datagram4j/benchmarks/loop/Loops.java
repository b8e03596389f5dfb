package org.datagram4j.benchmarks.loop;

/** What one contender has for each loop. */
@FunctionalInterface
public interface Loops {
    /**
     * Makes a loop ready to run.
     *
     * @param name the loop: single, batch, segments, slots, meta, metabatch, event, churn, open, sleep, spin, wake, echo,
     *     echobatch, echosegments or echoslots
     * @param numbers bytes of a datagram or a count of sockets, and what else the loop needs; missing ones are 0
     * @return the loop
     * @throws Skip if this contender has no such loop, or cannot run it here
     * @throws Exception if anything unexpected happens
     */
    Loop open(String name, int[] numbers) throws Exception;
}
