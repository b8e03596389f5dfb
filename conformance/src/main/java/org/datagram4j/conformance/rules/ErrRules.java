package org.datagram4j.conformance.rules;

import static org.datagram4j.UdpSocket.WOULD_BLOCK;
import static org.datagram4j.conformance.lab.Lab.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.datagram4j.DatagramBatch;
import org.datagram4j.DatagramInfo;
import org.datagram4j.ErrorKind;
import org.datagram4j.Interest;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.conformance.lab.Lab;
import org.datagram4j.conformance.lab.Message;
import org.datagram4j.conformance.lab.Peer;
import org.datagram4j.conformance.lab.Seen;
import org.datagram4j.conformance.lab.Watch;
import org.datagram4j.conformance.run.Rule;

/** Area ERR. */
public final class ErrRules {
    private static final long TOKEN = 7;

    /** For JUnit. */
    public ErrRules() {}

    @Rule("UDP-ERR-01")
    void unconnectedNeverReports(Lab lab) throws Exception {
        Peer alive = lab.peer();
        UdpSocket socket = lab.socket();
        Watch watch = lab.watch();
        watch.register(socket, TOKEN, Interest.READABLE);
        expectSilence(socket);
        InetSocketAddress dead = lab.deadAddress();
        for (int i = 0; i < 3; i++) {
            lab.sendTo(socket, "to nobody", dead);
            awaitRefusal(lab, dead);
            expectSilence(socket);
        }
        watch.expectNothing();
        expectTalk(lab, socket, alive);
    }

    @Rule("UDP-ERR-02")
    void everyReceiveReports(Lab lab) throws Exception {
        for (Map.Entry<String, Attempt> receive : receives(lab).entrySet()) {
            UdpSocket socket = lab.socket();
            socket.connect(lab.deadAddress());
            lab.send(socket, "to nobody");
            expectRefusal(lab, receive.getKey(), () -> receive.getValue().got(socket));
            expectSilence(socket);
        }
    }

    @Rule("UDP-ERR-16")
    void refusalInTheMiddleIsReported(Lab lab) throws Exception {
        DatagramBatch out = lab.backend().newBatch(4, 16);
        Map<String, Attempt> receives = receives(lab);
        receives.put("takeError", socket -> {
            UdpException error = socket.takeError();
            if (error != null) {
                throw error;
            }
            return false;
        });
        for (Map.Entry<String, Attempt> receive : receives.entrySet()) {
            for (boolean batch : new boolean[] {true, false}) {
                UdpSocket socket = lab.socket();
                InetSocketAddress dead = lab.deadAddress();
                socket.connect(dead);
                Watch watch = lab.watch();
                watch.register(socket, TOKEN, Interest.READABLE);
                if (batch) {
                    sendTo(lab, socket, out);
                } else {
                    ByteBuffer segments = ByteBuffer.allocate(16);
                    lab.eventually("segments to be sent", () -> socket.sendSegmented(segments, dead, 4) != WOULD_BLOCK);
                }
                watch.expectReadable(TOKEN);
                String what = receive.getKey() + (batch ? " after a batch" : " after segments");
                expectRefusal(lab, what, () -> receive.getValue().got(socket));
            }
        }
    }

    private static void sendTo(Lab lab, UdpSocket socket, DatagramBatch out) throws IOException {
        for (int slot = 0; slot < out.slots(); slot++) {
            Batches.put(out, slot, "slot " + slot, null);
        }
        lab.eventually("a batch to be sent", () -> socket.sendBatch(out, 0, out.slots()) != WOULD_BLOCK);
    }

    @Rule("UDP-ERR-15")
    void refusalClearsInfo(Lab lab) throws Exception {
        InetSocketAddress somebody = lab.socket().localAddress();
        ByteBuffer buffer = ByteBuffer.allocate(16);
        DatagramInfo info = new DatagramInfo();
        for (boolean peek : new boolean[] {false, true}) {
            UdpSocket socket = lab.socket();
            socket.connect(lab.deadAddress());
            lab.send(socket, "to nobody");
            String what = peek ? "peek" : "receive";
            expectRefusal(lab, what, () -> {
                info.fill().sender(somebody).length(3, true, 5);
                return (peek ? socket.peek(buffer, info) : socket.receive(buffer, info)) != WOULD_BLOCK;
            });
            assertNull(info.sender(), "sender in the info after a refused " + what);
            assertEquals(0, info.length(), "length in the info after a refused " + what);
            assertFalse(info.truncated(), "expected nothing truncated after a refused " + what + ", actual: truncated");
        }
    }

    /** A way to receive. */
    private interface Attempt {
        boolean got(UdpSocket socket) throws IOException;
    }

    private static Map<String, Attempt> receives(Lab lab) {
        ByteBuffer buffer = ByteBuffer.allocate(16);
        DatagramInfo info = new DatagramInfo();
        DatagramBatch batch = lab.backend().newBatch(2, 16);
        Map<String, Attempt> receives = new LinkedHashMap<>();
        receives.put("recv", socket -> socket.recv(buffer) != WOULD_BLOCK);
        receives.put("recvFrom", socket -> socket.recvFrom(buffer) != null);
        receives.put("receive", socket -> socket.receive(buffer, info) != WOULD_BLOCK);
        receives.put("recvBatch", socket -> socket.recvBatch(batch, 0, 2) != WOULD_BLOCK);
        receives.put("peek", socket -> socket.peek(buffer) != WOULD_BLOCK);
        receives.put("peekFrom", socket -> socket.peekFrom(buffer) != null);
        receives.put("peek with info", socket -> socket.peek(buffer, info) != WOULD_BLOCK);
        return receives;
    }

    @Rule("UDP-ERR-03")
    void notMoreReportsThanDatagrams(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        InetSocketAddress dead = lab.deadAddress();
        socket.connect(dead);
        int sent = 0;
        int reported = 0;
        for (int round = 0; round < 6; round++) {
            try {
                lab.send(socket, "to nobody");
                sent++;
            } catch (UdpException e) {
                reported += requireRefused(e);
            }
            awaitRefusal(lab, dead);
            // Rounds in which nothing is received leave the report to the next send.
            for (int i = 0; round % 2 == 0 && i < 3; i++) {
                reported += receiveReports(socket);
            }
        }
        for (int i = 0; i < 10; i++) {
            reported += receiveReports(socket);
        }
        int count = sent;
        int reports = reported;
        assertTrue(reports > 0, "expected a report of " + count + " datagrams to nobody, actual: none");
        assertTrue(
                reports <= count, () -> "expected at most " + count + " reports, one per datagram, actual: " + reports);
    }

    private static int receiveReports(UdpSocket socket) throws IOException {
        try {
            assertEquals(WOULD_BLOCK, socket.recv(ByteBuffer.allocate(16)), "recv when nothing was sent to the socket");
            return 0;
        } catch (UdpException e) {
            return requireRefused(e);
        }
    }

    @Rule("UDP-ERR-04")
    void sendThatThrowsSentNothing(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        InetSocketAddress dead = lab.deadAddress();
        socket.connect(dead);
        lab.send(socket, "to nobody");
        awaitRefusal(lab, dead);
        Peer revived = peerAt(lab, dead);
        List<String> sent = new ArrayList<>();
        for (String text : new String[] {"first", "second", "third"}) {
            ByteBuffer payload = ByteBuffer.wrap(bytes(text));
            try {
                lab.eventually("a send", () -> socket.send(payload) != WOULD_BLOCK);
                sent.add(text);
            } catch (UdpException e) {
                requireRefused(e);
                assertEquals(0, payload.position(), "position after a send that threw");
            }
        }
        assertTrue(sent.contains("third"), () -> "expected sends to go on after the report, actually sent: " + sent);
        for (String text : sent) {
            assertEquals(text, revived.receive().text(), "what the peer received, of " + sent);
        }
    }

    @Rule("UDP-ERR-05")
    void socketGoesOnAfterRefusal(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        InetSocketAddress dead = lab.deadAddress();
        socket.connect(dead);
        lab.send(socket, "to nobody");
        expectRefusal(lab, "recv", () -> socket.recv(ByteBuffer.allocate(16)) != WOULD_BLOCK);
        Peer revived = peerAt(lab, dead);
        assertTrue(socket.isOpen(), "expected an open socket after a refusal, actual: closed");
        assertEquals(dead, socket.peerAddress(), "peerAddress after a refusal");
        lab.send(socket, "again");
        assertEquals("again", revived.receive().text(), "what the peer received that came to life");
        revived.send(bytes("back"), lab.address(socket));
        assertEquals("back", lab.receive(socket).text(), "received from the peer that came to life");
    }

    @Rule("UDP-ERR-06")
    void refusalIsReadable(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        Watch watch = lab.watch();
        socket.connect(lab.deadAddress());
        watch.register(socket, TOKEN, Interest.READABLE);
        expectSilence(socket);
        for (int i = 0; i < 2; i++) {
            lab.send(socket, "to nobody");
            watch.expectReadable(TOKEN);
            expectRefusal(lab, "recv", () -> socket.recv(ByteBuffer.allocate(16)) != WOULD_BLOCK);
            expectSilence(socket);
        }
    }

    @Rule("UDP-ERR-07")
    void refusalIsErrorEvent(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        Watch watch = lab.watch();
        socket.connect(lab.deadAddress());
        watch.register(socket, TOKEN, Interest.READABLE);
        expectSilence(socket);
        lab.send(socket, "to nobody");
        lab.eventually(
                "an event that says error",
                () -> watch.once(Duration.ofMillis(20)).stream().anyMatch(ErrRules::isErrorAndReadable));
        assertNotNull(socket.takeError(), "takeError after an event that says error");
    }

    private static boolean isErrorAndReadable(Seen event) {
        if (event.error()) {
            assertTrue(event.readable(), () -> "expected an error event to be readable, actual: " + event);
        }
        return event.error();
    }

    @Rule("UDP-ERR-08")
    void takeErrorTakesOnce(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        socket.connect(lab.deadAddress());
        lab.send(socket, "to nobody");
        UdpException[] taken = new UdpException[1];
        lab.eventually("an error to take", () -> (taken[0] = socket.takeError()) != null);
        requireRefused(taken[0]);
        expectSilence(socket);
        expectSilence(socket);
    }

    @Rule("UDP-ERR-09")
    void takeErrorLosesNothing(Lab lab) throws Exception {
        Peer peer = lab.peer();
        for (boolean connected : new boolean[] {false, true}) {
            UdpSocket socket = lab.socket();
            assertNull(socket.takeError(), "takeError of a new socket");
            if (connected) {
                socket.connect(peer.address());
            }
            peer.send(bytes("first"), lab.address(socket));
            peer.send(bytes("second"), lab.address(socket));
            Watch watch = lab.watch();
            watch.register(socket, TOKEN, Interest.READABLE);
            watch.expectReadable(TOKEN);
            for (String text : new String[] {"first", "second"}) {
                assertNull(socket.takeError(), "takeError with datagrams queued");
                assertNull(socket.takeError(), "takeError again with datagrams queued");
                assertEquals(text, lab.receive(socket).text(), "received after takeError");
            }
            expectSilence(socket);
        }
    }

    @Rule("UDP-ERR-10")
    void systemsNumberIsThere(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        UdpException taken = Lab.expectError(
                ErrorKind.ADDRESS_IN_USE,
                () -> lab.backend().bind(lab.address(socket)).close());
        assertNotEquals(UdpException.NO_CODE, taken.code(), "code of ADDRESS_IN_USE");
        socket.connect(lab.deadAddress());
        lab.send(socket, "to nobody");
        UdpException refused = expectRefusal(lab, "recv", () -> socket.recv(ByteBuffer.allocate(16)) != WOULD_BLOCK);
        assertNotEquals(UdpException.NO_CODE, refused.code(), "code of CONNECTION_REFUSED");
    }

    @Rule("UDP-ERR-11")
    void refusalLosesNoDatagram(Lab lab) throws Exception {
        DatagramBatch batch = lab.backend().newBatch(4, 16);
        ByteBuffer buffer = ByteBuffer.allocate(16);
        for (boolean ahead : new boolean[] {false, true}) {
            Peer peer = lab.peer();
            UdpSocket socket = lab.socket();
            socket.connect(peer.address());
            peer.send(bytes("first"), lab.address(socket));
            peer.send(bytes("second"), lab.address(socket));
            if (ahead) {
                lab.eventually("a datagram to peek at", () -> socket.peek(buffer.clear()) != WOULD_BLOCK);
            }
            InetSocketAddress dead = peer.address();
            peer.close();
            lab.eventually("the port of the peer to be free", () -> isFree(dead)); // closing may take a moment
            lab.send(socket, "to nobody");
            List<String> received = new ArrayList<>();
            int[] refused = new int[1];
            lab.eventually("two datagrams that were queued before a refusal, and the refusal", () -> {
                refused[0] += ahead ? receiveInto(socket, batch, received) : receiveInto(socket, received);
                return received.size() == 2 && refused[0] > 0;
            });
            assertEquals(List.of("first", "second"), received, "received around a refusal");
            assertEquals(1, refused[0], "reports of 1 refusal");
            expectSilence(socket);
        }
    }

    private static boolean isFree(InetSocketAddress address) throws IOException {
        try (DatagramSocket probe = new DatagramSocket(address)) {
            return probe.isBound();
        } catch (BindException e) {
            return false;
        }
    }

    private static int receiveInto(UdpSocket socket, DatagramBatch batch, List<String> received) throws IOException {
        try {
            int filled = socket.recvBatch(batch, 0, batch.slots());
            for (int slot = 0; slot < filled; slot++) {
                received.add(Batches.message(batch, slot).text());
            }
            return 0;
        } catch (UdpException e) {
            return requireRefused(e);
        }
    }

    private static int receiveInto(UdpSocket socket, List<String> received) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(16);
        DatagramInfo info = new DatagramInfo();
        try {
            if (socket.receive(buffer, info) != WOULD_BLOCK) {
                received.add(
                        new Message(java.util.Arrays.copyOf(buffer.array(), buffer.position()), info.sender()).text());
            }
            return 0;
        } catch (UdpException e) {
            return requireRefused(e);
        }
    }

    @Rule("UDP-ERR-12")
    void disconnectForgetsRefusal(Lab lab) throws Exception {
        Peer alive = lab.peer();
        UdpSocket socket = lab.socket();
        InetSocketAddress dead = lab.deadAddress();
        DatagramBatch batch = lab.backend().newBatch(4, 16);
        for (int i = 0; i < 3; i++) {
            socket.connect(dead);
            if (i < 2) {
                lab.send(socket, "to nobody");
            } else {
                sendTo(lab, socket, batch); // some backends keep the refusal of the first themselves
            }
            awaitRefusal(lab, dead);
            socket.disconnect();
            // Whichever comes first would report what is still pending.
            if (i == 0) {
                lab.sendTo(socket, "alive", alive.address());
                assertEquals("alive", alive.receive().text(), "what was received after disconnect");
            }
            expectSilence(socket);
        }
        expectTalk(lab, socket, alive);
    }

    @Rule("UDP-ERR-13")
    void unansweredSendsReportNothing(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.socket();
        socket.connect(peer.address());
        for (int i = 0; i < 20; i++) {
            lab.send(socket, "number " + i);
            expectSilence(socket);
        }
        for (int i = 0; i < 20; i++) {
            assertEquals("number " + i, peer.receive().text(), "what the peer received");
        }
    }

    @Rule("UDP-ERR-14")
    void errorQueueReportsUnconnected(Lab lab) throws Exception {
        Peer alive = lab.peer();
        UdpSocket socket = lab.open(UdpConfig.of(lab.loopback(0)).withErrorQueue(true));
        lab.sendTo(socket, "to nobody", lab.deadAddress());
        expectRefusal(lab, "recv", () -> socket.recv(ByteBuffer.allocate(16)) != WOULD_BLOCK);
        expectSilence(socket);
        expectTalk(lab, socket, alive);
    }

    /**
     * Waits until a plain JDK socket was told that nobody listens: what was sent to the same place before has been
     * refused by then.
     */
    private static void awaitRefusal(Lab lab, InetSocketAddress dead) throws IOException {
        try (DatagramSocket witness = new DatagramSocket(lab.loopback(0))) {
            witness.setSoTimeout(Math.toIntExact(lab.patience().toMillis()));
            witness.connect(dead);
            witness.send(new DatagramPacket(new byte[1], 1));
            witness.receive(new DatagramPacket(new byte[1], 1));
            throw lab.inconclusive("somebody answered at " + dead + ", where nobody was");
        } catch (SocketTimeoutException e) {
            throw lab.inconclusive("a plain JDK socket was not told that nobody listens at " + dead);
        } catch (PortUnreachableException e) {
            return; // as it should be
        }
    }

    private static Peer peerAt(Lab lab, InetSocketAddress address) throws IOException {
        try {
            return lab.peer(address);
        } catch (BindException e) {
            throw lab.inconclusive("somebody else took the port of " + address);
        } catch (UdpException e) {
            if (e.kind() == ErrorKind.ADDRESS_IN_USE) {
                throw lab.inconclusive("somebody else took the port of " + address);
            }
            throw e;
        }
    }

    private static UdpException expectRefusal(
            Lab lab, String receive, org.datagram4j.conformance.lab.Condition received) throws IOException {
        UdpException[] thrown = new UdpException[1];
        lab.eventually("CONNECTION_REFUSED from " + receive, () -> {
            try {
                assertFalse(received.holds(), () -> "expected no datagram from " + receive + ", actual: one");
                return false;
            } catch (UdpException e) {
                requireRefused(e);
                thrown[0] = e;
                return true;
            }
        });
        return thrown[0];
    }

    private static int requireRefused(UdpException e) {
        if (e.kind() != ErrorKind.CONNECTION_REFUSED) {
            throw new AssertionError("expected kind CONNECTION_REFUSED, actual: kind " + e.kind(), e);
        }
        return 1;
    }

    private static void expectSilence(UdpSocket socket) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(16);
        try {
            assertEquals(WOULD_BLOCK, socket.recv(buffer), "recv with nothing to report");
            assertNull(socket.recvFrom(buffer), "recvFrom with nothing to report");
            assertEquals(WOULD_BLOCK, socket.peek(buffer), "peek with nothing to report");
        } catch (UdpException e) {
            throw new AssertionError("expected nothing to be reported by a receive, actual: " + e, e);
        }
        assertNull(socket.takeError(), "takeError with nothing to report");
    }

    private static void expectTalk(Lab lab, UdpSocket socket, Peer peer) throws IOException {
        lab.sendTo(socket, "ping", peer.address());
        assertEquals("ping", peer.receive().text(), "what the peer received");
        peer.send(bytes("pong"), lab.address(socket));
        assertEquals("pong", lab.receive(socket).text(), "received from the peer");
    }
}
