package org.datagram4j.conformance.lab;

/** Something to wait for. */
@FunctionalInterface
public interface Condition {
    /**
     * Looks once.
     *
     * @return true if it has come
     * @throws java.io.IOException if looking failed, which ends the rule
     */
    boolean holds() throws java.io.IOException;
}
