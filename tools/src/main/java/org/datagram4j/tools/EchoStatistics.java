package org.datagram4j.tools;

/**
 * What an echo server has done.
 *
 * @param datagrams datagrams sent back
 * @param bytes bytes sent back
 * @param truncated datagrams that were longer than the buffer, of which only the beginning was sent back
 * @param errors receives and sends that failed
 */
public record EchoStatistics(long datagrams, long bytes, long truncated, long errors) {
    /** Nothing. */
    public static final EchoStatistics NONE = new EchoStatistics(0, 0, 0, 0);

    /**
     * What was done since a moment before.
     *
     * @param before what was done until then
     * @return the difference
     */
    public EchoStatistics since(EchoStatistics before) {
        return new EchoStatistics(
                datagrams - before.datagrams,
                bytes - before.bytes,
                truncated - before.truncated,
                errors - before.errors);
    }

    /**
     * What was done by this one and another together.
     *
     * @param other the other
     * @return the sum
     */
    public EchoStatistics plus(EchoStatistics other) {
        return new EchoStatistics(
                datagrams + other.datagrams, bytes + other.bytes, truncated + other.truncated, errors + other.errors);
    }

    @Override
    public String toString() {
        return datagrams + " datagrams, " + bytes + " bytes, " + truncated + " truncated, " + errors + " errors";
    }
}
