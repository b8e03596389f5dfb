package org.datagram4j.conformance.mutant;

import java.util.List;

/** Broken backends for the area SEND. */
final class SendMutants {
    static final List<Mutant> ALL = List.of();

    private SendMutants() {}
}
