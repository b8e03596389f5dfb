package org.datagram4j.conformance.render;

import java.util.Collection;
import java.util.List;
import org.datagram4j.conformance.catalogue.Outcome;

/** One outcome to show for a rule with several variants. */
final class Worst {
    // What a reader has to know first; a rule that passed in one variant and does not apply in another has passed.
    private static final List<Outcome> ORDER = List.of(
            Outcome.FAIL,
            Outcome.WAIVED,
            Outcome.INCONCLUSIVE,
            Outcome.ENV_LACKS,
            Outcome.PASS,
            Outcome.NOT_DECLARED,
            Outcome.NOT_APPLICABLE,
            Outcome.UNTESTABLE);

    private Worst() {}

    static Outcome of(Collection<Outcome> outcomes) {
        return ORDER.stream().filter(outcomes::contains).findFirst().orElseThrow();
    }
}
