/**
 * Backends in an OSGi framework: {@link org.datagram4j.osgi.BackendTracker} hands out the best one that is there, tells
 * when that changes, and explains. It may use {@link org.datagram4j}, its {@code spi}, OSGi Core, and nothing else.
 */
@Export
@Version("1.0.0")
package org.datagram4j.osgi;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
