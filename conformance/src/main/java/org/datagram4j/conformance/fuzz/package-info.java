/**
 * Calls everything with anything, from several threads at once, and says which call met what it must not meet. Not rules:
 * it asks only that a backend stays whole. Depends on the api alone.
 */
package org.datagram4j.conformance.fuzz;
