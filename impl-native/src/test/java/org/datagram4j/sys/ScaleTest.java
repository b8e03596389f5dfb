package org.datagram4j.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.datagram4j.UdpSocket;
import org.junit.jupiter.api.Test;

/** Many sockets cost what they hold in the system, and hardly any memory here. */
class ScaleTest {
    private static final int SOCKETS = 2_000;
    private static final long BORROWED = 32L * (Scratch.ROOM + 1024);

    @Test
    void socketsShareTheirMemory() throws Exception {
        NativeBackend backend = new NativeBackend();
        long before = direct();
        List<UdpSocket> sockets = new ArrayList<>();
        try {
            ByteBuffer buffer = ByteBuffer.allocate(1);
            for (int i = 0; i < SOCKETS; i++) {
                UdpSocket socket = backend.bind(Lab.any());
                sockets.add(socket);
                socket.sendTo(buffer.clear(), socket.localAddress());
                assertEquals(1, Lab.receive(socket, buffer.clear()));
            }
            long grown = direct() - before;
            assertTrue(grown < BORROWED, SOCKETS + " sockets hold " + grown + " bytes of direct memory");
        } finally {
            sockets.forEach(UdpSocket::close);
        }
    }

    private static long direct() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }
}
