package org.datagram4j.benchmarks.loop.api;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.datagram4j.DatagramInfo;
import org.datagram4j.Events;
import org.datagram4j.Interest;
import org.datagram4j.Poll;
import org.datagram4j.Token;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpSocket;
import org.datagram4j.benchmarks.loop.Loopback;
import org.datagram4j.benchmarks.loop.Steps;

/** One datagram to one of many registered sockets, a poll, and receives until would-block. */
final class ApiEvents extends Steps {
    private final Poll poll;
    private final Events events;
    private final UdpSocket sender;
    private final List<UdpSocket> sockets = new ArrayList<>();
    private final InetSocketAddress active;
    private final ByteBuffer out = ByteBuffer.allocateDirect(64);
    private final ByteBuffer in = ByteBuffer.allocateDirect(Loopback.MOST_BYTES);
    private final DatagramInfo info = new DatagramInfo();

    ApiEvents(UdpBackend backend, int count, int base) throws IOException {
        poll = backend.openPoll();
        events = poll.newEvents(64);
        sender = backend.bind(Loopback.any());
        for (int i = 0; i < count; i++) {
            UdpSocket socket = backend.bind(Loopback.one(i, base));
            sockets.add(socket);
            poll.registry().register(socket, new Token(i), Interest.READABLE);
        }
        active = sockets.get(count / 2).localAddress();
    }

    @Override
    protected int step() throws IOException {
        Loopback.check(sender.sendTo(out.clear(), active), out.capacity());
        int received = 0;
        while (received == 0) {
            poll.poll(events, null);
            for (int i = 0; i < events.size(); i++) {
                UdpSocket socket = sockets.get((int) events.get(i).token().value());
                while (socket.receive(in.clear(), info) != UdpSocket.WOULD_BLOCK) {
                    received++;
                }
            }
        }
        return 1;
    }

    @Override
    public void close() throws IOException {
        sender.close();
        for (UdpSocket socket : sockets) {
            socket.close();
        }
        poll.close();
    }
}
