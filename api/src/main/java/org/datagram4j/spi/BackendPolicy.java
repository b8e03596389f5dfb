package org.datagram4j.spi;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.datagram4j.UdpBackend;

/**
 * What a setting says about which backends may serve: one is forced, some are forbidden, or neither. A backend that is
 * both forced and forbidden does not serve, and then none does.
 *
 * <p>Backends keep to it by themselves. In an OSGi framework a service of this class takes the place of the framework's
 * and the system's properties, for as long as it is there; of several the one with the highest service ranking counts.
 *
 * @param forced the only backend that may serve, or null
 * @param forbidden the backends that may not serve; unmodifiable
 * @param origin where it comes from, in words, such as "configuration org.datagram4j"; empty for properties
 */
public record BackendPolicy(String forced, Set<String> forbidden, String origin) {
    /** Everybody may serve. */
    public static final BackendPolicy NONE = new BackendPolicy(null, Set.of(), "");

    /**
     * Checks, and copies the set.
     *
     * @param forced see the record
     * @param forbidden see the record
     * @param origin see the record
     * @throws NullPointerException if the set, something in it, or the origin is null
     */
    public BackendPolicy {
        forbidden = Set.copyOf(forbidden);
        Objects.requireNonNull(origin, "origin");
    }

    /**
     * What properties say: {@value UdpBackend#NAME_PROPERTY} forces one, {@value UdpBackend#FORBID_PROPERTY} forbids
     * those whose names it has, with commas between. Blanks do not count, and what is blank says nothing.
     *
     * @param properties gives a property's value, or null
     * @return the policy
     */
    public static BackendPolicy of(UnaryOperator<String> properties) {
        return of(properties, "");
    }

    /**
     * What properties from somewhere else say; see {@link #of(UnaryOperator)}.
     *
     * @param properties gives a property's value, or null
     * @param origin where they come from, in words
     * @return the policy
     */
    public static BackendPolicy of(UnaryOperator<String> properties, String origin) {
        String forced = properties.apply(UdpBackend.NAME_PROPERTY);
        String forbidden = properties.apply(UdpBackend.FORBID_PROPERTY);
        return new BackendPolicy(
                forced == null || forced.isBlank() ? null : forced.strip(),
                forbidden == null ? Set.of() : names(forbidden),
                origin);
    }

    private static Set<String> names(String list) {
        return Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * Whether a backend is the forced one.
     *
     * @param name the backend's name
     * @return true if it is, false if none is forced
     */
    public boolean forces(String name) {
        return name.equals(forced);
    }

    /**
     * Whether a backend may not serve at all.
     *
     * @param name the backend's name
     * @return true if it is forbidden
     */
    public boolean forbids(String name) {
        return forbidden.contains(name);
    }

    /**
     * Why a backend does not serve.
     *
     * @param name the backend's name
     * @return the reason, in words; empty if it serves
     */
    public Optional<String> objection(String name) {
        if (forbids(name)) {
            return Optional.of("forbidden by " + UdpBackend.FORBID_PROPERTY + "="
                    + forbidden.stream().sorted().collect(Collectors.joining(",")) + where());
        }
        return forced == null || forces(name)
                ? Optional.empty()
                : Optional.of(UdpBackend.NAME_PROPERTY + "=" + forced + where() + " forces another");
    }

    /**
     * Why the forced backend serves.
     *
     * @return the reason, in words
     */
    public String forcing() {
        return "forced by " + UdpBackend.NAME_PROPERTY + "=" + forced + where();
    }

    private String where() {
        return origin.isEmpty() ? "" : " (" + origin + ")";
    }
}
