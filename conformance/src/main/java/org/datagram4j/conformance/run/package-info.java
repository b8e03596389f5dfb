/**
 * Runs rules: decides whether one applies, gives it a lab and a limit of time, and says what came of it in the kit's own
 * words. Depends on the catalogue, the lab, the results of the report and JUnit; knows no
 * rule by name.
 */
package org.datagram4j.conformance.run;
