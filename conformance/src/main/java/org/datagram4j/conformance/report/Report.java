package org.datagram4j.conformance.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.datagram4j.Capability;
import org.datagram4j.Limit;
import org.datagram4j.Profile;
import org.datagram4j.conformance.catalogue.Outcome;

/**
 * All that came of one run. Immutable.
 *
 * @param backend what was certified
 * @param profile the profile that it was judged by
 * @param capabilities what it declares
 * @param limits the numbers it is bound by
 * @param platform where it ran
 * @param environment feature of the machine to the reason why it is missing, empty if it is there
 * @param settings how it was run
 * @param results one for each rule and variant that was asked for, in the order of the catalogue
 * @param verdict what follows
 */
public record Report(
        BackendIdentity backend,
        Profile profile,
        Set<Capability> capabilities,
        Map<Limit, Long> limits,
        Platform platform,
        Map<String, String> environment,
        Settings settings,
        List<RuleResult> results,
        Verdict verdict) {
    /**
     * How a run was done.
     *
     * @param started when it began, to the second
     * @param strict whether SHOULD rules bind
     * @param seed where random numbers started; the same seed repeats them
     * @param repeat how often each rule was run
     * @param limit how long a rule could take
     * @param patience how long one wait inside a rule could take
     * @param rules how many rules were asked for
     * @param allRules how many there are
     * @param mutant the mutant that the backend was wrapped by, or null
     * @param waivers the ids of rules that may be broken, each with the address of the issue that says why
     */
    public record Settings(
            Instant started,
            boolean strict,
            long seed,
            int repeat,
            Duration limit,
            Duration patience,
            int rules,
            int allRules,
            String mutant,
            Map<String, String> waivers) {
        /**
         * Copies what could change.
         *
         * @param started see the record
         * @param strict see the record
         * @param seed see the record
         * @param repeat see the record
         * @param limit see the record
         * @param patience see the record
         * @param rules see the record
         * @param allRules see the record
         * @param mutant see the record
         * @param waivers see the record
         */
        public Settings {
            waivers = Collections.unmodifiableMap(new TreeMap<>(waivers));
        }
    }

    /**
     * Copies what could change.
     *
     * @param backend see the record
     * @param profile see the record
     * @param capabilities see the record
     * @param limits see the record
     * @param platform see the record
     * @param environment see the record
     * @param settings see the record
     * @param results see the record
     * @param verdict see the record
     */
    public Report {
        capabilities = Collections.unmodifiableSet(
                capabilities.isEmpty() ? EnumSet.noneOf(Capability.class) : EnumSet.copyOf(capabilities));
        limits = Collections.unmodifiableMap(new EnumMap<>(limits));
        environment = Collections.unmodifiableMap(new TreeMap<>(environment));
        results = List.copyOf(results);
    }

    /**
     * The version of the kit.
     *
     * @return for example {@code 1.0.0}
     */
    public static String kitVersion() {
        Properties properties = new Properties();
        try (InputStream in = Report.class.getResourceAsStream("kit.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("reading kit.properties", e);
        }
        return properties.getProperty("version");
    }

    /**
     * How often each outcome came.
     *
     * @return every outcome, also those that never came
     */
    public Map<Outcome, Integer> counts() {
        return counts(results);
    }

    /**
     * How often each outcome came.
     *
     * @param results some results
     * @return every outcome, also those that never came
     */
    public static Map<Outcome, Integer> counts(Iterable<RuleResult> results) {
        Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            counts.put(outcome, 0);
        }
        results.forEach(result -> counts.merge(result.outcome(), 1, Integer::sum));
        return counts;
    }
}
