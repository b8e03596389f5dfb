package org.datagram4j.conformance;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.datagram4j.Profile;
import org.datagram4j.conformance.mutant.Mutant;
import org.datagram4j.conformance.mutant.Mutants;

/** The options of {@link Certifier} as they are in a map: each is checked, and a wrong one is named. */
record CertifierOptions(
        List<String> backends,
        List<String> jars,
        Profile profile,
        List<String> rules,
        boolean strict,
        Duration limit,
        Duration patience,
        Long seed,
        int repeat,
        Mutant mutant,
        Map<String, String> waivers,
        boolean verbose,
        PrintStream out,
        Path journal,
        Path directory) {
    private static final Set<String> KEYS = Set.of(
            Certifier.BACKEND,
            Certifier.JARS,
            Certifier.PROFILE,
            Certifier.RULES,
            Certifier.STRICT,
            Certifier.LIMIT_MILLIS,
            Certifier.PATIENCE_MILLIS,
            Certifier.SEED,
            Certifier.REPEAT,
            Certifier.MUTANT,
            Certifier.WAIVERS,
            Certifier.VERBOSE,
            Certifier.OUT,
            Certifier.JOURNAL,
            Certifier.DIRECTORY);

    static CertifierOptions of(Map<String, Object> map) {
        Set<String> unknown = new TreeSet<>(map.keySet());
        unknown.removeAll(KEYS);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "no option is called " + unknown.iterator().next() + "; there are " + new TreeSet<>(KEYS));
        }
        Object profile = map.get(Certifier.PROFILE);
        Object mutant = map.get(Certifier.MUTANT);
        Object directory = map.get(Certifier.DIRECTORY);
        return new CertifierOptions(
                list(map, Certifier.BACKEND),
                list(map, Certifier.JARS),
                profile == null ? null : profile(profile.toString()),
                list(map, Certifier.RULES),
                flag(map, Certifier.STRICT),
                Duration.ofMillis(number(map, Certifier.LIMIT_MILLIS, Certification.Request.LIMIT.toMillis())),
                Duration.ofMillis(number(map, Certifier.PATIENCE_MILLIS, Certification.Request.PATIENCE.toMillis())),
                map.get(Certifier.SEED) == null ? null : number(map, Certifier.SEED, 0),
                Math.toIntExact(number(map, Certifier.REPEAT, 1)),
                mutant == null ? null : mutant(mutant.toString()),
                Waivers.parse(list(map, Certifier.WAIVERS)),
                flag(map, Certifier.VERBOSE),
                out(map.get(Certifier.OUT)),
                map.get(Certifier.JOURNAL) == null
                        ? null
                        : Path.of(map.get(Certifier.JOURNAL).toString()),
                directory == null ? null : Path.of(directory.toString()));
    }

    private static List<String> list(Map<String, Object> map, String key) {
        Object value = map.get(key);
        if (value == null) {
            return List.of();
        }
        if (value instanceof Collection<?> values) {
            return values.stream().map(String::valueOf).toList();
        }
        return Arrays.stream(value.toString().split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    private static boolean flag(Map<String, Object> map, String key) {
        Object value = map.getOrDefault(key, false);
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw new IllegalArgumentException("the option " + key + " must be true or false, but is " + value);
    }

    private static long number(Map<String, Object> map, String key, long otherwise) {
        Object value = map.getOrDefault(key, otherwise);
        if (value instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalArgumentException("the option " + key + " must be a number, but is " + value);
    }

    private static Profile profile(String name) {
        try {
            return Profile.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "no profile is called " + name + "; there are " + Arrays.toString(Profile.values()), e);
        }
    }

    private static Mutant mutant(String name) {
        return Mutants.named(name)
                .orElseThrow(() -> new IllegalArgumentException("no mutant is called " + name + "; there are "
                        + String.join(
                                ", ",
                                Mutants.all().stream()
                                        .map(Mutant::name)
                                        .sorted()
                                        .toList())));
    }

    private static PrintStream out(Object value) {
        if (value == null) {
            return new PrintStream(OutputStream.nullOutputStream());
        }
        if (value instanceof PrintStream out) {
            return out;
        }
        throw new IllegalArgumentException(
                "the option " + Certifier.OUT + " must be a PrintStream, but is " + value.getClass());
    }
}
