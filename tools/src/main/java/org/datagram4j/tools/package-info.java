/**
 * What the command line and the Karaf shell have in common: an echo server, tables, addresses as text. It may use
 * {@link org.datagram4j} and {@code java.base}, nothing else. The shell's bundle carries a copy; nothing is exported.
 */
package org.datagram4j.tools;
