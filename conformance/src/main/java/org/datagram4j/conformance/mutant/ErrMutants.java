package org.datagram4j.conformance.mutant;

import java.util.List;

/** Broken backends for the area ERR. */
final class ErrMutants {
    static final List<Mutant> ALL = List.of();

    private ErrMutants() {}
}
