package org.datagram4j;

import java.util.Objects;
import java.util.Optional;

/**
 * Which readiness a registration asks for. Never empty: to hear nothing, deregister.
 *
 * <p>There is no interest in errors: an error makes a socket ready in every direction it is registered for. Mirrors
 * mio's {@code Interest}.
 */
public enum Interest {
    /** A receive may succeed. */
    READABLE,
    /** A send may succeed. */
    WRITABLE,
    /** Both directions. */
    READABLE_WRITABLE;

    /**
     * Whether receiving is asked for.
     *
     * @return true for {@link #READABLE} and {@link #READABLE_WRITABLE}
     */
    public boolean isReadable() {
        return this != WRITABLE;
    }

    /**
     * Whether sending is asked for.
     *
     * @return true for {@link #WRITABLE} and {@link #READABLE_WRITABLE}
     */
    public boolean isWritable() {
        return this != READABLE;
    }

    /**
     * The union of two interests.
     *
     * @param other the interest to add
     * @return an interest in everything that either asks for
     * @throws NullPointerException if {@code other} is null
     */
    public Interest add(Interest other) {
        Objects.requireNonNull(other, "other");
        return this == other ? this : READABLE_WRITABLE;
    }

    /**
     * The set difference of two interests; removing what is absent changes nothing.
     *
     * @param other the interest to take away
     * @return what remains, or empty if nothing does
     * @throws NullPointerException if {@code other} is null
     */
    public Optional<Interest> remove(Interest other) {
        Objects.requireNonNull(other, "other");
        boolean readable = isReadable() && !other.isReadable();
        boolean writable = isWritable() && !other.isWritable();
        if (readable && writable) {
            return Optional.of(READABLE_WRITABLE);
        }
        return readable ? Optional.of(READABLE) : writable ? Optional.of(WRITABLE) : Optional.empty();
    }
}
