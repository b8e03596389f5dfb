package org.datagram4j.conformance.lab;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.Arrays;

/** A peer of plain {@code java.net}, so that a backend cannot be wrong at both ends in the same way. */
final class JdkPeer implements Peer {
    private final DatagramSocket socket;
    private final byte[] buffer = new byte[65_535];

    JdkPeer(InetSocketAddress local, Duration patience) throws IOException {
        socket = new DatagramSocket(local);
        socket.setReceiveBufferSize(Lab.ROOMY_BYTES);
        socket.setSendBufferSize(Lab.ROOMY_BYTES);
        socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
    }

    JdkPeer(
            InetSocketAddress local,
            Duration patience,
            StandardProtocolFamily family,
            NetworkInterface multicast,
            InetAddress... groups)
            throws IOException {
        DatagramChannel channel = DatagramChannel.open(family);
        socket = channel.socket();
        try {
            channel.bind(local).setOption(StandardSocketOptions.IP_MULTICAST_IF, multicast);
            for (InetAddress group : groups) {
                channel.join(group, multicast);
            }
            socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    @Override
    public void send(byte[] payload, InetSocketAddress to) throws IOException {
        socket.send(new DatagramPacket(payload, payload.length, to));
    }

    @Override
    public Message receive() throws IOException {
        DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
        try {
            socket.receive(datagram);
        } catch (SocketTimeoutException e) {
            throw new AssertionError(
                    "expected a datagram at the independent peer " + address() + ", actual: none came", e);
        }
        return new Message(
                Arrays.copyOf(buffer, datagram.getLength()), (InetSocketAddress) datagram.getSocketAddress());
    }

    @Override
    public void close() {
        socket.close();
    }
}
