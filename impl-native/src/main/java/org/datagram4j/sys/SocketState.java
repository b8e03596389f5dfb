package org.datagram4j.sys;

import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import org.datagram4j.TruncationPolicy;
import org.datagram4j.sys.contract.Datagrams;

/**
 * What a socket is made of.
 *
 * @param handle open, bound, non-blocking
 * @param family its IP version
 * @param boundTo where it is bound
 * @param connectedTo whom it is connected to, or null
 * @param policy what a receive does with what does not fit
 * @param wanted what to tell about datagrams: bits of {@link Datagrams}
 * @param errorQueue whether errors are queued
 * @param v6Only whether it was asked to keep IPv4 out
 */
record SocketState(
        long handle,
        StandardProtocolFamily family,
        InetSocketAddress boundTo,
        InetSocketAddress connectedTo,
        TruncationPolicy policy,
        int wanted,
        boolean errorQueue,
        boolean v6Only) {}
