package org.datagram4j.conformance.mutant;

import java.util.List;

/** Broken backends for the area META. */
final class MetaMutants {
    static final List<Mutant> ALL = List.of();

    private MetaMutants() {}
}
