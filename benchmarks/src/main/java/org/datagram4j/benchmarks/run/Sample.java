package org.datagram4j.benchmarks.run;

import java.util.Map;

/**
 * What one contender took for one workload in one round.
 *
 * @param nanos for each operation; the median where each is measured for itself
 * @param bytes allocated for each operation; null where nobody counts them
 * @param lost the share of datagrams that were lost; null where none can be
 * @param histogram how often each value in nanoseconds was measured; null where only all together are
 */
public record Sample(double nanos, Double bytes, Double lost, Map<Long, Long> histogram) {}
