/**
 * The rules as data: read from the files in the api module, which are the one source of their texts. Depends on the api
 * and the JSON library; knows nothing of tests.
 */
@Export
@Version("1.0.0")
package org.datagram4j.conformance.catalogue;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
