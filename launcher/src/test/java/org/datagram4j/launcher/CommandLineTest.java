package org.datagram4j.launcher;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the commands print, and what becomes of wrong words. */
class CommandLineTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "certify", "list", "explain", "backends", "echo", "mutants"})
    void everyCommandHasHelp(String command) {
        Launched launched = command.isEmpty() ? run("--help") : run(command, "--help");

        assertEquals(0, launched.exitCode(), launched::toString);
        assertTrue(launched.out().contains(("Usage: datagram4j " + command).strip()), launched::toString);
        assertTrue(launched.err().isEmpty(), launched::toString);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                              | which command?",
                "certfy                          | did you mean certify",
                "list --are                      | did you mean --area?",
                "list --area NOWHERE             | there is no area NOWHERE",
                "explain UDP-NOWHERE-01          | there is no rule UDP-NOWHERE-01",
                "explain                         | parameter",
                "backends --in karaf             | neither felix nor classpath",
                "backends --jar /no/such.jar     | cannot read the file",
                "echo --backend carrier-pigeon   | carrier-pigeon",
                "echo --bind 7777                | HOST:PORT",
                "echo --bind ::1:7777            | without brackets",
                "echo --bind 127.0.0.1:65536     | port from 0 to 65535",
                "echo --bind 192.0.2.1:7777      | address not available",
                "echo --buffer -1                | --buffer",
                "certify --no-isolate --in classpath --backend pigeon | pigeon",
                "certify --rule-limit 0                    | --rule-limit",
                "mutants --areas RECV,NOWHERE              | NOWHERE",
                "mutants --minutes 0                       | --minutes",
                "mutants --backend pigeon                  | pigeon",
                "certify --in nowhere                      | neither felix nor classpath",
            })
    void whatIsWrongIsSaidInOneLine(String words, String reason) {
        Launched launched = run(words.isEmpty() ? new String[0] : words.split(" +"));

        assertAll(
                launched.toString(),
                () -> assertEquals(3, launched.exitCode()),
                () -> assertEquals(1, launched.errLines().size()),
                () -> assertTrue(launched.err().toLowerCase(Locale.ROOT).contains(reason.toLowerCase(Locale.ROOT))),
                () -> assertTrue(launched.err().contains("--help")),
                () -> assertTrue(launched.out().isEmpty()));
    }

    @Test
    void listShowsEveryRuleAndOneArea() {
        Launched all = run("list");
        Launched some = run("list", "--area", "recv");

        assertEquals(0, all.exitCode(), all::toString);
        assertTrue(all.out().contains("UDP-RECV-01"), all::toString);
        List<String> rules = some.out().lines().skip(1).toList();
        assertFalse(rules.isEmpty());
        assertTrue(rules.stream().allMatch(line -> line.startsWith("UDP-RECV-")), some::toString);
    }

    @Test
    void explainTellsTheRuleAndWhy() {
        Launched launched = run("explain", "udp-recv-01");

        assertEquals(0, launched.exitCode(), launched::toString);
        for (String part : List.of("UDP-RECV-01", "Rule", "Why", "Source", "Methods", "If it fails, check")) {
            assertTrue(launched.out().contains(part), launched::toString);
        }
    }

    private static Launched run(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine =
                Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return new Launched(commandLine.execute(words), out.toString(), err.toString());
    }
}
