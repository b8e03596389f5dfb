package org.datagram4j.conformance.render;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a failure's detail says, in its parts.
 *
 * @param message what was looked at
 * @param expected what the rule demands, or empty if the message alone tells
 * @param actual what was seen, or empty
 */
record Difference(String message, String expected, String actual) {
    // As JUnit's assertions word it: "what ==> expected: <1> but was: <2>".
    private static final Pattern WORDING =
            Pattern.compile("(?:(.*?) ==> )?expected: (.*?) but was: (.*)", Pattern.DOTALL);

    static Difference of(String detail) {
        Matcher matcher = WORDING.matcher(detail.strip());
        if (!matcher.matches() || detail.indexOf("expected: ") != detail.lastIndexOf("expected: ")) {
            return new Difference(detail.strip(), "", "");
        }
        String message = matcher.group(1) == null ? "" : matcher.group(1);
        return new Difference(message, bare(matcher.group(2)), bare(matcher.group(3)));
    }

    private static String bare(String value) {
        return value.length() > 2 && value.startsWith("<") && value.endsWith(">")
                ? value.substring(1, value.length() - 1)
                : value;
    }
}
