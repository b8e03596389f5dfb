package org.datagram4j.conformance.lab;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the machine has, found out with plain {@code java.net}, never by the backend under test.
 *
 * @param lacks name of a feature to the reason why it is missing; features that are there are absent
 * @param multicastV4 the interface on which IPv4 multicast was seen to come back, or null
 * @param multicastV6 the interface on which IPv6 multicast was seen to come back, or null
 */
public record Environment(
        Map<String, String> lacks, java.net.NetworkInterface multicastV4, java.net.NetworkInterface multicastV6) {
    /** IPv6 sockets on the loopback address. */
    public static final String IPV6 = "IPV6";
    /** A second IPv4 loopback address, 127.0.0.2. */
    public static final String SECOND_LOOPBACK = "SECOND_LOOPBACK";
    /** An interface that brings IPv4 multicast back. */
    public static final String MULTICAST_V4 = "MULTICAST_V4";
    /** An interface that brings IPv6 multicast back. */
    public static final String MULTICAST_V6 = "MULTICAST_V6";
    /** ICMP port unreachable reaches connected sockets on loopback. */
    public static final String ICMP = "ICMP";
    /** An IPv6 link-local address, with a scope, that datagrams can be sent to. */
    public static final String LINK_LOCAL = "LINK_LOCAL";
    /** IPv4 datagrams reach an IPv6 wildcard socket. */
    public static final String DUAL_STACK = "DUAL_STACK";
    /** The thread allocation counter of the JVM. */
    public static final String ALLOCATION_COUNTER = "ALLOCATION_COUNTER";
    /** A socket keeps the port that the system chose for it when it is disconnected. */
    public static final String KEPT_PORT = "KEPT_PORT";
    /** An IPv6 socket that was disconnected hears everybody again. */
    public static final String DISCONNECT_V6 = "DISCONNECT_V6";
    /** Java's selector does not hold up the carrier of a virtual thread that waits by it. */
    public static final String PARKING_SELECTOR = "PARKING_SELECTOR";
    /** IPv4 multicast groups can be joined for one source. */
    public static final String MULTICAST_SOURCE_V4 = "MULTICAST_SOURCE_V4";
    /** IPv6 multicast groups can be joined for one source. */
    public static final String MULTICAST_SOURCE_V6 = "MULTICAST_SOURCE_V6";
    /** Multicast loop is an option of those that send on Unix, of those that receive on Windows. */
    public static final String MULTICAST_LOOP = "MULTICAST_LOOP";
    /** A directory that lists this process's open descriptors, /proc/self/fd. */
    public static final String DESCRIPTOR_LIST = "DESCRIPTOR_LIST";

    /**
     * Why a feature is missing.
     *
     * @param feature one of the names of this class
     * @return the reason, or empty if it is there
     */
    public Optional<String> lack(String feature) {
        return Optional.ofNullable(lacks.get(feature));
    }

    /** All features, in the order in which they are probed and printed. */
    public static final List<String> FEATURES = List.of(
            IPV6,
            SECOND_LOOPBACK,
            MULTICAST_V4,
            MULTICAST_V6,
            ICMP,
            LINK_LOCAL,
            DUAL_STACK,
            KEPT_PORT,
            DISCONNECT_V6,
            PARKING_SELECTOR,
            MULTICAST_SOURCE_V4,
            MULTICAST_SOURCE_V6,
            MULTICAST_LOOP,
            ALLOCATION_COUNTER,
            DESCRIPTOR_LIST);

    /**
     * All features.
     *
     * @return feature to the reason why it is missing, empty if it is there
     */
    public Map<String, String> features() {
        Map<String, String> features = new LinkedHashMap<>();
        FEATURES.forEach(feature -> features.put(feature, lacks.getOrDefault(feature, "")));
        return features;
    }
}
