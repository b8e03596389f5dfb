/** Runs what is compared by turns, each in a process of its own, and prints what came of it. */
package org.datagram4j.benchmarks;
