package org.datagram4j.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.datagram4j.benchmarks.loop.Contend;

/** Starts what is measured, and reads what it says. */
final class Processes {
    private static final int PATIENCE_SECONDS = 120;
    private static final List<String> COMPILERS = List.of("cc", "gcc", "clang");

    private final Path directory;
    private final int warmUpMillis;
    private final int millis;
    private final Optional<Jdk> newer;
    private final Optional<Jdk> older;
    private final Optional<Path> c;

    private String compiler = "none";

    Processes(Path source, Path directory, List<Jdk> jdks, int warmUpMillis, int millis)
            throws IOException, InterruptedException {
        this.directory = Files.createDirectories(directory);
        this.warmUpMillis = warmUpMillis;
        this.millis = millis;
        newer = jdks.stream().filter(Jdk::hasForeign).reduce((first, last) -> last);
        older = jdks.stream().filter(jdk -> !jdk.hasForeign()).findFirst();
        c = compile(source);
    }

    /** Takes no part, and why. */
    static final class Absent extends Exception {
        private static final long serialVersionUID = 1;

        Absent(String why) {
            super(why);
        }
    }

    /** Which JDK a contender runs on: the one that it is about, and where it does not matter, the newer. */
    private Optional<Jdk> jdk(Contender contender) {
        if (contender.isNative()) {
            return contender.older ? older : newer;
        }
        return newer.or(() -> older);
    }

    List<String> descriptions() {
        List<String> lines = new ArrayList<>();
        newer.ifPresent(jdk -> lines.add(jdk.version() + " (java.nio, nio, FFM)"));
        older.ifPresent(jdk -> lines.add(jdk.version() + (newer.isPresent() ? " (JNA)" : " (java.nio, nio, JNA)")));
        return lines;
    }

    String compiler() {
        return compiler;
    }

    /** Why a contender takes no part at all. */
    Optional<String> absence(Contender contender) {
        if (contender == Contender.C) {
            return c.isPresent() ? Optional.empty() : Optional.of("no C compiler was found, or it failed");
        }
        return jdk(contender).isPresent()
                ? Optional.empty()
                : Optional.of("no JDK " + (contender.older ? "17 to 21" : "22 or newer") + " was found");
    }

    Sample measure(Workload workload, Contender contender) throws IOException, InterruptedException, Absent {
        List<String> command = new ArrayList<>();
        if (contender == Contender.C) {
            command.add(c.orElseThrow().toString());
        } else {
            Jdk jdk = jdk(contender).orElseThrow();
            command.add(jdk.java().toString());
            if (jdk.hasForeign()) {
                command.add("--enable-native-access=ALL-UNNAMED");
            }
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), Contend.class.getName()));
            command.add(contender.implementation);
        }
        command.add(workload.mode(contender));
        command.add(Integer.toString(workload.number()));
        if (contender != Contender.C) {
            command.add(Integer.toString(warmUpMillis));
        }
        command.add(Integer.toString(millis));
        return parse(run(command));
    }

    static Sample parse(String line) throws IOException, Absent {
        if (line.startsWith("skip=")) {
            throw new Absent(line.substring("skip=".length()));
        }
        Map<String, Double> values = new HashMap<>();
        try {
            for (String word : line.split(" ")) {
                String[] pair = word.split("=", 2);
                values.put(pair[0], Double.valueOf(pair[1]));
            }
            return new Sample(values.get("ns"), values.getOrDefault("bytes", Double.NaN));
        } catch (RuntimeException e) {
            throw new IOException("it printed '" + line + "'", e);
        }
    }

    private Optional<Path> compile(Path source) throws InterruptedException {
        Path binary = directory.resolve("burst");
        for (String name : COMPILERS) {
            try {
                run(List.of(name, "-O2", "-pthread", "-o", binary.toString(), source.toString()));
                compiler = run(List.of(name, "--version"));
                return Optional.of(binary.toAbsolutePath());
            } catch (IOException e) {
                // there is none of this name, or it cannot compile this here
            }
        }
        return Optional.empty();
    }

    /** The first line that a command prints. */
    private String run(List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(directory, "process", ".out");
        Path err = Files.createTempFile(directory, "process", ".err");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            try {
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    throw new IOException("it did not end within " + PATIENCE_SECONDS + " seconds");
                }
            } finally {
                process.destroyForcibly();
            }
            if (process.exitValue() != 0) {
                throw new IOException(firstLine(err).orElse("exit code " + process.exitValue()));
            }
            return firstLine(out).orElse("");
        } finally {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
    }

    private static Optional<String> firstLine(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.findFirst();
        }
    }
}
