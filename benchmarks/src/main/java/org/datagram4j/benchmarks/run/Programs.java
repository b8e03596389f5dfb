package org.datagram4j.benchmarks.run;

import io.netty.util.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.datagram4j.benchmarks.loop.Contend;

/** What can be started here: finds the JDKs, and builds the loops in C and in Rust. */
public final class Programs {
    private static final List<String> COMPILERS = List.of("cc", "gcc", "clang");
    private static final List<String> JVM_OPTIONS =
            List.of("-XX:+UseSerialGC", "-Xms128m", "-XX:-UsePerfData", "-Dio.netty.leakDetection.level=disabled");

    private final Path directory;
    private final Tools tools;
    private final Optional<Jdk> newer;
    private final Optional<Jdk> older;
    private final Map<String, Object> versions = new LinkedHashMap<>();
    private Path c;
    private Path rust;
    private String noC = "no C compiler was found (Debian: apt install gcc)";
    private String noRust = "no cargo was found (https://rustup.rs)";

    /**
     * Finds and builds.
     *
     * @param sources the directory with the sources in C and in Rust
     * @param directory where what is built goes
     * @param withRust whether to build the loops in Rust, which downloads what they need
     */
    public Programs(Path sources, Path directory, boolean withRust) throws IOException, InterruptedException {
        this.directory = Files.createDirectories(directory);
        tools = new Tools(directory);
        List<Jdk> jdks = Jdk.installed();
        newer = jdks.stream().filter(Jdk::hasForeign).reduce((first, last) -> last);
        older = jdks.stream().filter(jdk -> !jdk.hasForeign()).findFirst();
        newer.ifPresent(
                jdk -> versions.put("jdk", jdk.version() + " (Java contenders; the native backend linked by FFM)"));
        older.ifPresent(jdk -> versions.put(
                newer.isPresent() ? "older jdk" : "jdk", jdk.version() + " (the native backend linked by JNA)"));
        Optional.ofNullable(Version.identify().get("netty-common"))
                .ifPresent(netty -> versions.put("netty", netty.artifactVersion()));
        buildC(sources.resolve("c"));
        if (withRust) {
            buildRust(sources.resolve("rust"));
        } else {
            noRust = "not asked for";
        }
    }

    /** What was found, by name. */
    public Map<String, Object> versions() {
        return versions;
    }

    /** The JDKs that are measured with. */
    public List<Jdk> jdks() {
        return Stream.concat(newer.stream(), older.stream()).toList();
    }

    /** Where temporary files go. */
    Path directory() {
        return directory;
    }

    Tools tools() {
        return tools;
    }

    private void buildC(Path sources) throws IOException, InterruptedException {
        List<String> files;
        try (Stream<Path> all = Files.list(sources)) {
            files = all.map(Path::toString)
                    .filter(name -> name.endsWith(".c"))
                    .sorted()
                    .toList();
        }
        Path binary = directory.resolve("bench-c");
        for (String name : COMPILERS) {
            String version;
            try {
                version = tools.run(List.of(name, "--version"));
            } catch (IOException e) {
                continue; // there is none of this name
            }
            try {
                List<String> command = new ArrayList<>(List.of(name, "-O2", "-pthread", "-o", binary.toString()));
                command.addAll(files);
                tools.run(command);
                versions.put("c", version);
                c = binary.toAbsolutePath();
                return;
            } catch (IOException e) {
                noC = e.getMessage();
            }
        }
    }

    private void buildRust(Path sources) throws IOException, InterruptedException {
        String version;
        try {
            version = tools.run(List.of("cargo", "--version"));
        } catch (IOException e) {
            return; // there is none
        }
        Path target = directory.resolve("rust");
        List<String> command = List.of(
                "cargo",
                "build",
                "--quiet",
                "--release",
                "--manifest-path",
                sources.resolve("Cargo.toml").toString(),
                "--target-dir",
                target.toString());
        try {
            tools.run(command);
            rust = target.resolve("release/datagram4j-bench").toAbsolutePath();
            versions.put("rust", version);
            mio(sources.resolve("Cargo.lock")).ifPresent(it -> versions.put("mio", it));
        } catch (IOException e) {
            noRust = e.getMessage();
        }
    }

    private static Optional<String> mio(Path lock) throws IOException {
        Matcher version =
                Pattern.compile("name = \"mio\"\\s+version = \"([^\"]+)\"").matcher(Files.readString(lock));
        return version.find() ? Optional.of(version.group(1)) : Optional.empty();
    }

    /** Why a contender takes no part at all. */
    Optional<String> absence(Contender contender) {
        return switch (contender.program()) {
            case C -> c == null ? Optional.of(noC) : Optional.empty();
            case RUST -> rust == null ? Optional.of(noRust) : Optional.empty();
            default ->
                jdk(contender).isPresent()
                        ? Optional.empty()
                        : Optional.of("no JDK " + (contender.program() == Program.OLD_JAVA ? "17 to 21" : "22 or newer")
                                + " was found");
        };
    }

    /** Why nobody can be measured under load. */
    Optional<String> noLoad() {
        return absence(Contender.C).map(why -> "the generator of load is in C: " + why);
    }

    List<String> load() {
        return List.of(c.toString());
    }

    /** How to start a contender, with room for so many open files. */
    List<String> command(Contender contender, int files) {
        List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                "ulimit -n " + files + " 2>/dev/null || ulimit -n $(ulimit -H -n) 2>/dev/null; exec \"$0\" \"$@\""));
        if (!contender.program().isJava()) {
            command.add((contender.program() == Program.C ? c : rust).toString());
            return command;
        }
        Jdk jdk = jdk(contender).orElseThrow();
        command.add(jdk.java().toString());
        command.addAll(JVM_OPTIONS);
        if (jdk.hasForeign()) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        if (jdk.feature() >= 23) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Contend.class.getName()));
        command.add(contender.implementation());
        return command;
    }

    /** How many files a process may open, if it asks for so many. */
    int mostFiles(int wanted) throws IOException, InterruptedException {
        String most = tools.run(List.of(
                "sh",
                "-c",
                "ulimit -n " + wanted + " 2>/dev/null || ulimit -n $(ulimit -H -n) 2>/dev/null; ulimit -n"));
        return most.equals("unlimited") ? wanted : Integer.parseInt(most.strip());
    }

    private Optional<Jdk> jdk(Contender contender) {
        return switch (contender.program()) {
            case OLD_JAVA -> older;
            case NEW_JAVA -> newer;
            default -> newer.or(() -> older);
        };
    }
}
