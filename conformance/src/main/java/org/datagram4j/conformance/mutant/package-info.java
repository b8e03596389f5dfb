/**
 * Deliberately broken backends, each a decorator over a working one: the proof that the rules can fail. One class for
 * each area of the catalogue. Depends on the api alone; only the list of mutants and its users depend on it.
 */
package org.datagram4j.conformance.mutant;
