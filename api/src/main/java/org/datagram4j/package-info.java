/** UDP endpoints and what they send and receive. */
@Export
@Version("1.0.0")
package org.datagram4j;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
