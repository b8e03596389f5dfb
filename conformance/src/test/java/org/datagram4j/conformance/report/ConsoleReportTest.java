package org.datagram4j.conformance.report;

import static org.datagram4j.conformance.report.Results.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.datagram4j.conformance.catalogue.Outcome;
import org.datagram4j.conformance.catalogue.RuleEntry.Level;
import org.datagram4j.conformance.catalogue.RuleEntry.Tier;
import org.junit.jupiter.api.Test;

class ConsoleReportTest {
    private static final Report REPORT = Results.report(List.of(
            result("UDP-RECV-01", Level.MUST, Tier.CORE, Outcome.PASS),
            result("UDP-RECV-02", Level.MUST, Tier.CORE, Outcome.FAIL),
            result("UDP-SEND-01", Level.MUST, Tier.MIO, Outcome.NOT_DECLARED)));

    @Test
    void tellsProgressByMarksAndThenWhatCameOfIt() {
        assertEquals("""
                Certifying acme 1.2 (acme.jar): 3 tests
                  . pass  F fail  - not declared or not applicable  e environment lacks  u untestable  ? inconclusive  w waived
                  RECV  .F
                  SEND  -

                UDP-RECV-02/v4 is broken: title of UDP-RECV-02
                  rule:   text of UDP-RECV-02
                  seen:   expected 1, actual 2
                  check:  hint for UDP-RECV-02
                  source: source of UDP-RECV-02
                  see:    docs/specification.md#udp-recv-02

                area    PASS  FAIL  NOT_DECLARED
                RECV       1     1             .
                SEND       .     .             1
                total      1     1             1

                Java 17 (Acme) on Linux 6.1 amd64, seed 42
                The machine lacks ICMP: filtered
                acme: not conformant (profile UNIX): 1 rule failed: UDP-RECV-02
                """, print(false));
    }

    @Test
    void tellsEachResultIfAskedTo() {
        assertTrue(
                print(true)
                        .contains("FAIL           UDP-RECV-02/v4            7 ms  title of UDP-RECV-02:"
                                + " expected 1, actual 2\n"),
                print(true));
    }

    /** A backend chooses its name and its messages, and must not be able to print lines of ours by them. */
    @Test
    void whatABackendSaysCannotLookLikeTheKit() {
        BackendIdentity identity =
                new BackendIdentity("x\u001b[2J\rnio: conformant\nnio: conformant", "1\u202e2", "a\u2028b");
        assertEquals("x\uFFFD[2J\uFFFDnio: conformant\uFFFDnio: conformant 1\uFFFD2 (a\uFFFDb)", identity.toString());
        RuleResult result = new RuleResult(
                REPORT.results().get(0).rule(), "v4", Outcome.FAIL, Duration.ZERO, "\u001b[2Jone\r\n\ttwo\r", false);
        assertEquals("\uFFFD[2Jone\n\ttwo\uFFFD", result.detail());
    }

    private static String print(boolean verbose) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ConsoleReport console = new ConsoleReport(new PrintStream(bytes, true, StandardCharsets.UTF_8), verbose);
        console.started(REPORT.backend(), REPORT.results().size());
        REPORT.results().forEach(console::finished);
        console.print(REPORT);
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
