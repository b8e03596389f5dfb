package org.datagram4j.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.datagram4j.ErrorKind;
import org.datagram4j.Events;
import org.datagram4j.Interest;
import org.datagram4j.Token;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.sys.linkage.Linkage;
import org.datagram4j.sys.linkage.LinuxCalls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The opt-in queue of errors: every refusal is reported, once, and then there is peace. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ErrorQueueTest {
    /** {@code <linux/socket.h>}. */
    private static final int MSG_ERRQUEUE = 0x2000;

    private final NativeBackend backend = new NativeBackend();

    @Test
    void refusalsOfAnUnconnectedSocketAreReportedOnceEach() throws Exception {
        InetSocketAddress nobody = Lab.deadEnd(backend);
        try (NativePoll poll = (NativePoll) backend.openPoll();
                UdpSocket socket = backend.open(UdpConfig.of(Lab.any()).withErrorQueue(true))) {
            Events events = poll.newEvents(4);
            poll.registry().register(socket, new Token(1), Interest.READABLE);
            int reports = 0;
            int sent = 0;
            while (sent < 5) {
                try {
                    socket.sendTo(Lab.bytes(1), nobody);
                    sent++;
                } catch (UdpException e) {
                    assertEquals(ErrorKind.CONNECTION_REFUSED, e.kind());
                    assertEquals(111, e.code());
                    reports++;
                }
            }
            Lab.await(poll, events);
            assertTrue(events.get(0).isReadable() && events.get(0).isError());
            ByteBuffer buffer = ByteBuffer.allocate(10);
            boolean more = true;
            while (more) {
                try {
                    more = socket.recv(buffer) != UdpSocket.WOULD_BLOCK;
                } catch (UdpException e) {
                    assertEquals(ErrorKind.CONNECTION_REFUSED, e.kind());
                    reports++;
                }
            }
            assertEquals(5, reports);
            poll.poll(events, Duration.ZERO); // what came in between
            long before = poll.looks();
            assertEquals(0, poll.poll(events, Duration.ofMillis(50)));
            assertTrue(poll.looks() - before <= 3, "looks: " + (poll.looks() - before));
            socket.sendTo(Lab.bytes(4), socket.localAddress());
            assertEquals(4, Lab.receive(socket, buffer));
        }
    }

    @Test
    void takingTheErrorTakesItsEntry() throws Exception {
        InetSocketAddress nobody = Lab.deadEnd(backend);
        try (UdpSocket socket = backend.open(UdpConfig.of(Lab.any()).withErrorQueue(true))) {
            socket.sendTo(Lab.bytes(1), nobody);
            assertEquals(ErrorKind.CONNECTION_REFUSED, socket.takeError().kind());
            assertEquals(null, socket.takeError());
            assertEquals(UdpSocket.WOULD_BLOCK, socket.recv(ByteBuffer.allocate(1)));
        }
    }

    @Test
    void aQueueThatCannotBeReadIsEmpty() throws Exception {
        int unreadable = -95; // EOPNOTSUPP
        Linkage linkage = Lab.linkages().findFirst().orElseThrow();
        LinuxCalls calls = Lab.proxy(
                LinuxCalls.class,
                (method, arguments) -> method.getName().equals("recvmsg") && ((int) arguments[2] & MSG_ERRQUEUE) != 0
                        ? (long) unreadable
                        : method.invoke(linkage.linux(), arguments));
        NativeBackend without = new NativeBackend(Lab.system(Lab.proxy(
                Linkage.class,
                (method, arguments) ->
                        method.getReturnType() == LinuxCalls.class ? calls : method.invoke(linkage, arguments))));
        try (UdpSocket socket = without.open(UdpConfig.of(Lab.any()).withErrorQueue(true))) {
            assertEquals(UdpSocket.WOULD_BLOCK, socket.recv(ByteBuffer.allocate(1)));
            socket.sendTo(Lab.bytes(4), socket.localAddress());
            assertEquals(4, Lab.receive(socket, ByteBuffer.allocate(10)));
        }
    }
}
