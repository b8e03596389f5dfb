package org.datagram4j.benchmarks.loop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** What the loops share. */
final class Loopback {
    /** Ports run out at some 28,000 for an address; each address of 127/8 has its own. */
    private static final int SOCKETS_PER_ADDRESS = 20_000;

    private static final int PATIENCE = 1 << 26;

    private Loopback() {}

    /** Where to bind one of many sockets. */
    static InetSocketAddress address(int index) throws IOException {
        byte host = (byte) (1 + index / SOCKETS_PER_ADDRESS);
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, host}), 0);
    }

    /** Counts a would-block in the middle of a burst: the datagram is still on its way through the kernel. */
    static int await(int tries) throws IOException {
        if (tries > PATIENCE) {
            throw new IOException("a datagram was lost");
        }
        return tries + 1;
    }

    static void check(int sent, int expected) throws IOException {
        if (sent != expected) {
            throw new IOException("sent " + sent + " instead of " + expected);
        }
    }
}
