package org.datagram4j.conformance.mutant;

import java.util.List;

/** Broken backends for the area MEM. */
final class MemMutants {
    static final List<Mutant> ALL = List.of();

    private MemMutants() {}
}
