/** The command {@code ./datagram4j bench}: {@code run} measures, {@code report} tells what came of it. */
package org.datagram4j.benchmarks;
