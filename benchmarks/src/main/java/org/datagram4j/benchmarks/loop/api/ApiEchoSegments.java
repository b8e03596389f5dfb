package org.datagram4j.benchmarks.loop.api;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.datagram4j.DatagramInfo;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpSocket;
import org.datagram4j.benchmarks.loop.Loopback;

/** Coalesced receives into a buffer of the caller, which goes back in segments. */
final class ApiEchoSegments extends ApiServer {
    ApiEchoSegments(UdpBackend backend, int receivers) throws IOException, InterruptedException {
        open(backend, receivers, true);
    }

    @Override
    Drain newDrain(UdpBackend backend) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(Loopback.MOST_BYTES);
        DatagramInfo info = new DatagramInfo();
        return socket -> {
            int length;
            while ((length = socket.receive(buffer.clear(), info)) != UdpSocket.WOULD_BLOCK) {
                int size = info.segmentSize();
                if (size > 0 && size < length) {
                    socket.sendSegmented(buffer.flip(), info.sender(), size);
                    count((length + size - 1) / size);
                } else {
                    socket.sendTo(buffer.flip(), info.sender());
                    count(1);
                }
            }
        };
    }
}
