package org.datagram4j.conformance.mutant;

import java.util.List;

/** Broken backends for the area OPT. */
final class OptMutants {
    static final List<Mutant> ALL = List.of();

    private OptMutants() {}
}
