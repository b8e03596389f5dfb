package org.datagram4j.benchmarks.loop.api;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.datagram4j.DatagramInfo;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpSocket;
import org.datagram4j.benchmarks.loop.Loopback;

/** One receive and one send for each datagram. */
final class ApiEcho extends ApiServer {
    ApiEcho(UdpBackend backend, int receivers) throws IOException, InterruptedException {
        open(backend, receivers, false);
    }

    @Override
    Drain newDrain(UdpBackend backend) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(Loopback.MOST_BYTES);
        DatagramInfo info = new DatagramInfo();
        return socket -> {
            while (socket.receive(buffer.clear(), info) != UdpSocket.WOULD_BLOCK) {
                socket.sendTo(buffer.flip(), info.sender());
                count(1);
            }
        };
    }
}
