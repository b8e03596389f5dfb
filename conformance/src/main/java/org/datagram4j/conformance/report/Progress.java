package org.datagram4j.conformance.report;

import org.osgi.annotation.versioning.ConsumerType;

/** Is told how a run goes, on the thread that runs it. */
@ConsumerType
public interface Progress {
    /** Listens to nothing. */
    Progress NONE = new Progress() {};

    /**
     * A run begins.
     *
     * @param backend what is certified
     * @param results how many results there will be
     */
    default void started(BackendIdentity backend, int results) {}

    /**
     * One rule has been tested in one variant.
     *
     * @param result what came of it
     */
    default void finished(RuleResult result) {}
}
