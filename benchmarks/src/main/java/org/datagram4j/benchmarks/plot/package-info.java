/** Pictures of a run, as SVG; made of what {@code report} says. */
package org.datagram4j.benchmarks.plot;
