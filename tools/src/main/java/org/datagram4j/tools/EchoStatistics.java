package org.datagram4j.launcher;

/**
 * What an echo server has done.
 *
 * @param datagrams datagrams sent back
 * @param bytes bytes sent back
 * @param truncated datagrams that were longer than the buffer, of which only the beginning was sent back
 * @param errors receives and sends that failed
 */
record EchoStatistics(long datagrams, long bytes, long truncated, long errors) {
    static final EchoStatistics NONE = new EchoStatistics(0, 0, 0, 0);

    EchoStatistics since(EchoStatistics before) {
        return new EchoStatistics(
                datagrams - before.datagrams,
                bytes - before.bytes,
                truncated - before.truncated,
                errors - before.errors);
    }

    @Override
    public String toString() {
        return datagrams + " datagrams, " + bytes + " bytes, " + truncated + " truncated, " + errors + " errors";
    }
}
