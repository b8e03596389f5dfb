package org.datagram4j.conformance.read;

/** Messages that may have hostile text in them, made fit for one line of a terminal. */
public final class OneLine {
    private static final int MOST = 400;

    private OneLine() {}

    /**
     * The text in one line, cut if it is long.
     *
     * @param text any text
     * @return text without ends of lines and without what steers a terminal
     */
    public static String of(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints().limit(MOST).forEach(point -> line.appendCodePoint(isPrintable(point) ? point : ' '));
        return text.codePointCount(0, text.length()) > MOST ? line + " ..." : line.toString();
    }

    // Neither ends of lines nor what moves a cursor, changes colours or turns the direction of writing.
    private static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
