/** The loops on the public API, over whichever backend is asked for. */
package org.datagram4j.benchmarks.loop.api;
