package org.datagram4j.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;

/**
 * The stock Karaf in a Windows JVM under Wine installs our features, JNA among them, and offers the backend
 * {@code native}, which works. Where Wine cannot be prepared, nothing is run, for the reason that the script gives.
 */
@EnabledOnOs(OS.LINUX)
@EnabledForJreRange(max = JRE.JAVA_23, disabledReason = "once is enough: the Java of the tests is not Karaf's")
class KarafOnWindowsIT {
    /** The newest Java on which a released Karaf starts, as windows/prepare has it. */
    private static final String JAVA = "21";

    private static final int CANNOT_RUN = 3;
    private static final String DRIVE = "H:";

    /** How bin/karaf.bat opens the platform's modules to Karaf. */
    private static final Pattern MODULE_OPTION = Pattern.compile("--(?:add-[a-z]+|patch-module)[ =][^\\s^]+");

    @Test
    void installsTheFeaturesAndOffersTheNativeBackend() throws Exception {
        Path scratch = Settings.scratch("karaf-on-windows");
        Files.createDirectories(scratch);
        Path prepared = scratch.resolve("prepare.txt");
        int exitCode = windows("prepare")
                .redirectErrorStream(true)
                .redirectOutput(prepared.toFile())
                .start()
                .waitFor();
        assumeTrue(exitCode != CANNOT_RUN, () -> "Windows was not tried: " + text(prepared));
        assertEquals(0, exitCode, () -> text(prepared));
        Path home = StockKaraf.unpack(scratch);
        StockKaraf.withoutNetwork(home, there(scratch.resolve("m2")));

        try (KarafConsole karaf = KarafConsole.start(windows(command(home)), scratch.resolve("screen.txt"))) {
            karaf.type("kar:install file:/" + there(Settings.container("datagram4j-features.kar")));
            karaf.type("feature:install -r datagram4j-native datagram4j-shell");
            String backends = karaf.type("udp:backends");
            assertTrue(backends.matches("(?s).*native +chosen +100 +WINDOWS .*nio +available .*"), backends);
            String certified = karaf.type("udp:certify --rules UDP-RECV-01 native");
            assertTrue(certified.contains("native: partial: 1 of ") && certified.contains("nothing failed"), certified);
            String bundles = karaf.type("bundle:list -t 0 -s --no-format");
            assertTrue(
                    bundles.lines().anyMatch(line -> line.contains("Active") && line.contains("com.sun.jna")), bundles);
            assertFalse(bundles.contains("Installed"), bundles);
            karaf.shutDown();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** One of the scripts that make and run a Windows JVM. */
    private static ProcessBuilder windows(String... words) {
        Path script = Path.of(System.getProperty("datagram4j.project.root"), "windows", words[0]);
        List<String> command = new ArrayList<>(List.of(words));
        command.set(0, script.toString());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("WINDOWS_JAVA", JAVA);
        return builder;
    }

    /** What bin/karaf.bat does in the end; the rest of it is more than Wine's cmd takes. */
    private static String[] command(Path home) throws IOException {
        String there = there(home);
        String batch = Files.readString(home.resolve("bin/karaf.bat"), StandardCharsets.ISO_8859_1);
        List<String> moduleOptions = MODULE_OPTION
                .matcher(batch)
                .results()
                .map(MatchResult::group)
                .map(option ->
                        option.replace("\"", "").replace("%KARAF_HOME%", there).replace('\\', '/'))
                .distinct()
                .flatMap(option -> Stream.of(option.split(" ")))
                .toList();
        assertFalse(moduleOptions.isEmpty(), batch);
        List<String> words = new ArrayList<>(List.of("run"));
        words.addAll(moduleOptions);
        words.addAll(List.of("-classpath", jars(home, "lib/boot") + ";" + jars(home, "lib/jdk9plus")));
        for (String property : List.of("home", "base")) {
            words.add("-Dkaraf." + property + "=" + there);
        }
        for (String directory : List.of("etc", "data", "instances")) {
            words.add("-Dkaraf." + directory + "=" + there + "/" + directory);
        }
        words.addAll(List.of(
                "-Dkaraf.log=" + there + "/data/log",
                "-Djava.io.tmpdir=" + there + "/data/tmp",
                "-Djava.util.logging.config.file=" + there + "/etc/java.util.logging.properties",
                "-Dkaraf.startLocalConsole=true",
                "-Dkaraf.startRemoteShell=false",
                "-Djline.terminal=dumb",
                "org.apache.karaf.main.Main"));
        return words.toArray(String[]::new);
    }

    private static String jars(Path home, String directory) throws IOException {
        try (Stream<Path> files = Files.list(home.resolve(directory))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .map(KarafOnWindowsIT::there)
                    .collect(Collectors.joining(";"));
        }
    }

    /** A file of this machine, as it is called under Wine. */
    private static String there(Path file) {
        return DRIVE + file.toAbsolutePath().normalize();
    }
}
