package org.datagram4j.conformance.lab;

import org.datagram4j.Event;
import org.datagram4j.Token;

/**
 * An event as it was, kept beyond the poll.
 *
 * @param token whose
 * @param readable whether to receive
 * @param writable whether to send
 * @param error whether an error is pending
 */
public record Seen(Token token, boolean readable, boolean writable, boolean error) {
    static Seen of(Event event) {
        return new Seen(event.token(), event.isReadable(), event.isWritable(), event.isError());
    }

    @Override
    public String toString() {
        return token.value() + (readable ? " readable" : "") + (writable ? " writable" : "") + (error ? " error" : "");
    }
}
