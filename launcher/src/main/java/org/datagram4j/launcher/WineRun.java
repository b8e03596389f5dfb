package org.datagram4j.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * This program once more, in a Windows JVM under Wine, by the scripts in the project's directory {@code windows}. There
 * the file system of this machine is drive H.
 */
final class WineRun {
    /** What users call it. */
    static final String NAME = "wine";

    /**
     * A JVM that Wine brings down says nothing of a backend: another is tried, and the crash kept beside the reports. A
     * backend that brings down every one fails.
     */
    private static final int ATTEMPTS = 3;

    private static final String CRASH = "java-crash-";
    private static final String DRIVE = "H:";

    /** What the scripts read. */
    private static final String JAVA = "WINDOWS_JAVA";

    private final Path scripts;
    private final Path library;
    private final Path reports;
    private final String java;

    private WineRun(Path scripts, Path library, Path reports, String java) {
        this.scripts = scripts;
        this.library = library;
        this.reports = reports;
        this.java = java;
    }

    /**
     * A run.
     *
     * @param home the project's directory
     * @param reports where reports go
     * @param java which Windows JVM, a word of the scripts, or null for the usual one
     * @throws UsageProblem if this is not the project's directory
     */
    static WineRun of(Path home, Path reports, String java) throws IOException {
        Path scripts = home.toAbsolutePath().resolve("windows");
        if (!Files.isExecutable(scripts.resolve("run"))) {
            throw new UsageProblem("--on " + NAME + " needs the project's scripts, and there are none in " + scripts);
        }
        return new WineRun(scripts, App.library(), reports, java);
    }

    /**
     * Prepares Wine if it is not there, and runs.
     *
     * @param words the command line, without the directory for reports
     * @return the exit code
     */
    int execute(List<String> words) throws IOException, InterruptedException {
        Files.createDirectories(reports);
        int prepared = start(List.of(scripts.resolve("prepare").toString()));
        if (prepared != 0) {
            return prepared;
        }
        List<String> command = new ArrayList<>(List.of(
                scripts.resolve("run").toString(),
                "-XX:ErrorFile=" + there(reports) + "/" + CRASH + "%p.log",
                "-Ddatagram4j.home=" + there(scripts.getParent()),
                "-cp",
                there(library) + "/*",
                Main.class.getName()));
        command.addAll(words);
        command.addAll(List.of("--out", there(reports)));
        int exitCode = start(command);
        for (int attempt = 1; attempt < ATTEMPTS && moveCrashes(); attempt++) {
            System.err.println(
                    "datagram4j: the Windows JVM crashed under Wine; why is in " + crashes() + "; trying again");
            exitCode = start(command);
        }
        return exitCode;
    }

    private Path crashes() {
        return reports.resolve("crashes");
    }

    /** Puts away what JVMs left that crashed, and tells whether there was one. */
    private boolean moveCrashes() throws IOException {
        try (Stream<Path> files = Files.list(reports)) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().startsWith(CRASH))
                    .toList();
            for (Path file : found) {
                Files.createDirectories(crashes());
                Files.move(file, crashes().resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
            return !found.isEmpty();
        }
    }

    /** Passes on what a process prints, and is ended with this one. */
    private int start(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        if (java != null) {
            builder.environment().put(JAVA, java);
        }
        Process process = builder.start();
        Thread end = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(end);
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            out.lines().forEach(System.out::println); // with this system's ends of lines
            return process.waitFor();
        } finally {
            forget(end);
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // this process is ending, and the hook runs
        }
    }

    /** A file of this machine, as it is called under Wine. */
    static String there(Path file) {
        return DRIVE + file.toAbsolutePath().normalize();
    }

    /** A file as it is called here, if this is run under Wine by another of us; otherwise unchanged. */
    static String here(Path file) {
        String name = file.toString();
        return name.startsWith(DRIVE) ? name.substring(DRIVE.length()).replace('\\', '/') : name;
    }
}
