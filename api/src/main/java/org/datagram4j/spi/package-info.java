/** What a backend implements. */
@Export
@Version("1.0.0")
package org.datagram4j.spi;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
