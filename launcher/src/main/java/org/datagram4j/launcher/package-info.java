/** The command line application. */
package org.datagram4j.launcher;
