/**
 * The commands {@code udp:...} of the Karaf shell. They may use {@link org.datagram4j}, {@link org.datagram4j.osgi}, the
 * services of the kit, and Karaf's shell; the kit itself need not be there.
 */
package org.datagram4j.shell;
