package org.datagram4j.containers;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.TestAbortedException;

/** A report of the kit, as far as these tests look at it. */
final class ConformanceJson {
    private Backend backend;
    private Platform platform;
    private Settings settings;
    private Verdict verdict;
    private List<Result> results;

    private static final class Backend {
        private String name;
        private String source;
    }

    private static final class Platform {
        private String javaVersion;
    }

    private static final class Settings {
        private int rules;
        private int allRules;
    }

    private static final class Verdict {
        private String conclusion;
        private String text;
    }

    private static final class Result {
        private String id;
        private String variant;
        private String level;
        private String title;
        private String outcome;
        private String detail;
    }

    private ConformanceJson() {}

    static ConformanceJson read(Path directory) throws IOException {
        try (Reader reader = Files.newBufferedReader(directory.resolve("conformance.json"))) {
            return new Gson().fromJson(reader, ConformanceJson.class);
        }
    }

    String backend() {
        return backend.name;
    }

    /** The bundle that the backend came from. */
    String source() {
        return backend.source;
    }

    /** The major version of Java. */
    int java() {
        return Runtime.Version.parse(platform.javaVersion).feature();
    }

    /** How many rules were asked for. */
    int rules() {
        return settings.rules;
    }

    /** How many rules there are. */
    int allRules() {
        return settings.allRules;
    }

    String conclusion() {
        return verdict.conclusion;
    }

    /**
     * Each result as a test, then the verdict. What the kit calls broken fails if it binds, with the text from inside
     * the container; what was not tested is aborted, with the reason.
     */
    Stream<DynamicTest> tests(String prefix) {
        return Stream.concat(
                results.stream()
                        .map(result -> dynamicTest(
                                prefix + result.id + (result.variant.isEmpty() ? "" : "/" + result.variant) + " "
                                        + result.title,
                                () -> show(result))),
                Stream.of(dynamicTest(prefix + "verdict", () -> show(verdict))));
    }

    private static void show(Result result) {
        switch (result.outcome) {
            case "PASS" -> {
                // nothing to say
            }
            case "FAIL" -> {
                if (result.level.equals("MUST")) {
                    throw new AssertionError("in the container: " + result.detail);
                }
                throw new TestAbortedException(result.level + " is broken in the container: " + result.detail);
            }
            default -> throw new TestAbortedException(result.outcome + ": " + result.detail);
        }
    }

    private static void show(Verdict verdict) {
        switch (verdict.conclusion) {
            case "CONFORMANT" -> {
                // nothing to say
            }
            case "INCONCLUSIVE", "PARTIAL" -> throw new TestAbortedException(verdict.text);
            default -> throw new AssertionError(verdict.text);
        }
    }
}
