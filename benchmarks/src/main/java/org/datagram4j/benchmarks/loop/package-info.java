/** What is measured: the same loops over {@code java.nio} and over the API; {@code burst.c} has them in C. */
package org.datagram4j.benchmarks.loop;
