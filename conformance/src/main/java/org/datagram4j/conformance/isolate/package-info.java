/**
 * Judges backends in a JVM of their own, so that one that hangs, ends or crashes its JVM, or floods its output, is
 * reported like any other. The JVM that judges keeps a {@link org.datagram4j.conformance.isolate.Journal} of what it does;
 * the one that supervises reads it, and starts another where one has ended. Depends on the catalogue, the results of the
 * report and the runner.
 */
@Export
@Version("1.0.0")
package org.datagram4j.conformance.isolate;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
