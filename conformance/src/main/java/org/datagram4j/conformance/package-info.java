/** The conformance kit: what every backend has to do. */
@Export
@Version("1.0.0")
package org.datagram4j.conformance;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
