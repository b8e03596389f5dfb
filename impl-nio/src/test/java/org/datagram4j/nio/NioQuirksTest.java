package org.datagram4j.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.List;
import org.datagram4j.Capability;
import org.datagram4j.ErrorKind;
import org.datagram4j.Events;
import org.datagram4j.Interest;
import org.datagram4j.Poll;
import org.datagram4j.Token;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpException;
import org.datagram4j.UdpOptions;
import org.datagram4j.UdpSocket;
import org.junit.jupiter.api.Test;

class NioQuirksTest {
    private record Case(Exception thrown, ErrorKind kind) {}

    @Test
    void namesWhatChannelsThrow() {
        List<Case> cases = List.of(
                new Case(new BindException("Address already in use"), ErrorKind.ADDRESS_IN_USE),
                new Case(new BindException("Address already in use: bind"), ErrorKind.ADDRESS_IN_USE),
                new Case(new BindException("Cannot assign requested address"), ErrorKind.ADDRESS_NOT_AVAILABLE),
                new Case(new BindException("Can't assign requested address"), ErrorKind.ADDRESS_NOT_AVAILABLE),
                new Case(new BindException("Permission denied"), ErrorKind.PERMISSION_DENIED),
                new Case(new SocketException("Operation not permitted"), ErrorKind.PERMISSION_DENIED),
                new Case(new IOException("Message too long"), ErrorKind.MESSAGE_TOO_LARGE),
                new Case(new SocketException("Network is unreachable"), ErrorKind.NETWORK_UNREACHABLE),
                new Case(new SocketException("Network is down"), ErrorKind.NETWORK_DOWN),
                new Case(new NoRouteToHostException("Keine Route zum Zielrechner"), ErrorKind.HOST_UNREACHABLE),
                new Case(new IOException("No route to host"), ErrorKind.HOST_UNREACHABLE),
                new Case(new PortUnreachableException(), ErrorKind.CONNECTION_REFUSED),
                new Case(new SocketException("No buffer space available"), ErrorKind.NO_BUFFER_SPACE),
                new Case(new IOException("Too many open files in system"), ErrorKind.TOO_MANY_OPEN_FILES),
                new Case(new SocketException("No such device"), ErrorKind.NO_SUCH_DEVICE),
                new Case(new IOException("Network interface not configured for IPv4"), ErrorKind.NO_SUCH_DEVICE),
                new Case(new SocketException("Invalid argument"), ErrorKind.INVALID_INPUT),
                new Case(new SocketException("Protocol not available"), ErrorKind.NOT_SUPPORTED),
                new Case(new NotYetConnectedException(), ErrorKind.NOT_CONNECTED),
                new Case(new UnsupportedAddressTypeException(), ErrorKind.WRONG_FAMILY),
                new Case(new ClosedChannelException(), ErrorKind.CLOSED),
                new Case(new AsynchronousCloseException(), ErrorKind.CLOSED),
                new Case(new ClosedSelectorException(), ErrorKind.CLOSED),
                new Case(new IOException("something new"), ErrorKind.OTHER),
                new Case(new IOException((String) null), ErrorKind.OTHER));
        for (Case each : cases) {
            UdpException translated = NioQuirks.translate("testing", each.thrown);
            assertEquals(each.kind, translated.kind(), each.thrown.toString());
            assertSame(each.thrown, translated.getCause());
        }
        UdpException ours = new UdpException(ErrorKind.INVALID_INPUT, "known");
        assertSame(ours, NioQuirks.translate("testing", ours));
    }

    /** The system may speak another language than the table. */
    @Test
    void tellsBindFailuresApartWithoutWords() throws Exception {
        BindException foreign = new BindException("Die Adresse wird bereits verwendet");
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        assertEquals(
                ErrorKind.ADDRESS_IN_USE,
                NioQuirks.bindFailure(new InetSocketAddress(loopback, 4711), foreign)
                        .kind());
        assertEquals(
                ErrorKind.PERMISSION_DENIED,
                NioQuirks.bindFailure(new InetSocketAddress(loopback, 80), foreign)
                        .kind());
        assertEquals(
                ErrorKind.ADDRESS_NOT_AVAILABLE,
                NioQuirks.bindFailure(new InetSocketAddress("192.0.2.77", 0), foreign)
                        .kind());
    }

    @Test
    void roundsTimeoutsUp() {
        assertEquals(1, NioQuirks.selectMillis(1));
        assertEquals(1, NioQuirks.selectMillis(1_000_000));
        assertEquals(2, NioQuirks.selectMillis(1_000_001));
        assertEquals(Integer.MAX_VALUE, NioQuirks.selectMillis(Long.MAX_VALUE - 1));
        assertEquals(0, NioQuirks.selectMillis(Long.MAX_VALUE), "0 selects without end");
    }

    @Test
    void makesTheWildcardPeerConcrete() throws Exception {
        InetSocketAddress peer = new InetSocketAddress("0.0.0.0", 9);
        assertEquals(
                new InetSocketAddress("127.0.0.1", 9), NioQuirks.concrete(peer, new InetSocketAddress("0.0.0.0", 1)));
        assertEquals(
                new InetSocketAddress("10.1.2.3", 9), NioQuirks.concrete(peer, new InetSocketAddress("10.1.2.3", 1)));
        InetSocketAddress peer6 = new InetSocketAddress("::", 9);
        assertEquals(new InetSocketAddress("::1", 9), NioQuirks.concrete(peer6, new InetSocketAddress("::", 1)));
        InetSocketAddress other = new InetSocketAddress("127.0.0.1", 9);
        assertSame(other, NioQuirks.concrete(other, null));
    }

    /** Fails on the day the JDK sends them itself; then the second channel can go. */
    @Test
    void sendsEmptyDatagramsFromConnectedChannels() throws Exception {
        NioBackend backend = new NioBackend();
        try (Poll poll = backend.openPoll();
                UdpSocket receiver = Loopback.socket(backend);
                UdpSocket sender = Loopback.socket(backend)) {
            Events events = poll.newEvents(4);
            poll.registry().register(receiver, new Token(1), Interest.READABLE);
            sender.connect(receiver.localAddress());
            ByteBuffer buffer = ByteBuffer.allocate(4);
            for (int i = 0; i < 3; i++) {
                assertEquals(0, sender.send(ByteBuffer.allocate(0)));
                assertEquals(0, Loopback.receive(poll, events, receiver, buffer));
                assertEquals(1, sender.send(ByteBuffer.wrap(new byte[] {7})), "the connection is as it was");
                assertEquals(1, Loopback.receive(poll, events, receiver, buffer.clear()));
            }
            assertFalse(sender.getOption(java.net.StandardSocketOptions.SO_REUSEADDR), "as it was");
        }
        try (java.nio.channels.DatagramChannel from = java.nio.channels.DatagramChannel.open();
                java.nio.channels.DatagramChannel to = java.nio.channels.DatagramChannel.open()) {
            to.bind(Loopback.any());
            from.connect(to.getLocalAddress());
            from.write(ByteBuffer.allocate(0));
            from.write(ByteBuffer.allocate(1));
            ByteBuffer buffer = ByteBuffer.allocate(4);
            to.receive(buffer);
            assertEquals(1, buffer.position(), "the JDK did not send the empty one");
        }
    }

    /** The constant of jdk.net is found by its name, where there is one. */
    @Test
    void findsTheOptionThatNewerVersionsHave() throws Exception {
        NioBackend backend = new NioBackend();
        boolean declared = backend.capabilities().contains(Capability.DONT_FRAGMENT);
        assertEquals(Runtime.version().feature() >= 19, declared);
        for (String address : new String[] {"127.0.0.1", "::1"}) {
            if (NetworkInterface.getByInetAddress(InetAddress.getByName(address)) == null) {
                continue; // this machine has no IPv6
            }
            try (UdpSocket socket = backend.bind(new InetSocketAddress(address, 0))) {
                assertEquals(declared, socket.supportedOptions().contains(UdpOptions.IP_DONTFRAGMENT));
                if (declared) {
                    socket.setOption(UdpOptions.IP_DONTFRAGMENT, true);
                    assertTrue(socket.getOption(UdpOptions.IP_DONTFRAGMENT));
                    socket.setOption(UdpOptions.IP_DONTFRAGMENT, false);
                    assertFalse(socket.getOption(UdpOptions.IP_DONTFRAGMENT));
                } else {
                    assertThrows(
                            UnsupportedOperationException.class,
                            () -> socket.setOption(UdpOptions.IP_DONTFRAGMENT, true));
                }
            }
        }
    }

    @Test
    void keepsScopesAndInventsNone() throws Exception {
        NioBackend backend = new NioBackend();
        UdpException refused =
                assertThrows(UdpException.class, () -> backend.open(UdpConfig.of(new InetSocketAddress("fe80::1", 0))));
        assertEquals(ErrorKind.INVALID_INPUT, refused.kind());
    }
}
