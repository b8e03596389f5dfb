/**
 * The tests of the rules, one class for each area of the catalogue. Depends on the api, the lab and the rule annotation;
 * nothing depends on it but the list of classes.
 */
package org.datagram4j.conformance.rules;
