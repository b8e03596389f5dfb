/**
 * The rules as data: read from the files in the api module, which are the one source of their texts. Depends on the api
 * and the JSON library; knows nothing of tests.
 */
package org.datagram4j.conformance.catalogue;
