package org.datagram4j.conformance.mutant;

import java.util.List;

/** Broken backends for the area BIND. */
final class BindMutants {
    static final List<Mutant> ALL = List.of();

    private BindMutants() {}
}
