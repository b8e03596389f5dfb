package org.datagram4j.conformance.mutant;

import java.util.List;

/** Broken backends for the area WAKE. */
final class WakeMutants {
    static final List<Mutant> ALL = List.of();

    private WakeMutants() {}
}
