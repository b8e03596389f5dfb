package org.datagram4j.conformance;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.datagram4j.Capability;
import org.datagram4j.Limit;
import org.datagram4j.Profile;
import org.datagram4j.UdpBackend;
import org.datagram4j.conformance.catalogue.Catalogue;
import org.datagram4j.conformance.catalogue.RuleEntry;
import org.datagram4j.conformance.lab.Environment;
import org.datagram4j.conformance.lab.EnvironmentProbe;
import org.datagram4j.conformance.report.BackendIdentity;
import org.datagram4j.conformance.report.Platform;
import org.datagram4j.conformance.report.Progress;
import org.datagram4j.conformance.report.Report;
import org.datagram4j.conformance.report.RuleResult;
import org.datagram4j.conformance.report.VerdictDerivation;
import org.datagram4j.conformance.rules.RuleClasses;
import org.datagram4j.conformance.run.Memory;
import org.datagram4j.conformance.run.RuleRun;
import org.datagram4j.conformance.run.RunContext;

/** Runs the rules against a backend and says what came of it. */
public final class Certification {
    private final Catalogue catalogue;
    private final Environment environment;
    // As it was before anything ran: a backend can change what the system properties say.
    private final Platform platform = Platform.current();

    private Certification(Catalogue catalogue, Environment environment) {
        this.catalogue = catalogue;
        this.environment = environment;
    }

    /**
     * Reads the catalogue and finds out what this machine has, which takes a moment. What it gives can be used for any
     * number of runs, one after the other.
     *
     * @return a certification
     * @throws IllegalStateException if a file of the catalogue is in error, saying which and where, or if parts of the kit
     *     come from elsewhere, such as from another version of it
     */
    public static Certification prepare() {
        WholeKit.require();
        return new Certification(Catalogue.load(), EnvironmentProbe.probe());
    }

    /**
     * The rules.
     *
     * @return the catalogue
     */
    public Catalogue catalogue() {
        return catalogue;
    }

    /**
     * Runs rules against a backend, on this thread and one more at a time.
     *
     * @param request what to run
     * @param progress is told how it goes
     * @return what came of it
     * @throws IllegalArgumentException if the request names rules that do not exist
     */
    public Report run(Request request, Progress progress) {
        return run(request, progress, Memory.NONE);
    }

    /** As above, going on where another JVM has ended. */
    Report run(Request request, Progress progress, Memory memory) {
        Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        List<RuleEntry> rules = catalogue.matching(request.rules);
        Waivers.check(request.waivers, catalogue);
        Map<String, RuleEntry> byId = new LinkedHashMap<>();
        rules.forEach(rule -> byId.put(rule.id(), rule));
        progress.started(
                request.identity,
                rules.stream().mapToInt(rule -> rule.variants().size()).sum() * request.repeat);
        Set<Capability> declared = declared(request.backend);
        RuleRun run = new RuleRun(RuleClasses.all());
        Map<String, RuleResult> worst = new LinkedHashMap<>();
        for (int round = 0; round < request.repeat; round++) {
            RunContext context = new RunContext(
                    request.backend,
                    declared,
                    request.profile,
                    byId,
                    environment,
                    request.patience,
                    request.limit,
                    request.seed + round,
                    round,
                    memory);
            for (RuleResult result : run.run(context, progress::finished)) {
                worst.merge(result.name(), result, RuleResult::worse);
            }
        }
        return report(request, started, declared, rules, waived(request, worst.values()));
    }

    private static List<RuleResult> waived(Request request, Collection<RuleResult> results) {
        return results.stream()
                .map(result -> request.waivers.containsKey(result.rule().id())
                        ? result.waived(request.waivers.get(result.rule().id()))
                        : result)
                .toList();
    }

    private Report report(
            Request request,
            Instant started,
            Set<Capability> declared,
            List<RuleEntry> rules,
            List<RuleResult> results) {
        VerdictDerivation derivation = new VerdictDerivation(
                request.profile, request.strict, declared, environment.lacks().keySet(), platform.emulator());
        return new Report(
                request.identity,
                request.profile,
                declared,
                limits(request.backend),
                platform,
                environment.features(),
                new Report.Settings(
                        started,
                        request.strict,
                        request.seed,
                        request.repeat,
                        request.limit,
                        request.patience,
                        rules.size(),
                        catalogue.rules().size(),
                        request.mutant,
                        request.waivers),
                results,
                derivation.derive(results, catalogue.rules()));
    }

    // A backend that cannot even say what it is has to fail by the rules about that, not by ending the run.
    private static Set<Capability> declared(UdpBackend backend) {
        Set<Capability> declared = EnumSet.noneOf(Capability.class);
        try {
            declared.addAll(backend.capabilities());
        } catch (RuntimeException | Error e) {
            declared.clear();
        }
        return declared;
    }

    private static Map<Limit, Long> limits(UdpBackend backend) {
        Map<Limit, Long> limits = new EnumMap<>(Limit.class);
        for (Limit limit : Limit.values()) {
            try {
                limits.put(limit, backend.limit(limit));
            } catch (RuntimeException | Error e) {
                continue; // it has none
            }
        }
        return limits;
    }

    /**
     * What to run. Immutable; the {@code with} methods return changed copies.
     *
     * @param backend the backend to certify
     * @param identity what the report calls it
     * @param profile the profile to judge it by
     * @param rules which rules, as {@link Catalogue#matching} takes them; empty for all
     * @param strict whether SHOULD rules bind, too
     * @param limit how long one rule may take
     * @param patience how long one wait inside a rule may take
     * @param seed where random numbers start
     * @param repeat how often to run every rule; the worst outcome counts
     * @param mutant the name of the mutant that the backend is wrapped by, or null
     * @param waivers ids of rules that may be broken, each with the address of the issue that says why
     */
    public record Request(
            UdpBackend backend,
            BackendIdentity identity,
            Profile profile,
            List<String> rules,
            boolean strict,
            Duration limit,
            Duration patience,
            long seed,
            int repeat,
            String mutant,
            Map<String, String> waivers) {
        /** How long one rule may take unless said otherwise. */
        public static final Duration LIMIT = Duration.ofSeconds(30);
        /** How long one wait inside a rule may take unless said otherwise. */
        public static final Duration PATIENCE = Duration.ofSeconds(5);

        /**
         * Checks what is asked for.
         *
         * @param backend see the record
         * @param identity see the record
         * @param profile see the record
         * @param rules see the record
         * @param strict see the record
         * @param limit see the record
         * @param patience see the record
         * @param seed see the record
         * @param repeat see the record
         * @param mutant see the record
         * @param waivers see the record
         * @throws IllegalArgumentException if a time is not positive or the number of repetitions is not at least 1
         */
        public Request {
            Objects.requireNonNull(backend, "backend");
            Objects.requireNonNull(identity, "identity");
            Objects.requireNonNull(profile, "profile");
            rules = List.copyOf(rules);
            waivers = Map.copyOf(waivers);
            requirePositive(limit, "the limit of time for a rule");
            requirePositive(patience, "the limit of time for a wait");
            if (repeat < 1) {
                throw new IllegalArgumentException("the number of repetitions must be at least 1, but is " + repeat);
            }
        }

        /**
         * All rules, with a random seed and defaults for the rest.
         *
         * @param backend the backend to certify
         * @param identity what the report calls it
         * @return the request
         */
        public static Request of(UdpBackend backend, BackendIdentity identity) {
            long seed = new SplittableRandom().nextLong(1_000_000_000L);
            return new Request(
                    backend, identity, profile(backend), List.of(), false, LIMIT, PATIENCE, seed, 1, null, Map.of());
        }

        /**
         * Judged by another profile than the backend's own.
         *
         * @param other the profile
         * @return a changed copy
         */
        public Request withProfile(Profile other) {
            return new Request(backend, identity, other, rules, strict, limit, patience, seed, repeat, mutant, waivers);
        }

        /**
         * Some rules only.
         *
         * @param globs ids with {@code *} and {@code ?}; empty for all
         * @return a changed copy
         */
        public Request withRules(List<String> globs) {
            return new Request(
                    backend, identity, profile, globs, strict, limit, patience, seed, repeat, mutant, waivers);
        }

        /**
         * With SHOULD rules that bind, or not.
         *
         * @param binds true if they do
         * @return a changed copy
         */
        public Request withStrict(boolean binds) {
            return new Request(
                    backend, identity, profile, rules, binds, limit, patience, seed, repeat, mutant, waivers);
        }

        /**
         * With other limits of time.
         *
         * @param rule how long one rule may take
         * @param wait how long one wait inside a rule may take
         * @return a changed copy
         */
        public Request withTimes(Duration rule, Duration wait) {
            return new Request(backend, identity, profile, rules, strict, rule, wait, seed, repeat, mutant, waivers);
        }

        /**
         * With a given seed.
         *
         * @param start where random numbers start
         * @return a changed copy
         */
        public Request withSeed(long start) {
            return new Request(
                    backend, identity, profile, rules, strict, limit, patience, start, repeat, mutant, waivers);
        }

        /**
         * With repetitions.
         *
         * @param times how often to run every rule
         * @return a changed copy
         */
        public Request withRepeat(int times) {
            return new Request(
                    backend, identity, profile, rules, strict, limit, patience, seed, times, mutant, waivers);
        }

        /**
         * With rules that may be broken: a failure of theirs is told as a waiver, in every report and in the verdict.
         *
         * @param issues ids of rules, each with the address of the issue that says why
         * @return a changed copy
         */
        public Request withWaivers(Map<String, String> issues) {
            return new Request(
                    backend, identity, profile, rules, strict, limit, patience, seed, repeat, mutant, issues);
        }

        /**
         * With the backend wrapped by a mutant.
         *
         * @param name the mutant's name, for the report
         * @param broken the wrapped backend
         * @return a changed copy
         */
        public Request withMutant(String name, UdpBackend broken) {
            return new Request(broken, identity, profile, rules, strict, limit, patience, seed, repeat, name, waivers);
        }

        // Whoever cannot tell fails by the rule about that.
        private static Profile profile(UdpBackend backend) {
            try {
                return Objects.requireNonNullElse(backend.profile(), Profile.UNIX);
            } catch (RuntimeException | Error e) {
                return Profile.UNIX;
            }
        }

        private static void requirePositive(Duration duration, String what) {
            if (duration.isZero() || duration.isNegative()) {
                throw new IllegalArgumentException(what + " must be positive, but is " + duration.toMillis() + " ms");
            }
        }
    }
}
