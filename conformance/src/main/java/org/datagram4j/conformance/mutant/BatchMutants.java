package org.datagram4j.conformance.mutant;

import java.util.List;

/** Broken backends for the area BATCH. */
final class BatchMutants {
    static final List<Mutant> ALL = List.of();

    private BatchMutants() {}
}
