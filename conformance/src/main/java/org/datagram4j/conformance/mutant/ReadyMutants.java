package org.datagram4j.conformance.mutant;

import java.util.List;

/** Broken backends for the area READY. */
final class ReadyMutants {
    static final List<Mutant> ALL = List.of();

    private ReadyMutants() {}
}
