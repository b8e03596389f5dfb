package org.datagram4j.benchmarks.loop.api;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.datagram4j.DatagramInfo;
import org.datagram4j.Events;
import org.datagram4j.Interest;
import org.datagram4j.Poll;
import org.datagram4j.Token;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.benchmarks.loop.Far;
import org.datagram4j.benchmarks.loop.Loopback;
import org.datagram4j.benchmarks.loop.Trips;

/** A datagram to another polling thread and back. */
final class ApiRoundTrip extends Trips {
    private final Side near;
    private final Side far;
    private final InetSocketAddress there;
    private final ByteBuffer out;

    ApiRoundTrip(UdpBackend backend, int bytes, Duration spin) throws IOException, InterruptedException {
        near = new Side(backend, spin);
        far = new Side(backend, spin);
        there = far.socket.localAddress();
        out = ByteBuffer.allocateDirect(bytes);
        Far.start(this::echo);
    }

    private void echo() {
        try {
            while (true) {
                far.poll.poll(far.events, null);
                while (far.socket.receive(far.in.clear(), far.info) != UdpSocket.WOULD_BLOCK) {
                    far.socket.sendTo(far.in.flip(), far.info.sender());
                }
            }
        } catch (UdpException e) {
            // closed: the measurement is over
        }
    }

    @Override
    protected void trip() throws IOException {
        Loopback.check(near.socket.sendTo(out.clear(), there), out.capacity());
        int received = 0;
        while (received == 0) {
            near.poll.poll(near.events, null);
            while (near.socket.receive(near.in.clear(), near.info) != UdpSocket.WOULD_BLOCK) {
                received++;
            }
        }
    }

    @Override
    public void close() throws IOException {
        far.close();
        near.close();
    }

    private static final class Side {
        final Poll poll;
        final Events events;
        final UdpSocket socket;
        final ByteBuffer in = ByteBuffer.allocateDirect(Loopback.MOST_BYTES);
        final DatagramInfo info = new DatagramInfo();

        Side(UdpBackend backend, Duration spin) throws IOException {
            poll = backend.openPoll(spin);
            events = poll.newEvents(64);
            socket = backend.bind(Loopback.any());
            poll.registry().register(socket, new Token(0), Interest.READABLE);
        }

        void close() throws IOException {
            socket.close();
            poll.close();
        }
    }
}
