package org.datagram4j.tools;

import java.util.Map;
import java.util.Set;

/**
 * A backend as one place shows it. Names instead of the api's types, because a framework has classes of its own.
 *
 * @param name its name, or what is known of it
 * @param verdict what came of it: chosen, available or refused
 * @param ranking its ranking, or "" if it was refused
 * @param profile its profile, or "" if it was refused
 * @param provider the bundle or class that it comes from
 * @param reason why it was chosen, is merely available, or was refused
 * @param capabilities names of capabilities
 * @param limits name of a limit to its number; empty where they cannot be seen
 */
public record FoundBackend(
        String name,
        String verdict,
        String ranking,
        String profile,
        String provider,
        String reason,
        Set<String> capabilities,
        Map<String, Long> limits) {
    /**
     * One that cannot be used.
     *
     * @param name its name, or what is known of it
     * @param provider the bundle or class that it comes from
     * @param reason why
     * @return the description
     */
    public static FoundBackend refused(String name, String provider, String reason) {
        return new FoundBackend(name, "refused", "", "", provider, reason, Set.of(), Map.of());
    }

    /**
     * Whether it is the chosen one.
     *
     * @return true if it is
     */
    public boolean chosen() {
        return verdict.equals("chosen");
    }

    /**
     * Whether it can be used.
     *
     * @return true if it is chosen or available
     */
    public boolean works() {
        return !verdict.equals("refused");
    }
}
