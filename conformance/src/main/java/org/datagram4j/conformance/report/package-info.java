/**
 * What came of a certification, and how it is told: the results as data, the verdict derived from them, the console, the
 * JSON file and the pages generated from the catalogue. Depends on the catalogue, on the names of the lab's environment,
 * on the mutants and on the JSON library; runs nothing.
 */
@Export
@Version("1.0.0")
package org.datagram4j.conformance.report;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
