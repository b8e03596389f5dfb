package org.datagram4j.launcher;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** As {@link CommandLineTest}, where it takes a process or the packaged application. */
class CommandLineIT {
    @Test
    void versionNamesOursAndThatOfJava() {
        Launched launched = Launched.main("--version");

        assertEquals(0, launched.exitCode(), launched::toString);
        assertTrue(launched.out().matches("(?s)datagram4j \\d.*Java \\d.*"), launched::toString);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "certify --backend carrier-pigeon          | carrier-pigeon",
                "certify --rules NO-SUCH-*                 | NO-SUCH-*",
                "certify --mutant NoSuchMutant             | NoSuchMutant",
                "certify --profile beos                    | beos",
                "certify --out /dev/null/reports           | /dev/null/reports",
                "certify --waive UDP-RECV-01               | a waiver is RULE=URL",
                "verify src                                | there is no claim.json in src",
                "verify src --unsigned                     | there is no claim.json in src",
                "sign src --key no.asc                     | there is no claim.json in src",
                "matrix src                                | there is no conformance.json in src",
                "matrix no-such                            | no-such is not a directory",
                "certfy                          | did you mean certify",
            })
    void whatIsWrongIsSaidInOneLine(String words, String reason) {
        Launched launched = Launched.main(words.split(" +"));

        assertAll(
                launched.toString(),
                () -> assertEquals(3, launched.exitCode()),
                () -> assertEquals(1, launched.errLines().size()),
                () -> assertTrue(launched.err().toLowerCase(Locale.ROOT).contains(reason.toLowerCase(Locale.ROOT))),
                () -> assertTrue(launched.err().contains("--help")),
                () -> assertTrue(launched.out().isEmpty()));
    }

    @Test
    void nothingIsColouredInAPipe() {
        assertFalse(Launched.main("explain", "UDP-RECV-01").out().contains("\u001b"));
        assertFalse(Launched.main("--help").out().contains("\u001b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"felix", "classpath"})
    void backendsShowsWhatIsChosenAndWhatItCanDo(String place) {
        Launched launched = Launched.main("backends", "--in", place);

        assertEquals(0, launched.exitCode(), launched::toString);
        assertTrue(launched.out().matches("(?s).*\\bnio +(chosen|available)\\b.*"), launched::toString);
        assertTrue(launched.out().matches("(?s).*\\bADOPT_CHANNEL +operation[ -]+yes\\b.*"), launched::toString);
        assertTrue(launched.err().isEmpty(), launched::toString);
    }

    @Test
    void aForcedBackendIsNamedAsForced() {
        Launched launched = Launched.run(new ProcessBuilder(
                Launched.command(List.of("-Ddatagram4j.backend=nio"), "backends", "--in", "classpath")));

        assertTrue(launched.out().contains("forced by datagram4j.backend=nio"), launched::toString);
    }
}
