package org.datagram4j.conformance.mutant;

import java.util.List;

/** Broken backends for the area MCAST. */
final class McastMutants {
    static final List<Mutant> ALL = List.of();

    private McastMutants() {}
}
