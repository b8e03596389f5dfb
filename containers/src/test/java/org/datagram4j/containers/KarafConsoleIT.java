package org.datagram4j.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/**
 * The stock Karaf, started by its own script, takes the commands that docs/karaf.md shows, and prints what the page says.
 */
class KarafConsoleIT {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```karaf\\R(.*?)^```$");
    private static final String PROMPT = "karaf@root()> ";

    @Test
    @EnabledForJreRange(max = JRE.JAVA_23, disabledReason = "no released Karaf starts as shipped on Java 24 and newer")
    void takesTheCommandsOfThePage() throws Exception {
        Path scratch = Settings.scratch("console");
        Path home = StockKaraf.unpack(scratch);
        StockKaraf.withoutNetwork(home, scratch.resolve("m2").toString());
        ProcessBuilder script = new ProcessBuilder(home.resolve("bin/karaf").toString());
        script.environment().put("JAVA_HOME", System.getProperty("java.home"));
        StringBuilder problems = new StringBuilder();

        try (KarafConsole karaf = KarafConsole.start(script, scratch.resolve("screen.txt"))) {
            for (String session : sessions()) {
                List<String> lines = session.lines().toList();
                String command = lines.get(0)
                        .substring(PROMPT.length())
                        .replace("/path/to/", Settings.container("").toUri().getPath())
                        .replace("datagram4j-features-" + Settings.version() + ".kar", "datagram4j-features.kar");
                String printed = karaf.type(command);
                if (!shown(lines.subList(1, lines.size()))
                        .matcher(narrow(printed))
                        .matches()) {
                    problems.append(session)
                            .append("but it printed\n")
                            .append(printed)
                            .append('\n');
                }
            }
            assertEquals("", problems.toString());
            String bundles = karaf.type("bundle:list -t 0 -s --no-format");
            for (String bundle : List.of("org.datagram4j.sys", "org.datagram4j.nio", "org.datagram4j.conformance")) {
                assertTrue(bundles.lines().anyMatch(line -> line.contains("Active") && line.contains(bundle)), bundles);
            }
            assertFalse(bundles.contains("Installed"), bundles);
            karaf.shutDown();
        }
    }

    private static List<String> sessions() throws IOException {
        Path page = Path.of(System.getProperty("datagram4j.project.root"), "docs", "karaf.md");
        List<String> sessions = BLOCK.matcher(Files.readString(page))
                .results()
                .flatMap(block -> Pattern.compile("(?m)^(?=" + Pattern.quote(PROMPT) + ")")
                        .splitAsStream(block.group(1)))
                .filter(session -> !session.isEmpty())
                .toList();
        assertFalse(sessions.isEmpty(), "no commands in " + page);
        return sessions;
    }

    // "..." stands for anything; the console shows its prompt, and the typed commands, in between
    private static Pattern shown(List<String> lines) {
        return Pattern.compile(lines.stream()
                .map(line -> Pattern.compile("\\.\\.\\.")
                        .splitAsStream(narrow(line) + " ")
                        .map(String::strip)
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*", "[^\\n]*", "[^\\n]*\\n")))
                .collect(Collectors.joining("(?:.*\\n)*?", "(?:.*\\n)*?", "(?:.*\\n)*")));
    }

    private static String narrow(String text) {
        return text.replaceAll(" +", " ");
    }
}
