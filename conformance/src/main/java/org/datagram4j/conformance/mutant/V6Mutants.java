package org.datagram4j.conformance.mutant;

import java.util.List;

/** Broken backends for the area V6. */
final class V6Mutants {
    static final List<Mutant> ALL = List.of();

    private V6Mutants() {}
}
