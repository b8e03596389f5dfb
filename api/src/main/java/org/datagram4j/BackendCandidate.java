package org.datagram4j;

/**
 * One backend that was looked at, and what came of it. See {@link UdpBackends#explain()}.
 *
 * @param name the backend's name, or the provider's class name if it could not be made
 * @param provider the provider's class name, or what is known of it
 * @param ranking the backend's ranking; 0 if it could not be made
 * @param verdict what came of it
 * @param reason why, in a sentence
 */
public record BackendCandidate(String name, String provider, int ranking, Verdict verdict, String reason) {
    /** What came of a candidate. */
    public enum Verdict {
        /** It is what {@link UdpBackends#select()} returns, or what the service registry offers first. */
        CHOSEN,
        /** It works, and another was chosen. */
        AVAILABLE,
        /** It does not work here, or a setting keeps it away. */
        REFUSED
    }

    @Override
    public String toString() {
        return verdict.name().toLowerCase(java.util.Locale.ROOT) + " " + name + " (ranking " + ranking + "): " + reason;
    }
}
