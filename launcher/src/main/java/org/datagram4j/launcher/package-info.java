/**
 * The command line: one small class for each command, and what they share. Nothing here decides whether a backend
 * conforms; that is the kit's, which the commands call inside an OSGi framework or on the class path.
 */
package org.datagram4j.launcher;
