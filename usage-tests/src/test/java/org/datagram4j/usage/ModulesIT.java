package org.datagram4j.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the JDK's tools say of our modules, and of a program that requires the api. */
class ModulesIT {
    private static final Map<Path, String> OURS = Map.of(
            Jars.API, "org.datagram4j",
            Jars.CONFORMANCE, "org.datagram4j.conformance",
            Jars.NIO, "org.datagram4j.nio",
            Jars.NATIVE, "org.datagram4j.sys",
            Jars.OSGI, "org.datagram4j.osgi",
            Jars.ECHO, "com.example.echo");

    @TempDir
    private Path directory;

    static Stream<Path> ours() {
        return OURS.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("ours")
    void areModulesByTheirOwnDescription(Path jar) throws Exception {
        Ended ended = Ended.run(List.of(Jdk.command("jar"), "--describe-module", "--file", jar.toString()));

        assertEquals(0, ended.exitCode(), ended.output());
        assertTrue(ended.output().startsWith(OURS.get(jar)), ended.output());
        assertFalse(ended.output().contains("automatic"), ended.output());
    }

    @Test
    void areResolvedWithoutAnAutomaticModule() throws Exception {
        Ended ended = Ended.run(List.of(
                Jdk.command("java"),
                "-p",
                Jars.path(List.of(Jars.ECHO, Jars.API, Jars.NIO, Jars.NATIVE, Jars.JNA)),
                "--add-modules",
                "com.sun.jna",
                "--show-module-resolution",
                "--dry-run",
                "-m",
                "com.example.echo/com.example.echo.Main"));

        assertEquals(0, ended.exitCode(), ended.output());
        // The backends come by themselves: the api uses the service that they provide.
        assertTrue(ended.output().contains("org.datagram4j binds org.datagram4j.nio"), ended.output());
        assertTrue(ended.output().contains("org.datagram4j binds org.datagram4j.sys"), ended.output());
        assertFalse(ended.output().contains("automatic"), ended.output());
    }

    @Test
    void shareNoPackage() {
        Map<String, String> owners = new TreeMap<>();
        ModuleFinder finder = ModuleFinder.of(
                Stream.concat(OURS.keySet().stream(), Stream.of(Jars.JNA)).toArray(Path[]::new));
        for (ModuleReference module : finder.findAll()) {
            for (String name : module.descriptor().packages()) {
                String owner = owners.put(name, module.descriptor().name());
                assertNull(
                        owner,
                        name + " is in " + owner + " and in "
                                + module.descriptor().name());
            }
        }
        assertEquals("org.datagram4j", owners.get("org.datagram4j.spi"));
    }

    @Test
    void aModuleCompilesAgainstTheApiAlone() throws Exception {
        assertCompiles(sources(), "-p", Jars.API.toString());
    }

    @Test
    void classesCompileAgainstTheApiAlone() throws Exception {
        List<String> classes =
                sources().stream().filter(file -> !file.endsWith("-info.java")).toList();
        assertCompiles(classes, "-cp", Jars.API.toString());
    }

    private void assertCompiles(List<String> sources, String... options) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Jdk.command("javac"), "-Xlint:all", "--release", "17", "-d", directory.toString()));
        command.addAll(List.of(options));
        command.addAll(sources);
        Ended ended = Ended.run(command);

        assertEquals("", ended.output());
        assertEquals(0, ended.exitCode());
    }

    private static List<String> sources() throws Exception {
        Path root = Path.of(System.getProperty("datagram4j.project.root"), "examples/modular-echo/src/main/java");
        try (Stream<Path> files = Files.walk(root)) {
            List<String> sources = files.map(Path::toString)
                    .filter(file -> file.endsWith(".java"))
                    .toList();
            assertTrue(sources.size() > 2, () -> root + " has only " + sources);
            return sources;
        }
    }
}
