package org.datagram4j.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.datagram4j.Limit;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpBackends;
import org.datagram4j.conformance.mutant.Mutant;
import org.datagram4j.conformance.report.Report;
import org.datagram4j.conformance.report.ReportDirectory;

/**
 * Certifies backends, and tells of it on the console and in files. Options and results are maps of JDK types, so that a
 * program outside an OSGi framework can call it inside; on the class path it is the same.
 */
public final class Certifier {
    /** Option: which backends, as names with commas between or a collection; all of them if it is missing. */
    public static final String BACKEND = "backend";
    /**
     * Option: paths of jars, with commas between or a collection. Unless backends are named, there has to be one that
     * came from one of these jars, and it is the one to certify.
     */
    public static final String JARS = "jars";
    /** Option: UNIX or WINDOWS; each backend's own if it is missing. */
    public static final String PROFILE = "profile";
    /** Option: which rules, as globs with commas between or a collection; all of them if it is missing. */
    public static final String RULES = "rules";
    /** Option, a Boolean: whether rules of level SHOULD bind, too. */
    public static final String STRICT = "strict";
    /** Option, a Number: how long one rule may take; 30,000 if it is missing. */
    public static final String LIMIT_MILLIS = "limitMillis";
    /** Option, a Number: how long one wait inside a rule may take; 5,000 if it is missing. */
    public static final String PATIENCE_MILLIS = "patienceMillis";
    /** Option, a Number: where random numbers start; random if it is missing. */
    public static final String SEED = "seed";
    /** Option, a Number: how often to run every rule; once if it is missing. */
    public static final String REPEAT = "repeat";
    /** Option: the name of a mutant to break each backend by, to see that the kit notices. */
    public static final String MUTANT = "mutant";
    /** Option: rules that may be broken, as {@code RULE=URL} where the issue says why, with commas between or a collection. */
    public static final String WAIVERS = "waivers";
    /** Option, a Boolean: whether to print a line for each result. */
    public static final String VERBOSE = "verbose";
    /** Option, a PrintStream: where to print; nowhere if it is missing. */
    public static final String OUT = "out";
    /**
     * Option: the file in which to write down each step, for another JVM that watches; if there is something in it, the
     * run goes on from there. Nothing is printed then. None if it is missing.
     */
    public static final String JOURNAL = "journal";
    /** Option: the directory for reports, each backend's in a directory of its name; none if it is missing. */
    public static final String DIRECTORY = "directory";

    /** Result, an Integer: 0 if all are conformant, else 1 if one is not, else 2 if one is inconclusive. */
    public static final String EXIT_CODE = "exitCode";
    /** Result: the verdict, one line for each backend. */
    public static final String VERDICT = "verdict";
    /** Result: the backends one by one, a {@code List<Map<String, Object>>}. */
    public static final String RUNS = "runs";
    /** In a run: what the backend declares, a {@code List<String>}. */
    public static final String CAPABILITIES = "capabilities";
    /** In a run: how often each outcome came, a {@code Map<String, Integer>}. */
    public static final String COUNTS = "counts";
    /** In a run: the path of {@code conformance.json}; missing if no directory was given. */
    public static final String REPORT = "report";

    /** In a description: the ranking, an Integer. */
    public static final String RANKING = "ranking";
    /** In a description: the bundle or jar. */
    public static final String SOURCE = "source";
    /** In a description: the bundle's or jar's version. */
    public static final String VERSION = "version";
    /** In a description: the limits, a {@code Map<String, Long>}. */
    public static final String LIMITS = "limits";

    private Certifier() {}

    /**
     * Certifies backends of the class path or module path.
     *
     * @param options see the constants
     * @return see the constants
     * @throws IllegalArgumentException if an option is wrong, naming it
     */
    public static Map<String, Object> certify(Map<String, Object> options) {
        return certify(options, UdpBackends.all().stream().map(Subject::of).toList());
    }

    /**
     * Certifies some of the backends that there are.
     *
     * @param options see the constants
     * @param subjects the backends that there are, best first
     * @return see the constants
     * @throws IllegalArgumentException if an option is wrong, naming it
     */
    public static Map<String, Object> certify(Map<String, Object> options, List<Subject> subjects) {
        CertifierOptions parsed = CertifierOptions.of(options);
        List<Subject> chosen = parsed.backends().isEmpty() && !parsed.jars().isEmpty()
                ? List.of(JarSubjects.only(subjects, parsed.jars()))
                : chosen(parsed.backends(), subjects);
        requireOwnNames(chosen);
        Certification certification = Certification.prepare();
        Waivers.check(parsed.waivers(), certification.catalogue());
        certification.catalogue().matching(parsed.rules()); // wrong globs are named before anything runs
        Map<Subject, ReportDirectory> directories = new HashMap<>();
        if (parsed.directory() != null) {
            ReportDirectory root = ReportDirectory.open(parsed.directory());
            for (Subject subject : chosen) {
                ReportDirectory directory = root.child(subject.identity().name());
                directories.put(subject, directory);
                clear(directory);
            }
        }
        List<Map<String, Object>> runs = new ArrayList<>();
        try (Telling telling = Telling.of(parsed, certification.catalogue())) {
            for (Subject subject : chosen) {
                Report report = telling.run(certification, request(parsed, subject));
                runs.add(run(report, write(report, subject, directories.get(subject))));
            }
            Map<String, Object> result = new LinkedHashMap<>();
            result.put(EXIT_CODE, exitCode(runs));
            result.put(
                    VERDICT, runs.stream().map(run -> (String) run.get(VERDICT)).collect(Collectors.joining("\n")));
            result.put(RUNS, runs);
            telling.finish(result);
            return result;
        }
    }

    /**
     * Describes a backend.
     *
     * @param subject the backend
     * @return see the constants
     */
    public static Map<String, Object> describe(Subject subject) {
        UdpBackend backend = subject.backend();
        Map<Limit, Long> limits = new EnumMap<>(Limit.class);
        for (Limit limit : Limit.values()) {
            limits.put(limit, backend.limit(limit));
        }
        Map<String, Object> description = new LinkedHashMap<>();
        description.put(BACKEND, backend.name());
        description.put(RANKING, backend.ranking());
        description.put(SOURCE, subject.identity().source());
        description.put(VERSION, subject.identity().version());
        description.put(PROFILE, backend.profile().name());
        description.put(
                CAPABILITIES,
                backend.capabilities().stream().sorted().map(Enum::name).toList());
        description.put(LIMITS, names(limits));
        return description;
    }

    private static List<Subject> chosen(List<String> names, List<Subject> subjects) {
        List<String> known =
                subjects.stream().map(subject -> subject.identity().name()).toList();
        if (known.isEmpty()) {
            throw new IllegalArgumentException("there is no backend to certify");
        }
        for (String name : names) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("no backend is called " + name + "; there are " + known);
            }
        }
        return subjects.stream()
                .filter(subject ->
                        names.isEmpty() || names.contains(subject.identity().name()))
                .toList();
    }

    // What is known of a backend, and the directory of its reports, goes by its name, and file names by no case.
    private static void requireOwnNames(List<Subject> chosen) {
        Set<String> names = new HashSet<>();
        for (Subject subject : chosen) {
            if (!names.add(subject.identity().name().toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException(
                        "two backends are called " + subject.identity().name() + ": certify one at a time, by its jar");
            }
        }
    }

    private static Certification.Request request(CertifierOptions options, Subject subject) {
        Certification.Request request = Certification.Request.of(subject.backend(), subject.identity())
                .withRules(options.rules())
                .withStrict(options.strict())
                .withTimes(options.limit(), options.patience())
                .withRepeat(options.repeat())
                .withWaivers(options.waivers());
        if (options.profile() != null) {
            request = request.withProfile(options.profile());
        }
        if (options.seed() != null) {
            request = request.withSeed(options.seed());
        }
        Mutant mutant = options.mutant();
        return mutant == null
                ? request
                : request.withMutant(mutant.name(), mutant.breaks().apply(subject.backend()));
    }

    private static void clear(ReportDirectory directory) {
        try {
            RunFiles.clear(directory);
        } catch (IOException e) {
            throw new IllegalArgumentException("what an earlier run left cannot be removed: " + e, e);
        }
    }

    private static Path write(Report report, Subject subject, ReportDirectory directory) {
        try {
            return directory == null ? null : RunFiles.write(report, subject, directory);
        } catch (IOException e) {
            throw new UncheckedIOException("the reports could not be written: " + e.getMessage(), e);
        }
    }

    private static Map<String, Object> run(Report report, Path file) {
        Map<String, Object> run = new LinkedHashMap<>();
        run.put(BACKEND, report.backend().name());
        run.put(EXIT_CODE, report.verdict().exitCode());
        run.put(VERDICT, report.backend().name() + ": " + report.verdict().text());
        run.put(CAPABILITIES, report.capabilities().stream().map(Enum::name).toList());
        run.put(COUNTS, names(report.counts()));
        if (file != null) {
            run.put(REPORT, file.toString());
        }
        return run;
    }

    private static int exitCode(List<Map<String, Object>> runs) {
        List<Object> codes = runs.stream().map(run -> run.get(EXIT_CODE)).toList();
        return codes.contains(1) ? 1 : codes.contains(2) ? 2 : 0;
    }

    private static <E extends Enum<E>, V> Map<String, V> names(Map<E, V> map) {
        Map<String, V> names = new LinkedHashMap<>();
        map.forEach((key, value) -> names.put(key.name(), value));
        return names;
    }
}
