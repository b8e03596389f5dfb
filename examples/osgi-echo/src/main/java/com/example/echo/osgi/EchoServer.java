package com.example.echo.osgi;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.datagram4j.DatagramInfo;
import org.datagram4j.ErrorKind;
import org.datagram4j.Event;
import org.datagram4j.Events;
import org.datagram4j.Interest;
import org.datagram4j.Poll;
import org.datagram4j.Token;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;

/** Sends every datagram back to its sender, in a thread of its own, until it or its backend is closed. */
final class EchoServer implements AutoCloseable {
    private static final Token SOCKET = new Token(0);
    private static final int LONGEST_DATAGRAM_BYTES = 65_535;

    private final Poll poll;
    private final UdpSocket socket;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(LONGEST_DATAGRAM_BYTES);
    private final DatagramInfo info = new DatagramInfo();

    EchoServer(UdpBackend backend, InetSocketAddress address) throws UdpException {
        socket = backend.bind(address);
        try {
            poll = backend.openPoll();
        } catch (UdpException e) {
            socket.close();
            throw e;
        }
        Thread thread = new Thread(this::run, "echo-" + backend.name());
        thread.setDaemon(true);
        thread.start();
    }

    int port() throws UdpException {
        return socket.localAddress().getPort();
    }

    private void run() {
        try {
            Events events = poll.newEvents(8);
            poll.registry().register(socket, SOCKET, Interest.READABLE);
            while (true) {
                poll.poll(events, null); // null: wait for ever
                for (Event event : events) {
                    drain();
                }
            }
        } catch (UdpException e) {
            if (e.kind() != ErrorKind.CLOSED) {
                failed(e);
            }
        } catch (IOException e) {
            failed(e);
        }
    }

    private void failed(IOException e) {
        System.out.println("The echo server stopped: " + e.getMessage());
        close();
    }

    // Readiness is reported when it begins: whoever stops before the socket is empty may wait for ever.
    private void drain() throws UdpException {
        while (socket.receive(buffer.clear(), info) != UdpSocket.WOULD_BLOCK) {
            if (info.senderPort() == 0) {
                continue; // a sender may claim port 0, where nobody can be answered
            }
            try {
                socket.sendTo(buffer.flip(), info.sender()); // would block: dropped, as any network may
            } catch (UdpException e) {
                if (e.kind() == ErrorKind.CLOSED) {
                    throw e;
                }
                System.out.println("No answer to " + info.sender() + ": " + e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        socket.close();
        poll.close();
    }
}
