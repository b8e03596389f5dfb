/**
 * For those who write backends: what two of them would otherwise write twice. Applications do not need it. It may use
 * {@link org.datagram4j} and {@code java.base}, nothing else.
 */
@Export
@Version("1.0.0")
package org.datagram4j.spi;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
