package org.datagram4j.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The modular echo server on the module path and on the class path, with and without what the native backend needs:
 * which backend serves, why, and that it answers.
 */
class PathsIT {
    private static final String MAIN = "com.example.echo.Main";
    private static final List<Path> ALL = List.of(Jars.ECHO, Jars.API, Jars.NIO, Jars.NATIVE);
    private static final List<Path> ALL_AND_JNA = List.of(Jars.ECHO, Jars.API, Jars.NIO, Jars.NATIVE, Jars.JNA);
    private static final List<Path> NIO_ONLY = List.of(Jars.ECHO, Jars.API, Jars.NIO);

    private static final List<String> NATIVE_SERVES = List.of(
            "chosen native \\(ranking 100\\): highest ranking of those that work",
            "available nio \\(ranking 0\\): another has a higher ranking",
            "Echoing on port \\d+ with backend native");
    private static final List<String> NOTHING_BUT_NIO = List.of(
            "chosen nio \\(ranking 0\\): highest ranking of those that work", "Echoing on port \\d+ with backend nio");
    private static final List<String> NIO_FORCED = List.of(
            "available native \\(ranking 100\\): datagram4j.backend=nio forces another",
            "chosen nio \\(ranking 0\\): forced by datagram4j.backend=nio",
            "Echoing on port \\d+ with backend nio");
    private static final String NO_JNA = "Java 17 to 21 need JNA 5, which is not there: .*--add-modules com.sun.jna";

    private static final String SILENCE = "";
    private static final String NATIVE_ACCESS_WARNING =
            "WARNING: A restricted method in java.lang.foreign.Linker has been called\\R(WARNING: .*\\R|\\R)*";

    @TestFactory
    Stream<DynamicTest> cases() {
        List<Case> cases = Jdk.feature() < Jdk.FOREIGN ? linkedByJna() : linkedByForeign();
        return cases.stream().map(each -> DynamicTest.dynamicTest(Jdk.feature() + " " + each.name, each::check));
    }

    private static List<Case> linkedByJna() {
        return List.of(
                modules("without the native module", NIO_ONLY, NOTHING_BUT_NIO, SILENCE),
                modules("without JNA", ALL, nioInsteadOf(NO_JNA), SILENCE),
                modules("JNA not among the modules", ALL_AND_JNA, nioInsteadOf(NO_JNA), SILENCE),
                modules("with JNA", ALL_AND_JNA, NATIVE_SERVES, SILENCE, "--add-modules", "com.sun.jna"),
                modules(
                        "nio forced",
                        ALL_AND_JNA,
                        NIO_FORCED,
                        SILENCE,
                        "--add-modules",
                        "com.sun.jna",
                        "-Ddatagram4j.backend=nio"),
                classes("without the native backend", NIO_ONLY, NOTHING_BUT_NIO, SILENCE),
                classes("without JNA", ALL, nioInsteadOf(NO_JNA), SILENCE),
                classes("with JNA", ALL_AND_JNA, NATIVE_SERVES, SILENCE));
    }

    private static List<Case> linkedByForeign() {
        String deny = "--illegal-native-access=deny";
        return List.of(
                modules("without the native module", NIO_ONLY, NOTHING_BUT_NIO, SILENCE, deny),
                modules(
                        "native access enabled, any other denied",
                        ALL,
                        NATIVE_SERVES,
                        SILENCE,
                        "--enable-native-access=org.datagram4j.sys",
                        deny),
                modules("native access neither enabled nor denied", ALL, NATIVE_SERVES, NATIVE_ACCESS_WARNING),
                modules("native access denied", ALL, nioInsteadOf(denied("org.datagram4j.sys")), SILENCE, deny),
                modules(
                        "native access denied, with JNA",
                        ALL_AND_JNA,
                        nioInsteadOf(denied("org.datagram4j.sys")),
                        SILENCE,
                        deny),
                modules(
                        "nio forced",
                        ALL,
                        NIO_FORCED,
                        SILENCE,
                        "--enable-native-access=org.datagram4j.sys",
                        "-Ddatagram4j.backend=nio"),
                classes("without the native backend", NIO_ONLY, NOTHING_BUT_NIO, SILENCE, deny),
                classes(
                        "native access enabled, any other denied",
                        ALL,
                        NATIVE_SERVES,
                        SILENCE,
                        "--enable-native-access=ALL-UNNAMED",
                        deny),
                classes("native access neither enabled nor denied", ALL, NATIVE_SERVES, NATIVE_ACCESS_WARNING),
                classes("native access denied", ALL, nioInsteadOf(denied("ALL-UNNAMED")), SILENCE, deny));
    }

    private static String denied(String module) {
        return "native access is denied to .*: start Java with --enable-native-access=" + module + ", or use .*";
    }

    private static List<String> nioInsteadOf(String reason) {
        return List.of(
                "chosen nio \\(ranking 0\\): highest ranking of those that work",
                "refused org.datagram4j.sys.NativeBackend \\(ranking 0\\): it does not work here: " + reason,
                "Echoing on port \\d+ with backend nio");
    }

    private static Case modules(String name, List<Path> jars, List<String> lines, String errors, String... options) {
        List<String> command = new ArrayList<>(List.of("-p", Jars.path(jars)));
        command.addAll(List.of(options));
        command.addAll(List.of("-m", "com.example.echo/" + MAIN));
        return new Case("module path: " + name, command, lines, errors);
    }

    private static Case classes(String name, List<Path> jars, List<String> lines, String errors, String... options) {
        List<String> command = new ArrayList<>(List.of("-cp", Jars.path(jars)));
        command.addAll(List.of(options));
        command.add(MAIN);
        return new Case("class path: " + name, command, lines, errors);
    }

    private record Case(String name, List<String> options, List<String> lines, String errors) {
        void check() throws Exception {
            List<String> command = new ArrayList<>(List.of(Jdk.command("java")));
            command.addAll(options);
            command.addAll(List.of("127.0.0.1", "0"));
            try (EchoProcess echo = new EchoProcess(new ProcessBuilder(command))) {
                String seen = String.join("\n", echo.lines()) + "\n--- errors\n" + echo.errors();
                assertEquals(lines.size(), echo.lines().size(), seen);
                for (int i = 0; i < lines.size(); i++) {
                    assertTrue(echo.lines().get(i).matches(lines.get(i)), lines.get(i) + " is not in\n" + seen);
                }
                assertTrue(echo.errors().matches(errors), seen);
                echo.assertAnswers();
            }
        }
    }
}
