package org.datagram4j.conformance.rules;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.datagram4j.conformance.lab.Lab;

/** A plain JDK channel that marks what it sends, so that what a backend reads is not what it wrote. */
final class Marked implements AutoCloseable {
    private final DatagramChannel channel;

    private Marked(DatagramChannel channel) {
        this.channel = channel;
    }

    /** A sender on an address of loopback. */
    static Marked on(Lab lab, InetAddress local) throws IOException {
        StandardProtocolFamily family =
                local.getAddress().length == 4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
        Marked marked = lab.track(new Marked(DatagramChannel.open(family)));
        marked.channel.bind(new InetSocketAddress(local, 0));
        return marked;
    }

    /** Where it is bound. */
    InetSocketAddress address() throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    /** Sends with a traffic class. */
    void send(Lab lab, byte[] payload, InetSocketAddress to, int trafficClass) throws IOException {
        channel.setOption(StandardSocketOptions.IP_TOS, trafficClass);
        if (channel.getOption(StandardSocketOptions.IP_TOS) != trafficClass) {
            throw lab.lacks("the JDK's sockets cannot set the traffic class " + trafficClass + " here");
        }
        channel.send(ByteBuffer.wrap(payload), to);
    }

    /** Sends to a group with a hop limit. */
    void sendToGroup(Lab lab, byte[] payload, InetSocketAddress group, int hopLimit) throws IOException {
        channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, lab.multicastInterface());
        channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, hopLimit);
        channel.send(ByteBuffer.wrap(payload), group);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
