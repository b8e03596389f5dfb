/** Who is measured at what, the processes that this takes, and the rounds. What came of it goes to {@code report}. */
package org.datagram4j.benchmarks.run;
