package org.datagram4j.conformance.mutant;

import java.util.List;

/** Broken backends for the area REG. */
final class RegMutants {
    static final List<Mutant> ALL = List.of();

    private RegMutants() {}
}
