package org.datagram4j.conformance.mutant;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All mutants. */
public final class Mutants {
    private static final List<Mutant> ALL = Stream.of(
                    BindMutants.ALL,
                    SendMutants.ALL,
                    RecvMutants.ALL,
                    ConnMutants.ALL,
                    ErrMutants.ALL,
                    ReadyMutants.ALL,
                    RegMutants.ALL,
                    WakeMutants.ALL,
                    CloseMutants.ALL,
                    OptMutants.ALL,
                    McastMutants.ALL,
                    V6Mutants.ALL,
                    BatchMutants.ALL,
                    SegMutants.ALL,
                    MetaMutants.ALL,
                    StatMutants.ALL,
                    MemMutants.ALL,
                    ThrMutants.ALL,
                    PlatMutants.ALL)
            .flatMap(List::stream)
            .toList();

    private Mutants() {}

    /**
     * All mutants, in the order of the areas.
     *
     * @return an unmodifiable list
     */
    public static List<Mutant> all() {
        return ALL;
    }

    /**
     * One mutant.
     *
     * @param name its name
     * @return the mutant, or empty if there is none
     */
    public static Optional<Mutant> named(String name) {
        return ALL.stream().filter(mutant -> mutant.name().equals(name)).findFirst();
    }
}
