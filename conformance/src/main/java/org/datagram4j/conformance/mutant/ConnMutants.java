package org.datagram4j.conformance.mutant;

import java.util.List;

/** Broken backends for the area CONN. */
final class ConnMutants {
    static final List<Mutant> ALL = List.of();

    private ConnMutants() {}
}
