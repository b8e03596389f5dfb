package org.datagram4j.conformance.report;

import java.util.Set;
import org.datagram4j.Profile;
import org.datagram4j.conformance.lab.Environment;

/**
 * What a machine may lack without making a verdict inconclusive: features that common systems of a profile do not have.
 * Anything else that rules need has to be there, or the verdict is left open.
 */
public final class Allowance {
    private static final Set<String> EVERYWHERE =
            Set.of(Environment.LINK_LOCAL, Environment.ALLOCATION_COUNTER, Environment.DESCRIPTOR_LIST);
    // macOS has no 127.0.0.2 unless somebody adds it.
    private static final Set<String> UNIX = Set.of(
            Environment.LINK_LOCAL,
            Environment.ALLOCATION_COUNTER,
            Environment.DESCRIPTOR_LIST,
            Environment.SECOND_LOOPBACK);

    // What Wine does not do, or does as the system underneath; its name is in the verdict.
    private static final Set<String> EMULATED = Set.of(
            Environment.LINK_LOCAL,
            Environment.ALLOCATION_COUNTER,
            Environment.DESCRIPTOR_LIST,
            Environment.ICMP,
            Environment.KEPT_PORT,
            Environment.DISCONNECT_V6,
            Environment.PARKING_SELECTOR,
            Environment.MULTICAST_SOURCE_V4,
            Environment.MULTICAST_SOURCE_V6,
            Environment.MULTICAST_LOOP);

    private Allowance() {}

    /**
     * What may be missing.
     *
     * @param profile the profile that a backend is judged by
     * @param emulated whether the operating system is played by something else
     * @return names of features
     */
    public static Set<String> of(Profile profile, boolean emulated) {
        return emulated ? EMULATED : profile == Profile.UNIX ? UNIX : EVERYWHERE;
    }
}
