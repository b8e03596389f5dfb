package org.datagram4j.spi;

import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collections;
import java.util.List;
import org.datagram4j.ErrorKind;
import org.datagram4j.UdpException;

/** Finds network interfaces in the ways that the multicast methods name them. */
public final class Interfaces {
    private Interfaces() {}

    /**
     * The interface that has an IPv4 address.
     *
     * @param address one of its addresses, or 0.0.0.0
     * @return the interface, or null (any) for 0.0.0.0
     * @throws UdpException {@link ErrorKind#NO_SUCH_DEVICE} if no interface has it
     */
    public static NetworkInterface byAddress(Inet4Address address) throws UdpException {
        if (address.isAnyLocalAddress()) {
            return null;
        }
        return found(() -> NetworkInterface.getByInetAddress(address), "the address " + address.getHostAddress());
    }

    /**
     * The interface that has an index.
     *
     * @param index its index, or 0
     * @return the interface, or null (any) for 0
     * @throws UdpException {@link ErrorKind#NO_SUCH_DEVICE} if there is none
     * @throws IllegalArgumentException if negative
     */
    public static NetworkInterface byIndex(int index) throws UdpException {
        Arguments.range(index, 0, Integer.MAX_VALUE, "interface index");
        return index == 0 ? null : found(() -> NetworkInterface.getByIndex(index), "the index " + index);
    }

    /**
     * The interface that "any" stands for in a multicast join: the first that is up, can multicast and is not loopback,
     * else loopback.
     *
     * @return the interface
     * @throws UdpException {@link ErrorKind#NO_SUCH_DEVICE} if there is none at all
     */
    public static NetworkInterface any() throws UdpException {
        return found(
                () -> {
                    NetworkInterface loopback = null;
                    List<NetworkInterface> all = Collections.list(NetworkInterface.getNetworkInterfaces());
                    for (NetworkInterface candidate : all) {
                        if (candidate.isUp() && candidate.isLoopback()) {
                            loopback = candidate;
                        } else if (candidate.isUp() && candidate.supportsMulticast()) {
                            return candidate;
                        }
                    }
                    return loopback;
                },
                "multicast");
    }

    private interface Lookup {
        NetworkInterface get() throws SocketException;
    }

    private static NetworkInterface found(Lookup lookup, String what) throws UdpException {
        NetworkInterface found;
        try {
            found = lookup.get();
        } catch (SocketException e) {
            throw new UdpException(
                    ErrorKind.OTHER,
                    UdpException.NO_CODE,
                    "looking for an interface with " + what + ": " + e.getMessage(),
                    e);
        }
        if (found == null) {
            throw new UdpException(
                    ErrorKind.NO_SUCH_DEVICE,
                    "no network interface has " + what + ": see NetworkInterface.networkInterfaces()");
        }
        return found;
    }
}
