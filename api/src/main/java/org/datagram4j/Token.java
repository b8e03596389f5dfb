package org.datagram4j;

/**
 * What the application wants to be told back when a source becomes ready.
 *
 * <p>Every value is usable, including negative ones, and comes back bit for bit in {@link Event#token()}. Tokens need
 * not be unique: two sources with equal tokens cannot be told apart. Equality is guaranteed, identity is not.
 *
 * <p>Mirrors mio's {@code Token(usize)}. Rules: UDP-REG.
 *
 * @param value any number; the application's own key
 */
public record Token(long value) {}
