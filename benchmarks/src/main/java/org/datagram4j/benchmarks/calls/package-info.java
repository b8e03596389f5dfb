/** What single calls cost, measured by JMH in processes that it starts itself; one thread, nothing to wait for. */
package org.datagram4j.benchmarks.calls;
