/** The loops on blocking sockets, a virtual thread for each. */
package org.datagram4j.benchmarks.loop.blocking;
