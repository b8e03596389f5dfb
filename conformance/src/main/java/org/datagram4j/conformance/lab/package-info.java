/**
 * What a rule is tested with: sockets that are closed behind it, peers that do not trust the backend, and watches that
 * prove by a sentinel that nothing happened. Depends on the api and on plain {@code java.net}.
 */
package org.datagram4j.conformance.lab;
