/**
 * Reads what the kit has written and others may have changed since. Sizes and depths are bounded, nothing is believed
 * that can be derived, and what is wrong is said in one line: {@link org.datagram4j.conformance.read.UnusableInput} if
 * it cannot be read, {@link org.datagram4j.conformance.read.Untrue} if it can be, and says what is not so. Depends on
 * the report and the catalogue.
 */
@Export
@Version("1.0.0")
package org.datagram4j.conformance.read;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
