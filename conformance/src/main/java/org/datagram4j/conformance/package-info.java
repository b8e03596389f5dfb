/**
 * The conformance kit: decides whether a backend keeps the contract of {@link org.datagram4j}. This package is what
 * vendors and tools use; it depends on the api, JUnit and the kit's own packages below it.
 */
@Export
@Version("1.0.0")
package org.datagram4j.conformance;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
