/**
 * Claims: what a vendor publishes about a run, and what anybody can check of it. A claim names the kit and the backend by
 * their jars' digests, the reports by theirs, and repeats what matters of them. A claim is not believed: everything in it
 * that follows from something else is derived again. Signatures are a matter of those who sign and of those who check.
 */
@Export
@Version("1.0.0")
package org.datagram4j.conformance.claim;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
