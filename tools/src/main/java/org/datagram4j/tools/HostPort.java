package org.datagram4j.tools;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Reads {@code HOST:PORT}, with IPv6 addresses in brackets, as in a URL. */
public final class HostPort {
    private HostPort() {}

    /**
     * Reads an address.
     *
     * @param text such as {@code 127.0.0.1:7777} or {@code [::1]:7777}
     * @return the address
     * @throws IllegalArgumentException if it is not one, saying why
     */
    public static InetSocketAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1 || colon == text.length() - 1) {
            throw new IllegalArgumentException("'" + text + "' is not HOST:PORT, such as 127.0.0.1:7777 or [::1]:7777");
        }
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (host.contains(":") && !bracketed) {
            throw new IllegalArgumentException(
                    "'" + text + "' has an IPv6 address without brackets: write [ADDRESS]:PORT");
        }
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port(text.substring(colon + 1), text));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("there is no host '" + host + "'");
        }
    }

    /**
     * An address as this class reads it.
     *
     * @param address the address
     * @return the text
     */
    public static String format(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        if (address.getAddress() instanceof Inet6Address) {
            host = host.replaceFirst("(^|:)(0(:|$)){2,}", "::"); // ::1 instead of 0:0:0:0:0:0:0:1
        }
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    private static int port(String digits, String text) {
        if (!digits.matches("[0-9]{1,5}") || Integer.parseInt(digits) > 0xFFFF) {
            throw new IllegalArgumentException("'" + text + "' has no port from 0 to 65535 after the last colon");
        }
        return Integer.parseInt(digits);
    }
}
