package org.datagram4j.conformance.read;

/** A file can be read, but what it says is not so; the message says what, in one line. */
public final class Untrue extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * What is not so.
     *
     * @param message one line
     */
    public Untrue(String message) {
        super(OneLine.of(message));
    }
}
