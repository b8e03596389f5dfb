package org.datagram4j.benchmarks.loop.api;

import java.io.IOException;
import org.datagram4j.Interest;
import org.datagram4j.Poll;
import org.datagram4j.Token;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpSocket;
import org.datagram4j.benchmarks.loop.Loopback;
import org.datagram4j.benchmarks.loop.Steps;

/** A socket registered and deregistered. */
final class ApiChurn extends Steps {
    private final Poll poll;
    private final UdpSocket socket;
    private final Token token = new Token(1);

    ApiChurn(UdpBackend backend) throws IOException {
        poll = backend.openPoll();
        socket = backend.bind(Loopback.any());
    }

    @Override
    protected int step() throws IOException {
        poll.registry().register(socket, token, Interest.READABLE);
        poll.registry().deregister(socket);
        return 1;
    }

    @Override
    public void close() {
        socket.close();
        poll.close();
    }
}
