package org.datagram4j.conformance.mutant;

import java.util.List;

/** Broken backends for the area THR. */
final class ThrMutants {
    static final List<Mutant> ALL = List.of();

    private ThrMutants() {}
}
