package org.datagram4j.conformance.read;

/** A file cannot be read as what it should be; the message says which, and why, in one line. */
public final class UnusableInput extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * What is wrong.
     *
     * @param message one line
     */
    public UnusableInput(String message) {
        super(OneLine.of(message));
    }
}
