/**
 * The files that are made of a {@code Report}: each is a function of the report alone, so that whoever has
 * {@code conformance.json} can make them again and compare. Depends on the report and the catalogue, and for pages on a
 * template engine whose values are escaped unless the template says otherwise.
 */
@Export
@Version("1.0.0")
package org.datagram4j.conformance.render;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
