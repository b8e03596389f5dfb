package org.datagram4j.benchmarks.loop.blocking;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.StandardSocketOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.datagram4j.benchmarks.loop.Loopback;
import org.datagram4j.benchmarks.loop.Server;

/** One receive and one send for each datagram, on a virtual thread for each socket. */
final class BlockingEcho extends Server {
    private final List<DatagramSocket> sockets = new ArrayList<>();
    private volatile boolean closed;

    BlockingEcho(int receivers) throws IOException, ReflectiveOperationException {
        Executor threads = VirtualThreads.newExecutor();
        int port = 0;
        for (int i = 0; i < Math.max(1, receivers); i++) {
            DatagramSocket socket = new DatagramSocket(null);
            socket.setReceiveBufferSize(Loopback.RECEIVE_BUFFER);
            socket.setOption(StandardSocketOptions.SO_REUSEPORT, receivers > 1);
            socket.bind(Loopback.at(port));
            port = socket.getLocalPort();
            sockets.add(socket);
            threads.execute(() -> serve(socket));
        }
        listens(port);
    }

    private void serve(DatagramSocket socket) {
        byte[] buffer = new byte[Loopback.MOST_BYTES];
        DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
        try {
            while (true) {
                datagram.setLength(buffer.length);
                socket.receive(datagram);
                socket.send(datagram);
                count(1);
            }
        } catch (IOException e) {
            if (!closed) {
                e.printStackTrace();
                Runtime.getRuntime().halt(1);
            }
        }
    }

    @Override
    protected boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        sockets.forEach(DatagramSocket::close);
    }
}
