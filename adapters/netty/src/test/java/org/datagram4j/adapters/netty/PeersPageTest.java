package org.datagram4j.adapters.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.datagram4j.conformance.catalogue.Catalogue;
import org.junit.jupiter.api.Test;

/** {@code docs/peers.md} shows what the test asserts; {@code -Ddatagram4j.docs.write=true} writes it. */
class PeersPageTest {
    private static final String BEGIN = "<!-- generated from faults.json -->\n";
    private static final String END = "<!-- end -->";
    private static final List<String> BACKENDS = List.of("netty-nio", "netty-epoll", "netty-epoll-recvmmsg");

    @Test
    void thePageSaysWhatFailsAndWhy() throws IOException {
        Path page = Path.of(System.getProperty("datagram4j.project.root"), "docs", "peers.md");
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        String wanted = text.substring(0, begin) + "\n" + table() + "\n" + text.substring(text.indexOf(END));
        if (Boolean.getBoolean("datagram4j.docs.write")) {
            Files.writeString(page, wanted);
        }
        assertEquals(wanted, Files.readString(page), "run it with -Ddatagram4j.docs.write=true");
    }

    private static String table() throws IOException {
        Catalogue catalogue = Catalogue.load();
        StringBuilder table =
                new StringBuilder("| rules | fail with | whose fault | what happens |\n|---|---|---|---|\n");
        for (Fault fault : Fault.known()) {
            List<String> failing = new ArrayList<>();
            for (String backend : BACKENDS) {
                if (!fault.rulesOf(backend).isEmpty()) {
                    failing.add("`" + backend + "`");
                }
            }
            List<String> rules = BACKENDS.stream()
                    .flatMap(backend -> fault.rulesOf(backend).stream())
                    .distinct()
                    .map(rule -> link(catalogue, rule))
                    .toList();
            table.append("| ")
                    .append(String.join(", ", rules))
                    .append(" | ")
                    .append(failing.size() == BACKENDS.size() ? "all three" : String.join(", ", failing))
                    .append(fault.byChance() ? ", by chance" : "")
                    .append(" | ")
                    .append(fault.of())
                    .append(" | ")
                    .append(fault.what())
                    .append(" |\n");
        }
        return table.toString();
    }

    private static String link(Catalogue catalogue, String rule) {
        if (catalogue.rule(rule).isEmpty()) {
            throw new IllegalStateException("faults.json names " + rule + ", which is no rule");
        }
        return "[" + rule + "](specification.md#" + rule.toLowerCase(Locale.ROOT) + ")";
    }
}
