package org.datagram4j.conformance.rules;

/** Area SEND. */
public final class SendRules {
    /** For JUnit. */
    public SendRules() {}
}
