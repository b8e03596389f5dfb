package org.datagram4j.conformance.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.datagram4j.Capability;
import org.datagram4j.Profile;
import org.datagram4j.conformance.catalogue.Outcome;
import org.datagram4j.conformance.catalogue.RuleEntry;
import org.datagram4j.conformance.catalogue.RuleEntry.Level;
import org.datagram4j.conformance.catalogue.RuleEntry.Tier;

/**
 * Derives the verdict from results and nothing else.
 *
 * <p>A failure of a MUST rule, in whatever tier, ends conformance: a capability that is declared and not kept is worse
 * than one that is not declared. In a strict run so does a failure of a SHOULD rule. What the machine lacks is forgiven
 * within the {@link Allowance}. A waiver is for one rule, and named in the verdict.
 */
public final class VerdictDerivation {
    private final Profile profile;
    private final String emulator;
    private final boolean strict;
    private final Set<Capability> declared;
    private final Set<String> lacks;

    /**
     * A way of judging.
     *
     * @param profile the profile that the backend is judged by
     * @param strict whether SHOULD rules bind, too
     * @param declared the capabilities that the backend declares
     * @param lacks names of the features that the machine lacks
     * @param emulator what plays the operating system's part, see {@link Platform}, or null
     */
    public VerdictDerivation(
            Profile profile, boolean strict, Set<Capability> declared, Set<String> lacks, String emulator) {
        this.declared = Set.copyOf(declared);
        this.profile = profile;
        this.emulator = emulator;
        this.strict = strict;
        this.lacks = Set.copyOf(lacks);
    }

    /**
     * Judges.
     *
     * @param results one result for each rule and variant that was asked for
     * @param all the rules that there are, to see whether the run was a partial one
     * @return the verdict
     */
    public Verdict derive(Collection<RuleResult> results, Collection<RuleEntry> all) {
        boolean partial = results.size()
                < all.stream().mapToInt(rule -> rule.variants().size()).sum();
        List<TierVerdict> tiers = List.of(
                tier(Tier.CORE, of(results, Tier.CORE, this::binds), partial),
                tier(Tier.MIO, of(results, Tier.MIO, result -> true), partial));
        Map<Capability, Standing> extras = extras(results);
        if (partial) {
            return partial(results, all.size(), tiers, extras);
        }
        List<RuleResult> fatal = results.stream()
                .filter(result -> result.outcome() == Outcome.FAIL && binds(result))
                .toList();
        TierVerdict core = tiers.get(0);
        TierVerdict mio = withCore(tiers.get(1), core);
        tiers = List.of(core, mio);
        if (!fatal.isEmpty()) {
            String text = "not conformant (profile " + place() + "): " + count(fatal) + " failed: " + names(fatal);
            return new Verdict(Verdict.Conclusion.NOT_CONFORMANT, 1, text, tiers, extras);
        }
        List<RuleResult> open = results.stream()
                .filter(result -> result.rule().level() == Level.MUST && isOpen(result))
                .toList();
        boolean reached = core.standing() == Standing.REACHED || core.standing() == Standing.WAIVED;
        if (!reached || !open.isEmpty()) {
            String text = "inconclusive (profile " + place() + "): "
                    + (open.isEmpty() ? core.reason() : "undecided: " + names(open));
            return new Verdict(Verdict.Conclusion.INCONCLUSIVE, 2, text, tiers, extras);
        }
        List<RuleResult> waived = results.stream()
                .filter(result -> result.outcome() == Outcome.WAIVED && binds(result))
                .toList();
        if (!waived.isEmpty()) {
            String text = "conformant with waivers (profile " + place() + "): waived: " + names(waived) + "; CORE"
                    + reached(mio) + lapses(results);
            return new Verdict(Verdict.Conclusion.CONFORMANT_WITH_WAIVERS, 0, text, tiers, extras);
        }
        String text = "conformant (profile " + place() + "): CORE" + reached(mio) + lapses(results);
        return new Verdict(Verdict.Conclusion.CONFORMANT, 0, text, tiers, extras);
    }

    private String place() {
        return emulator == null ? profile.name() : profile + " on " + emulator;
    }

    private static String reached(TierVerdict mio) {
        if (mio.standing() == Standing.REACHED) {
            return " and MIO";
        }
        String standing = mio.standing().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return "; MIO " + standing + ": " + mio.reason();
    }

    private static String lapses(Collection<RuleResult> results) {
        List<RuleResult> failed = results.stream()
                .filter(result -> result.outcome() == Outcome.FAIL)
                .toList();
        return failed.isEmpty() ? "" : "; failed, but not binding: " + names(failed);
    }

    private static Verdict partial(
            Collection<RuleResult> results, int allRules, List<TierVerdict> tiers, Map<Capability, Standing> extras) {
        List<RuleResult> failed = results.stream()
                .filter(result -> result.outcome() == Outcome.FAIL)
                .toList();
        long rules =
                results.stream().map(result -> result.rule().id()).distinct().count();
        String text = "partial: " + rules + " of " + allRules + " rules"
                + (rules == allRules ? ", not in all variants, " : ", ")
                + (failed.isEmpty() ? "nothing failed" : count(failed) + " failed: " + names(failed));
        return new Verdict(Verdict.Conclusion.PARTIAL, failed.isEmpty() ? 0 : 1, text, tiers, extras);
    }

    private TierVerdict tier(Tier tier, List<RuleResult> results, boolean partial) {
        List<RuleResult> failed = having(results, Outcome.FAIL);
        if (!failed.isEmpty()) {
            return new TierVerdict(tier, Standing.FAILED, "failed: " + names(failed));
        }
        if (partial) {
            return new TierVerdict(tier, Standing.PARTIAL, "not all rules were run");
        }
        // Every backend keeps the rules of CORE that concern it; those of other tiers are what the tier consists of.
        List<RuleResult> undeclared = having(results, Outcome.NOT_DECLARED);
        if (tier != Tier.CORE && !undeclared.isEmpty()) {
            String missing = undeclared.stream()
                    .flatMap(result -> result.rule().capabilities().stream())
                    .filter(capability -> !declared.contains(capability))
                    .distinct()
                    .sorted()
                    .map(Enum::name)
                    .collect(Collectors.joining(", "));
            return new TierVerdict(tier, Standing.NOT_REACHED, "not declared: " + missing);
        }
        List<RuleResult> open = results.stream().filter(this::isOpenOrLacking).toList();
        if (!open.isEmpty()) {
            String reasons = open.stream()
                    .map(result -> result.name() + " (" + result.detail() + ")")
                    .collect(Collectors.joining(", "));
            return new TierVerdict(tier, Standing.INCONCLUSIVE, "undecided: " + reasons);
        }
        List<RuleResult> waived = having(results, Outcome.WAIVED);
        if (!waived.isEmpty()) {
            return new TierVerdict(tier, Standing.WAIVED, "waived: " + names(waived));
        }
        return new TierVerdict(tier, Standing.REACHED, "");
    }

    private static TierVerdict withCore(TierVerdict mio, TierVerdict core) {
        if (mio.standing() != Standing.REACHED || core.standing() == Standing.REACHED) {
            return mio;
        }
        return new TierVerdict(mio.tier(), core.standing(), "CORE: " + core.reason());
    }

    private Map<Capability, Standing> extras(Collection<RuleResult> results) {
        Map<Capability, List<RuleResult>> byCapability = new EnumMap<>(Capability.class);
        for (RuleResult result : of(results, Tier.EXTRA, result -> result.outcome() != Outcome.UNTESTABLE)) {
            for (Capability capability : result.rule().capabilities()) {
                byCapability
                        .computeIfAbsent(capability, key -> new ArrayList<>())
                        .add(result);
            }
        }
        Map<Capability, Standing> standings = new EnumMap<>(Capability.class);
        byCapability.forEach((capability, of) ->
                standings.put(capability, tier(Tier.EXTRA, of, false).standing()));
        return standings;
    }

    private boolean binds(RuleResult result) {
        Level level = result.rule().level();
        return level == Level.MUST || strict && level == Level.SHOULD;
    }

    private static boolean isOpen(RuleResult result) {
        return result.outcome() == Outcome.INCONCLUSIVE;
    }

    private boolean isOpenOrLacking(RuleResult result) {
        if (result.outcome() != Outcome.ENV_LACKS) {
            return isOpen(result);
        }
        // The feature's name begins the detail, also if the rule needs it for some backends only.
        String named = result.detail().split(":", 2)[0];
        Set<String> missing = Stream.concat(result.rule().needs(result.variant()).stream(), Stream.of(named))
                .filter(lacks::contains)
                .collect(Collectors.toSet());
        return missing.isEmpty() || !Allowance.of(profile, emulator != null).containsAll(missing);
    }

    private List<RuleResult> of(Collection<RuleResult> results, Tier tier, Predicate<RuleResult> condition) {
        return results.stream()
                .filter(result -> result.rule().tier(profile) == tier)
                .filter(condition)
                .toList();
    }

    private static List<RuleResult> having(List<RuleResult> results, Outcome outcome) {
        return results.stream().filter(result -> result.outcome() == outcome).toList();
    }

    private static String count(List<RuleResult> results) {
        long rules = ids(results).count();
        return rules == 1 ? "1 rule" : rules + " rules";
    }

    private static String names(List<RuleResult> results) {
        return ids(results).collect(Collectors.joining(", "));
    }

    private static Stream<String> ids(List<RuleResult> results) {
        return results.stream().map(result -> result.rule().id()).distinct();
    }
}
