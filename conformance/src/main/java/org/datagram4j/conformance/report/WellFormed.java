package org.datagram4j.conformance.report;

/** Text from elsewhere, made fit to be written. */
final class WellFormed {
    private static final char REPLACEMENT = '\uFFFD';

    private WellFormed() {}

    /** The text without halves of characters, and cut if it is longer than that. */
    static String text(String text, int most) {
        StringBuilder whole = new StringBuilder(Math.min(text.length(), most));
        text.codePoints().limit(most).forEach(point -> whole.appendCodePoint(isHalf(point) ? REPLACEMENT : point));
        int all = text.codePointCount(0, text.length());
        return all <= most ? whole.toString() : whole + " ... (" + (all - most) + " more characters)";
    }

    private static boolean isHalf(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }
}
