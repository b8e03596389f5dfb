package org.datagram4j.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.datagram4j.conformance.Certification;
import org.datagram4j.conformance.Certifier;
import org.datagram4j.conformance.isolate.Journal;
import org.datagram4j.conformance.isolate.Supervisor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Calls the kit, in a framework or on the class path. The options are the kit's own; here they only get names. */
@Command(
        name = "certify",
        description = "Decide whether backends keep the contract.",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        footer = {"", "Exit codes: 0 conformant, 1 not conformant, 2 inconclusive, 3 wrong usage."})
final class CertifyCommand implements Callable<Integer> {
    private static final int MILLIS_PER_SECOND = 1_000;

    @Option(
            names = {"--backend", "--service"},
            paramLabel = "NAME",
            description =
                    "Certify the backend of this name; repeatable. Default: all found, or with --jar the one in it.")
    private List<String> backends = List.of();

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            description = "Judge by this profile, unix or windows. Default: the backend's own.")
    private String profile;

    @Option(
            names = "--rules",
            paramLabel = "GLOB",
            description = "Only rules whose id matches, such as 'UDP-RECV-*'; repeatable. Then there is no verdict of"
                    + " conformance, and the exit code says whether any of them failed.")
    private List<String> rules = List.of();

    @Option(
            names = "--in",
            paramLabel = "PLACE",
            converter = Place.Converter.class,
            defaultValue = "felix",
            description =
                    "Where: felix (an OSGi framework inside this process) or classpath. Default: ${DEFAULT-VALUE}")
    private Place place;

    @Option(
            names = "--on",
            paramLabel = "SYSTEM",
            description =
                    "On which system: here, or wine (a Windows JVM under Wine, which is prepared first; on Linux as"
                            + " root). Default: ${DEFAULT-VALUE}",
            defaultValue = "here")
    private String system;

    @Option(
            names = "--java",
            paramLabel = "VERSION",
            description = "With --on wine: the Windows JVM, 25 (native is linked by java.lang.foreign), 21 (by JNA), or"
                    + " the directory of another. Default: 25")
    private String windowsJava;

    @Option(
            names = "--jar",
            paramLabel = "FILE",
            description = "Add a vendor's backend: a jar, or a directory with the jar and those that it needs;"
                    + " repeatable. In Felix: bundles.")
    private List<Path> jars = List.of();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Write reports to DIR/<backend>/. Default: target/certification, with a mutant"
                    + " target/mutants/<mutant>")
    private Path directory;

    @Option(names = "--strict", description = "Let rules of level SHOULD bind, too.")
    private boolean strict;

    @Option(names = "--verbose", description = "Print a line for each result instead of a mark.")
    private boolean verbose;

    @Option(names = "--rule-limit", paramLabel = "SECONDS", description = "How long one rule may take.")
    private Integer ruleLimitSeconds;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            description = "How long one wait inside a rule may take. Default: 5")
    private Integer patienceSeconds;

    @Option(names = "--seed", paramLabel = "N", description = "Where random numbers start, to repeat a run.")
    private Long seed;

    @Option(
            names = "--repeat",
            paramLabel = "TIMES",
            description = "Run each rule so many times; the worst result counts.")
    private Integer repeat;

    @Option(
            names = "--mutant",
            paramLabel = "NAME",
            description =
                    "To see the kit fail: certify the backend broken on purpose, such as by WouldBlockMovesPosition.")
    private String mutant;

    @Option(
            names = "--waive",
            paramLabel = "RULE=URL",
            description =
                    "Let this rule be broken, for the reason in the issue at URL; repeatable. Every report and the"
                            + " verdict say so.")
    private List<String> waivers = List.of();

    @Option(
            names = "--isolate",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Judge in a JVM of its own, so that a backend that ends its JVM is reported like any other."
                    + " --no-isolate: in this one. Default: ${DEFAULT-VALUE}")
    private boolean isolate;

    @Option(names = JudgingJvm.JOURNAL_OPTION, hidden = true)
    private Path journal;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (ruleLimitSeconds != null && ruleLimitSeconds < 1) {
            throw new UsageProblem("--rule-limit is a number of seconds, 1 or more, not " + ruleLimitSeconds);
        }
        if (!system.equals("here")) {
            if (!system.equals(WineRun.NAME)) {
                throw new UsageProblem("--on takes here or " + WineRun.NAME + ", not '" + system + "'");
            }
            return WineRun.of(App.home(), directory(), windowsJava).execute(words());
        }
        if (windowsJava != null) {
            throw new UsageProblem(
                    "--java goes with --on " + WineRun.NAME + "; here it is JAVA_HOME that chooses Java");
        }
        if (patienceSeconds != null && patienceSeconds < 1) {
            throw new UsageProblem("--patience is a number of seconds, 1 or more, not " + patienceSeconds);
        }
        if (isolate && journal == null) {
            return isolated();
        }
        if (journal != null) {
            JudgingJvm.endWithParent();
        }
        try {
            return judge();
        } catch (Exception e) {
            if (journal != null) {
                Journal.refuse(journal);
            }
            throw e;
        } finally {
            if (journal != null) {
                JudgingJvm.endChildren();
            }
        }
    }

    private Integer judge() throws Exception {
        try {
            Map<String, Object> result = place == Place.FELIX ? inFelix() : onClassPath();
            if (journal == null) {
                tellReports(result);
            }
            return (Integer) result.get(Certifier.EXIT_CODE);
        } catch (IllegalArgumentException e) {
            throw new UsageProblem(
                    e.getMessage() == null
                            ? e.toString()
                            : e.getMessage().lines().findFirst().orElse(""));
        }
    }

    /** The options again, without those that say where. */
    private List<String> words() {
        List<String> words = new ArrayList<>(List.of("certify", "--no-isolate", "--in", place.name()));
        backends.forEach(name -> words.addAll(List.of("--backend", name)));
        rules.forEach(glob -> words.addAll(List.of("--rules", glob)));
        waivers.forEach(waiver -> words.addAll(List.of("--waive", waiver)));
        jars.forEach(jar -> words.addAll(List.of("--jar", WineRun.there(jar))));
        add(words, "--profile", profile);
        add(words, "--rule-limit", ruleLimitSeconds);
        add(words, "--patience", patienceSeconds);
        add(words, "--seed", seed);
        add(words, "--repeat", repeat);
        add(words, "--mutant", mutant);
        if (strict) {
            words.add("--strict");
        }
        if (verbose) {
            words.add("--verbose");
        }
        return words;
    }

    private static void add(List<String> words, String name, Object value) {
        if (value != null) {
            words.addAll(List.of(name, value.toString()));
        }
    }

    private Integer isolated() throws IOException, InterruptedException {
        Duration limit = ruleLimitSeconds == null ? Certification.Request.LIMIT : Duration.ofSeconds(ruleLimitSeconds);
        List<String> words =
                new ArrayList<>(spec.root().commandLine().getParseResult().originalArgs());
        if (seed == null) { // a JVM that goes on must draw what the one before it would have drawn
            add(words, "--seed", new SplittableRandom().nextLong(1_000_000_000L));
        }
        Supervisor.Judged judged = JudgingJvm.certify(words, limit, directory().toAbsolutePath(), verbose);
        if (judged.result() != null) {
            tellReports(judged.result());
        }
        return judged.exitCode();
    }

    private Map<String, Object> inFelix() throws Exception {
        try (FelixHost host = FelixHost.start(App.bundles(jars))) {
            host.refused()
                    .forEach((bundle, reason) ->
                            System.err.println("datagram4j: bundle " + bundle + " did not start: " + reason));
            return host.kit("certify", options());
        }
    }

    private Map<String, Object> onClassPath() throws IOException {
        App.addToClassPath(jars);
        return Certifier.certify(options());
    }

    private Map<String, Object> options() throws IOException {
        Map<String, Object> options = new HashMap<>();
        options.put(Certifier.BACKEND, backends);
        options.put(Certifier.PROFILE, profile);
        options.put(Certifier.RULES, rules);
        options.put(Certifier.STRICT, strict);
        options.put(Certifier.VERBOSE, verbose);
        options.put(
                Certifier.LIMIT_MILLIS,
                ruleLimitSeconds == null ? null : (Object) (ruleLimitSeconds * (long) MILLIS_PER_SECOND));
        options.put(
                Certifier.PATIENCE_MILLIS,
                patienceSeconds == null ? null : (Object) (patienceSeconds * (long) MILLIS_PER_SECOND));
        options.put(Certifier.SEED, seed);
        options.put(Certifier.REPEAT, repeat);
        options.put(Certifier.MUTANT, mutant);
        options.put(Certifier.WAIVERS, waivers);
        options.put(
                Certifier.JARS, App.readable(jars).stream().map(Path::toString).toList());
        options.put(Certifier.OUT, System.out);
        options.put(Certifier.JOURNAL, journal == null ? null : journal.toString());
        options.put(Certifier.DIRECTORY, directory().toString());
        options.values().removeIf(value -> value == null);
        return options;
    }

    // What a mutant gets is no certification and must not be mistaken for one.
    private Path directory() {
        if (directory != null) {
            return directory;
        }
        Path target = App.home().resolve("target");
        return mutant == null
                ? target.resolve(system.equals("here") ? "certification" : "certification-" + system)
                : target.resolve("mutants").resolve(mutant);
    }

    private static void tellReports(Map<String, Object> result) {
        for (Object run : (List<?>) result.get(Certifier.RUNS)) {
            Object report = ((Map<?, ?>) run).get(Certifier.REPORT);
            if (report != null) {
                System.out.println(
                        "Reports: " + WineRun.here(Path.of(report.toString()).getParent()));
            }
        }
    }
}
