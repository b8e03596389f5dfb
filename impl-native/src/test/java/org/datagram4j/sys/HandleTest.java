package org.datagram4j.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.datagram4j.ErrorKind;
import org.datagram4j.Events;
import org.datagram4j.Interest;
import org.datagram4j.Poll;
import org.datagram4j.Source;
import org.datagram4j.Token;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.sys.contract.Setting;
import org.datagram4j.sys.linkage.Linkages;
import org.datagram4j.sys.linkage.LinuxCalls;
import org.junit.jupiter.api.Test;

/** Handles that come from elsewhere and go elsewhere. */
class HandleTest {
    private final NativeBackend backend = new NativeBackend();
    private final LinuxCalls calls = Linkages.best().linux();

    @Test
    void aReleasedSocketCanBeAdoptedWithAllItHas() throws Exception {
        UdpSocket socket = backend.bind(Lab.any());
        InetSocketAddress address = socket.localAddress();
        socket.setBroadcast(true);
        socket.connect(address);
        socket.send(Lab.bytes(3));
        try (Poll poll = backend.openPoll();
                UdpSocket adopted = registeredThenReleased(poll, socket)) {
            assertFalse(socket.isOpen());
            assertEquals(address, adopted.localAddress());
            assertEquals(address, adopted.peerAddress());
            assertTrue(adopted.broadcast());
            assertEquals(3, Lab.receive(adopted, ByteBuffer.allocate(10)));
            assertEquals(0, poll.poll(poll.newEvents(1), Duration.ZERO), "the old registration is gone");
        }
    }

    private UdpSocket registeredThenReleased(Poll poll, UdpSocket socket) throws Exception {
        poll.registry().register(socket, new Token(1), Interest.READABLE);
        return backend.adopt(socket.releaseHandle());
    }

    @Test
    void onlyBoundUdpSocketsAreAdopted() throws Exception {
        int[] others = {
            calls.socket(2, 1, 0), // TCP
            calls.socket(1, 2, 0), // a datagram socket of AF_UNIX
            calls.socket(2, 2, 0), // UDP, not bound
            calls.eventfd(0, 0)
        };
        for (int fd : others) {
            UdpException error = assertThrows(UdpException.class, () -> backend.adopt(fd));
            assertEquals(ErrorKind.INVALID_INPUT, error.kind(), error.getMessage());
            assertEquals(0, calls.fcntl(fd, 3, 0) & 0x800, "left as it was");
            assertEquals(0, calls.close(fd));
        }
        UdpException error = assertThrows(UdpException.class, () -> backend.adopt(others[0]));
        assertEquals(ErrorKind.CLOSED, error.kind());
        assertThrows(IllegalArgumentException.class, () -> backend.adopt(-1));
        assertEquals(
                ErrorKind.CLOSED,
                assertThrows(UdpException.class, () -> backend.adopt(1L << 40)).kind());
    }

    @Test
    void adoptingMakesNonBlocking() throws Exception {
        UdpSocket bound = backend.bind(Lab.any());
        int fd = (int) bound.releaseHandle();
        calls.fcntl(fd, 4, 0); // F_SETFL: blocking
        try (UdpSocket socket = backend.adopt(fd)) {
            assertEquals(UdpSocket.WOULD_BLOCK, socket.recv(ByteBuffer.allocate(1)));
        }
    }

    @Test
    void everyHandleCanBeASource() throws Exception {
        int fd = calls.eventfd(0, 0x800);
        try (Poll poll = backend.openPoll()) {
            Source source = backend.source(fd);
            Events events = poll.newEvents(4);
            poll.registry().register(source, new Token(9), Interest.READABLE_WRITABLE);
            Lab.await(poll, events);
            assertTrue(events.get(0).isWritable());
            assertFalse(events.get(0).isReadable());
            poll.registry().deregister(source);
            assertEquals(0, poll.poll(events, Duration.ZERO));
        } finally {
            calls.close(fd);
        }
    }

    @Test
    void whatIsNoHandleCannotBeWatched() throws Exception {
        try (Poll poll = backend.openPoll()) {
            for (long handle : new long[] {1L << 40, Integer.MAX_VALUE}) {
                Source source = backend.source(handle);
                UdpException error = assertThrows(
                        UdpException.class, () -> poll.registry().register(source, new Token(1), Interest.READABLE));
                assertEquals(ErrorKind.CLOSED, error.kind());
            }
        }
    }

    @Test
    void theDeviceIsKeptThroughConnections() throws Exception {
        UdpConfig config = UdpConfig.of(new InetSocketAddress("0.0.0.0", 0)).withDevice("lo");
        try (UdpSocket socket = backend.open(config)) {
            int device = device(socket);
            assertTrue(device > 0, "bound to the device " + device);
            socket.connect(socket.localAddress());
            socket.disconnect();
            assertEquals(device, device(socket));
        }
    }

    private int device(UdpSocket socket) throws UdpException {
        return backend.system().get(socket.rawHandle(), socket.family(), Setting.DEVICE);
    }

    @Test
    void childrenDoNotInherit() throws Exception {
        try (UdpSocket socket = backend.bind(Lab.any());
                Poll poll = backend.openPoll()) {
            assertTrue(poll.isOpen());
            assertEquals(1, calls.fcntl((int) socket.rawHandle(), 1, 0), "FD_CLOEXEC");
        }
    }

    @Test
    void aPortTheSystemChoseIsKeptThroughConnections() throws Exception {
        UdpConfig config = UdpConfig.of(new InetSocketAddress("0.0.0.0", 0));
        try (UdpSocket socket = backend.open(config);
                UdpSocket peer = backend.bind(new InetSocketAddress("127.0.0.1", 0))) {
            int port = socket.localAddress().getPort();
            for (int i = 0; i < 100; i++) {
                socket.connect(peer.localAddress());
                assertEquals(port, socket.localAddress().getPort());
                socket.disconnect();
                assertEquals(new InetSocketAddress("0.0.0.0", port), socket.localAddress());
            }
        }
    }
}
