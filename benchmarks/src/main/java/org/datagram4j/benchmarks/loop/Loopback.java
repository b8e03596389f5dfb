package org.datagram4j.benchmarks.loop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** What the loops share. */
public final class Loopback {
    /** The largest payload of a datagram. */
    public static final int MOST_PAYLOAD = 65_507;

    /** The largest datagram. */
    public static final int MOST_BYTES = 65_535;

    /** What every server asks for. */
    public static final int RECEIVE_BUFFER = 1 << 20;

    /** How long a spinning wait looks before it sleeps. */
    public static final long SPIN_NANOS = 1_000_000;

    /** Ports run out at some 28,000 for an address; each address of 127/8 has its own. */
    private static final int SOCKETS_PER_ADDRESS = 20_000;

    private static final int PATIENCE = 1 << 26;

    private Loopback() {}

    /** Any port of 127.0.0.1. */
    public static InetSocketAddress any() {
        return at(0);
    }

    /** A port of 127.0.0.1. */
    public static InetSocketAddress at(int port) {
        return address(new byte[] {127, 0, 0, 1}, port);
    }

    /** Where to bind one of many sockets; the base tells contenders apart that hold theirs at the same time. */
    public static InetSocketAddress one(int index, int base) {
        return address(new byte[] {127, (byte) base, 0, (byte) (1 + index / SOCKETS_PER_ADDRESS)}, 0);
    }

    private static InetSocketAddress address(byte[] host, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(host), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // four bytes are an address
        }
    }

    /** How many datagrams a burst has: as many as wanted, or for 0 as many as one segmented send can carry. */
    public static int burst(int bytes, int wanted) {
        return wanted > 0 ? wanted : Math.min(Loop.BURST, MOST_PAYLOAD / bytes);
    }

    /** Counts a would-block in the middle of a burst: the datagram is still on its way through the kernel. */
    public static int await(int tries) throws IOException {
        if (tries > PATIENCE) {
            throw new IOException("a datagram was lost");
        }
        return tries + 1;
    }

    /** A send to oneself sends everything. */
    public static void check(int sent, int expected) throws IOException {
        if (sent != expected) {
            throw new IOException("sent " + sent + " instead of " + expected);
        }
    }
}
