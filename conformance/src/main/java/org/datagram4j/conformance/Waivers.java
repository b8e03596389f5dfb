package org.datagram4j.conformance;

import java.util.Map;
import java.util.TreeMap;
import org.datagram4j.conformance.catalogue.Catalogue;
import org.datagram4j.conformance.report.IssueAddress;

/** Rules that may be broken, each with an issue that anybody can read. */
final class Waivers {
    private Waivers() {}

    /** Reads {@code RULE=URL}. */
    static Map<String, String> parse(Iterable<String> texts) {
        Map<String, String> waivers = new TreeMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(
                        "a waiver is RULE=URL, where the issue at the URL says why, not '" + text + "'");
            }
            String rule = text.substring(0, equals).strip();
            if (waivers.put(rule, text.substring(equals + 1).strip()) != null) {
                throw new IllegalArgumentException("there are two waivers of " + rule + ": which issue says why?");
            }
        }
        return waivers;
    }

    /** Demands rules that there are, and addresses of web pages. */
    static void check(Map<String, String> waivers, Catalogue catalogue) {
        waivers.forEach((rule, issue) -> {
            if (catalogue.rule(rule).isEmpty()) {
                throw new IllegalArgumentException("no rule is called '" + rule + "', so it cannot be waived");
            }
            if (!IssueAddress.isPage(issue)) {
                throw new IllegalArgumentException("the waiver of " + rule
                        + " needs the address of the issue that says why, such as https://example.com/issues/1, not '"
                        + issue + "'");
            }
        });
    }
}
