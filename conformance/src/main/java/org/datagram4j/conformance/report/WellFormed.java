package org.datagram4j.conformance.report;

/** Text from elsewhere, made fit to be written into files and onto terminals. */
final class WellFormed {
    private static final char REPLACEMENT = '\uFFFD';

    private WellFormed() {}

    /**
     * The text without halves of characters and without what steers a terminal, and cut if it is longer than that. Ends
     * of lines and tabs stay.
     */
    static String text(String text, int most) {
        return cleaned(text.replace("\r\n", "\n"), most, false);
    }

    /** The same in one line: it cannot look like another line of ours, nor turn the direction of writing. */
    static String line(String text, int most) {
        return cleaned(text, most, true);
    }

    private static String cleaned(String text, int most, boolean oneLine) {
        StringBuilder whole = new StringBuilder(Math.min(text.length(), most));
        text.codePoints()
                .limit(most)
                .forEach(point -> whole.appendCodePoint(isFit(point, oneLine) ? point : REPLACEMENT));
        int all = text.codePointCount(0, text.length());
        return all <= most ? whole.toString() : whole + " ... (" + (all - most) + " more characters)";
    }

    private static boolean isFit(int point, boolean oneLine) {
        return switch (Character.getType(point)) {
            case Character.SURROGATE -> false;
            case Character.CONTROL -> !oneLine && (point == '\n' || point == '\t');
            case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> !oneLine;
            default -> true;
        };
    }
}
