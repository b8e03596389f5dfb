package org.datagram4j.conformance.report;

import java.util.List;
import java.util.Map;
import org.datagram4j.Capability;

/**
 * What a run says of a backend.
 *
 * @param conclusion the verdict in a word
 * @param exitCode 0 conformant, also with waivers, 1 not, 2 inconclusive; a partial run: 0 if nothing failed, 1 if something did
 * @param text the verdict in a line
 * @param tiers how it stands in each tier
 * @param extras how it stands with each capability beyond mio
 */
public record Verdict(
        Conclusion conclusion, int exitCode, String text, List<TierVerdict> tiers, Map<Capability, Standing> extras) {
    /** The verdict in a word. */
    public enum Conclusion {
        /** Every rule that binds is kept, at least in tier CORE. */
        CONFORMANT,
        /** Every rule that binds is kept, but for some that were waived: each has an issue that says why. */
        CONFORMANT_WITH_WAIVERS,
        /** A rule that binds is broken. */
        NOT_CONFORMANT,
        /** Nothing is broken, but not everything could be decided. */
        INCONCLUSIVE,
        /** Not all rules were run, so nothing is said of conformance. */
        PARTIAL
    }
}
