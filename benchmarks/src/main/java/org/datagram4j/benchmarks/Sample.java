package org.datagram4j.benchmarks;

/**
 * What one process measured.
 *
 * @param nanos for each operation
 * @param bytes allocated for each operation; NaN for C
 */
record Sample(double nanos, double bytes) {}
