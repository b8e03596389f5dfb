/**
 * The processes that are measured: the same loops for everybody, and the commands by which the driver runs them. What a
 * contender does for a loop is in a package of its own below, which depends on this one; this one knows only their
 * {@link org.datagram4j.benchmarks.loop.Loops}.
 */
package org.datagram4j.benchmarks.loop;
