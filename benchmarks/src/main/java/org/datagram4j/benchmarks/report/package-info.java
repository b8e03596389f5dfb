/** What came of a run: as text, JSON, Markdown and plots, all from the same samples. Knows nothing of processes. */
package org.datagram4j.benchmarks.report;
