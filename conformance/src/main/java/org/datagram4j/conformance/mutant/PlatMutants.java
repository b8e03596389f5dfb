package org.datagram4j.conformance.mutant;

import java.util.List;

/** Broken backends for the area PLAT. */
final class PlatMutants {
    static final List<Mutant> ALL = List.of();

    private PlatMutants() {}
}
