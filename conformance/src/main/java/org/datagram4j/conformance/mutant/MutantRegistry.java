package org.datagram4j.conformance.mutant;

import java.util.function.UnaryOperator;
import org.datagram4j.Poll;
import org.datagram4j.Registry;
import org.datagram4j.spi.ForwardingPoll;

/** Makes mutants whose registries are broken. */
final class MutantRegistry {
    private MutantRegistry() {}

    static Mutant of(String name, String rule, String description, UnaryOperator<Registry> breaks) {
        return Mutant.ofPolls(name, rule, description, poll -> with(poll, breaks.apply(poll.registry())));
    }

    private static Poll with(Poll poll, Registry registry) {
        return new ForwardingPoll(poll) {
            @Override
            public Registry registry() {
                return registry;
            }
        };
    }
}
