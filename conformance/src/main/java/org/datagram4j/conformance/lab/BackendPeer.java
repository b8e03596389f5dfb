package org.datagram4j.conformance.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import org.datagram4j.UdpSocket;

/** A peer that is a socket of the backend under test. */
final class BackendPeer implements Peer {
    private final Lab lab;
    private final UdpSocket socket;

    BackendPeer(Lab lab, UdpSocket socket) {
        this.lab = lab;
        this.socket = socket;
    }

    BackendPeer(Lab lab, UdpSocket socket, NetworkInterface multicast, InetAddress... groups) throws IOException {
        this(lab, lab.track(socket));
        if (!socket.supportedOptions().contains(StandardSocketOptions.IP_MULTICAST_IF)) {
            throw lab.notApplicable("a socket of the backend cannot choose the interface for multicast");
        }
        socket.setOption(StandardSocketOptions.IP_MULTICAST_IF, multicast);
        for (InetAddress group : groups) {
            socket.join(group, multicast);
        }
    }

    @Override
    public InetSocketAddress address() {
        return lab.address(socket);
    }

    @Override
    public void send(byte[] payload, InetSocketAddress to) throws IOException {
        lab.sendTo(socket, payload, to);
    }

    @Override
    public Message receive() throws IOException {
        return lab.receive(socket);
    }

    @Override
    public void close() {
        socket.close();
    }
}
