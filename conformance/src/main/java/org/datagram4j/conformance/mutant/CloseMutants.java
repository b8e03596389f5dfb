package org.datagram4j.conformance.mutant;

import java.util.List;

/** Broken backends for the area CLOSE. */
final class CloseMutants {
    static final List<Mutant> ALL = List.of();

    private CloseMutants() {}
}
