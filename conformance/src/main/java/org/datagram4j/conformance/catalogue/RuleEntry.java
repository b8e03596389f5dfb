package org.datagram4j.conformance.catalogue;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.datagram4j.Capability;
import org.datagram4j.Profile;

/**
 * One rule as the catalogue has it.
 *
 * @param id {@code UDP-<AREA>-<nn>}, never reused
 * @param level how binding it is
 * @param tier which verdict it counts for, see {@link #tier(Profile)}
 * @param extraOn profiles in which it is of tier EXTRA, because mio does not do that there
 * @param kind how it is tested
 * @param title the rule in a few words
 * @param text the rule itself
 * @param intent why it is a rule
 * @param capabilities what a backend has to declare for the rule to apply; empty for all backends
 * @param profiles where it applies
 * @param variants the cells it is run in, such as {@code v4} or {@code v6-self}
 * @param needs what the environment must have, see {@code Environment}
 * @param methods our methods that it exercises, such as {@code UdpSocket.recv}
 * @param source where the rule comes from: system call, RFC, mio, JDK bug
 * @param check what to look at first when it fails
 */
public record RuleEntry(
        String id,
        Level level,
        Tier tier,
        Set<Profile> extraOn,
        Kind kind,
        String title,
        String text,
        String intent,
        Set<Capability> capabilities,
        Set<Profile> profiles,
        List<String> variants,
        Set<String> needs,
        List<String> methods,
        String source,
        List<String> check) {
    /** The page that the catalogue is printed as, in the sources. */
    public static final String SPECIFICATION = "docs/specification.md";

    /** How binding a rule is, in the words of RFC 2119. */
    public enum Level {
        /** A failure ends conformance. */
        MUST,
        /** A failure is listed, and ends conformance only if the run is strict. */
        SHOULD,
        /** A failure is listed. */
        MAY
    }

    /** Which verdict a rule counts for. */
    public enum Tier {
        /** What every backend keeps, java.nio included. */
        CORE,
        /** What is needed beyond that to do all that mio does. */
        MIO,
        /** What neither demands: capabilities beyond mio. */
        EXTRA
    }

    /** How a rule is tested. */
    public enum Kind {
        /** The same every time. */
        DETERMINISTIC,
        /** Many tries of a race, with a seed; fails only on a violation that was seen. */
        STOCHASTIC,
        /** Not by this kit on one machine; the text says where it is tested instead. */
        UNTESTABLE
    }

    /**
     * Which verdict the rule counts for in a profile.
     *
     * @param profile the profile of a run
     * @return the tier
     */
    public Tier tier(Profile profile) {
        return extraOn.contains(profile) ? Tier.EXTRA : tier;
    }

    /**
     * The part between the hyphens.
     *
     * @return for example {@code RECV}
     */
    public String area() {
        return id.split("-")[1];
    }

    /**
     * Where the specification has the rule.
     *
     * @return path and anchor, such as {@code docs/specification.md#udp-recv-01}
     */
    public String anchor() {
        return SPECIFICATION + "#" + id.toLowerCase(Locale.ROOT);
    }

    /**
     * What the environment must have for one variant: what the rule needs, and what the variant's name implies.
     *
     * @param variant one of the variants
     * @return names of features, see {@code Environment}
     */
    public Set<String> needs(String variant) {
        Set<String> all = new LinkedHashSet<>(needs);
        if (variant.startsWith("v4")) {
            all.removeIf(feature -> feature.startsWith("MULTICAST") && feature.endsWith("_V6"));
        } else if (variant.startsWith("v6")) {
            all.add("IPV6");
            all.removeIf(feature -> feature.startsWith("MULTICAST") && feature.endsWith("_V4"));
        } else if (variant.startsWith("dual")) {
            all.add("DUAL_STACK");
        }
        return all;
    }

    /**
     * The rule in some of its variants only.
     *
     * @param some which
     * @return a changed copy
     */
    public RuleEntry withVariants(List<String> some) {
        return new RuleEntry(
                id,
                level,
                tier,
                extraOn,
                kind,
                title,
                text,
                intent,
                capabilities,
                profiles,
                some,
                needs,
                methods,
                source,
                check);
    }
}
