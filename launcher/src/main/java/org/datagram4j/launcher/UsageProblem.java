package org.datagram4j.launcher;

/** What the user asked for does not exist or cannot be done; the message says it in one line. */
final class UsageProblem extends RuntimeException {
    private static final long serialVersionUID = 1;

    UsageProblem(String message) {
        super(message);
    }
}
