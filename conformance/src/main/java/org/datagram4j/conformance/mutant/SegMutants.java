package org.datagram4j.conformance.mutant;

import java.util.List;

/** Broken backends for the area SEG. */
final class SegMutants {
    static final List<Mutant> ALL = List.of();

    private SegMutants() {}
}
