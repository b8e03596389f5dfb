package org.datagram4j.conformance.rules;

import static org.datagram4j.DatagramInfo.UNKNOWN;
import static org.datagram4j.UdpSocket.WOULD_BLOCK;
import static org.datagram4j.conformance.lab.Lab.bytes;
import static org.datagram4j.conformance.lab.Lab.expectError;
import static org.datagram4j.conformance.lab.Lab.expectThrown;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.datagram4j.Capability;
import org.datagram4j.DatagramBatch;
import org.datagram4j.DatagramInfo;
import org.datagram4j.ErrorKind;
import org.datagram4j.SendInfo;
import org.datagram4j.TruncationPolicy;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.conformance.lab.Environment;
import org.datagram4j.conformance.lab.Lab;
import org.datagram4j.conformance.lab.Peer;
import org.datagram4j.conformance.run.Rule;

/** Area META. */
public final class MetaRules {
    private static final int ROOM = 50;
    private static final int ROUNDS = 30;
    private static final int ADDRESS_BYTES = 16;
    private static final int SLOTS = 12;
    private static final int EXPEDITED = 0xB8;
    private static final int[] TRAFFIC_CLASSES = {0, 1, 2, 3, 0x28, 0xB9, 0xFF, 0};
    private static final int[] HOP_LIMITS = {1, 7, 64, 255};
    private static final long SLACK_MILLIS = 1_000;

    /** For JUnit. */
    public MetaRules() {}

    @Rule("UDP-META-01")
    void cleared(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.socket();
        DatagramInfo info = new DatagramInfo();
        ByteBuffer buffer = ByteBuffer.allocate(ROOM);
        peer.send(bytes("something"), socket.localAddress());
        lab.receive(socket, buffer.clear(), info);
        assertEquals(peer.address(), info.sender(), "sender of what was received");
        assertEquals(WOULD_BLOCK, socket.receive(buffer.clear(), info), "receive of an empty queue");
        assertNothing(info, "a receive that would block");
        pollute(info, lab);
        assertEquals(WOULD_BLOCK, socket.peek(buffer.clear(), info), "peek of an empty queue");
        assertNothing(info, "a peek that would block");
        socket.close();
        pollute(info, lab);
        expectError(ErrorKind.CLOSED, () -> socket.receive(buffer.clear(), info));
        assertNothing(info, "a receive from a closed socket");
        pollute(info, lab);
        expectError(ErrorKind.CLOSED, () -> socket.peek(buffer.clear(), info));
        assertNothing(info, "a peek at a closed socket");
    }

    @Rule("UDP-META-02")
    void oneDatagram(Lab lab) throws Exception {
        List<Peer> peers = List.of(lab.peer(), lab.peer());
        UdpSocket socket = lab.open(lab.config().withTruncationPolicy(TruncationPolicy.DISCARD));
        DatagramInfo info = new DatagramInfo();
        Random random = lab.random();
        for (int round = 0; round < ROUNDS; round++) {
            Peer peer = peers.get(random.nextInt(peers.size()));
            int length = random.nextInt(2 * ROOM);
            peer.send(Lab.pattern(length), socket.localAddress());
            lab.receive(socket, ByteBuffer.allocate(ROOM), info);
            String what = "a datagram of " + length + " bytes";
            assertEquals(peer.address(), info.sender(), "sender of " + what);
            assertEquals(Math.min(length, ROOM), info.length(), "length of " + what);
            assertEquals(length > ROOM, info.truncated(), "whether truncated, of " + what);
            if (length <= ROOM) {
                assertEquals(length, info.originalLength(), "original length of " + what);
            }
        }
    }

    @Rule("UDP-META-03")
    void unasked(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.socket();
        for (Receives how : List.of(Receives.PEEK_INFO, Receives.RECEIVE)) {
            DatagramInfo info = new DatagramInfo();
            pollute(info, lab);
            peer.send(bytes("plain"), socket.localAddress());
            how.next(lab, socket, ByteBuffer.allocate(ROOM), info);
            assertEquals(5, info.length(), "length by " + how);
            assertNull(info.localAddress(), "local address by " + how);
            assertEquals(UNKNOWN, info.interfaceIndex(), "interface by " + how);
            assertEquals(UNKNOWN, info.trafficClass(), "traffic class by " + how);
            assertEquals(UNKNOWN, info.ecn(), "ECN by " + how);
            assertEquals(UNKNOWN, info.hopLimit(), "hop limit by " + how);
            assertEquals(UNKNOWN, info.timestampNanos(), "timestamp by " + how);
            assertEquals(UNKNOWN, info.dropCount(), "drop count by " + how);
            assertEquals(0, info.segmentSize(), "segment size by " + how);
        }
    }

    @Rule("UDP-META-04")
    void rawSender(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        for (int i = 0; i < 5; i++) {
            Peer peer = lab.peer();
            peer.send(bytes("who?"), socket.localAddress());
            DatagramInfo info = new DatagramInfo();
            socketReceive(lab, socket, info);
            assertRaw(info, peer.address());
            assertEquals(peer.address(), info.sender(), "sender");
            assertRaw(info, peer.address());
        }
    }

    @Rule("UDP-META-05")
    void independent(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        List<Peer> peers = new ArrayList<>();
        List<DatagramInfo> infos = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Peer peer = lab.peer();
            peer.send(new byte[i], socket.localAddress());
            DatagramInfo info = new DatagramInfo();
            socketReceive(lab, socket, info);
            peers.add(peer);
            infos.add(info);
            lab.peer().send(bytes("another"), socket.localAddress());
            Receives.RECV_FROM.next(lab, socket, ByteBuffer.allocate(ROOM));
        }
        for (int i = 0; i < peers.size(); i++) {
            assertEquals(i, infos.get(i).length(), "length in info " + i);
            assertRaw(infos.get(i), peers.get(i).address());
            assertEquals(peers.get(i).address(), infos.get(i).sender(), "sender in info " + i);
        }
    }

    @Rule("UDP-META-06")
    void undeclaredControl(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.socket();
        ByteBuffer payload = ByteBuffer.wrap(bytes("must stay"));
        Controls.undeclared(lab).forEach((control, capability) -> {
            SendInfo info = control.apply(new SendInfo().destination(peer.address()));
            String message = expectThrown(UnsupportedOperationException.class, () -> socket.send(payload, info))
                    .getMessage();
            assertTrue(
                    message != null && message.contains(capability.name()),
                    () -> "expected a message that names " + capability + ", actual: " + message);
            assertEquals(0, payload.position(), "position after " + capability + " was refused");
        });
        SendInfo plain = new SendInfo().destination(peer.address());
        lab.eventually("a send without control", () -> socket.send(payload, plain) != WOULD_BLOCK);
        lab.sendTo(socket, "sentinel", peer.address());
        assertEquals("must stay", peer.receive().text(), "first datagram after the refused ones");
        assertEquals("sentinel", peer.receive().text(), "second datagram after the refused ones");
    }

    @Rule("UDP-META-07")
    void peekAndReceive(Lab lab) throws Exception {
        List<Peer> peers = List.of(lab.peer(), lab.peer());
        UdpSocket socket = lab.open(lab.config().withTruncationPolicy(TruncationPolicy.DISCARD));
        DatagramInfo peeked = new DatagramInfo();
        DatagramInfo received = new DatagramInfo();
        for (int length : new int[] {0, 1, ROOM, ROOM + 1, 3 * ROOM}) {
            for (Peer peer : peers) {
                peer.send(new byte[length], socket.localAddress());
                Receives.PEEK_INFO.next(lab, socket, ByteBuffer.allocate(ROOM), peeked);
                lab.receive(socket, ByteBuffer.allocate(ROOM), received);
                String what = " of a datagram of " + length + " bytes";
                assertEquals(peer.address(), received.sender(), "sender" + what);
                assertEquals(received.sender(), peeked.sender(), "sender by the peek" + what);
                assertEquals(received.senderPort(), peeked.senderPort(), "port by the peek" + what);
                assertEquals(received.length(), peeked.length(), "length by the peek" + what);
                assertEquals(received.truncated(), peeked.truncated(), "whether truncated, by the peek" + what);
                assertEquals(received.originalLength(), peeked.originalLength(), "original length by the peek" + what);
            }
        }
    }

    @Rule("UDP-META-08")
    void localAddressOfTwo(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.open(everywhere(lab).withMetadata(Set.of(Capability.LOCAL_ADDRESS)));
        int port = socket.localAddress().getPort();
        DatagramInfo info = new DatagramInfo();
        for (int round = 0; round < ROUNDS; round++) {
            for (String literal : List.of("127.0.0.1", "127.0.0.2")) {
                peer.send(bytes(literal), new InetSocketAddress(Lab.ip(literal), port));
                lab.receive(socket, ByteBuffer.allocate(ROOM), info);
                assertEquals(Lab.ip(literal), info.localAddress(), "local address");
            }
        }
    }

    @Rule("UDP-META-09")
    void localAddress(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.open(everywhere(lab).withMetadata(Set.of(Capability.LOCAL_ADDRESS)));
        InetSocketAddress to = lab.loopback(socket.localAddress().getPort());
        DatagramInfo info = new DatagramInfo();
        for (Receives how : List.of(Receives.PEEK_INFO, Receives.RECEIVE)) {
            peer.send(bytes("where?"), to);
            how.next(lab, socket, ByteBuffer.allocate(ROOM), info);
            assertEquals(to.getAddress(), info.localAddress(), "local address by " + how);
        }
    }

    @Rule("UDP-META-10")
    void interfaceIndex(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.open(everywhere(lab).withMetadata(Set.of(Capability.LOCAL_INTERFACE)));
        InetSocketAddress to = lab.loopback(socket.localAddress().getPort());
        NetworkInterface loopback = NetworkInterface.getByInetAddress(to.getAddress());
        peer.send(bytes("by what?"), to);
        DatagramInfo info = new DatagramInfo();
        lab.receive(socket, ByteBuffer.allocate(ROOM), info);
        assertEquals(loopback.getIndex(), info.interfaceIndex(), "index of " + loopback.getName());
    }

    @Rule("UDP-META-11")
    void trafficClass(Lab lab) throws Exception {
        Marked sender = Marked.on(lab, lab.loopback(0).getAddress());
        UdpSocket socket = lab.open(everywhere(lab).withMetadata(Set.of(Capability.RECV_TRAFFIC_CLASS)));
        InetSocketAddress to = lab.loopback(socket.localAddress().getPort());
        DatagramInfo info = new DatagramInfo();
        for (int value : TRAFFIC_CLASSES) {
            sender.send(lab, bytes("marked"), to, value);
            lab.receive(socket, ByteBuffer.allocate(ROOM), info);
            assertEquals(value, info.trafficClass(), "traffic class");
            assertEquals(value & 3, info.ecn(), "ECN of traffic class " + value);
        }
    }

    @Rule("UDP-META-12")
    void sendTrafficClass(Lab lab) throws Exception {
        UdpSocket receiver = lab.open(lab.config().withMetadata(Set.of(Capability.RECV_TRAFFIC_CLASS)));
        UdpSocket socket = lab.socket();
        int own = 0;
        if (socket.supportedOptions().contains(StandardSocketOptions.IP_TOS)) {
            own = EXPEDITED;
            socket.setOption(StandardSocketOptions.IP_TOS, own);
        }
        SendInfo info = new SendInfo().destination(receiver.localAddress());
        for (int value : TRAFFIC_CLASSES) {
            assertMark(lab, socket, info.trafficClass(value).ecn(SendInfo.UNSET), receiver, value);
            assertMark(lab, socket, info.ecn(value & 3).trafficClass(SendInfo.UNSET), receiver, own & ~3 | value & 3);
            assertMark(lab, socket, info.trafficClass(value).ecn(2), receiver, value & ~3 | 2);
            SendInfo plain = new SendInfo().destination(receiver.localAddress());
            assertMark(lab, socket, plain, receiver, own);
        }
    }

    @Rule("UDP-META-13")
    void hopLimit(Lab lab) throws Exception {
        InetAddress group = Lab.ip(lab.v6() ? "ff02::4d4e" : "239.255.77.78");
        UdpSocket socket = lab.open(everywhere(lab).withMetadata(Set.of(Capability.RECV_HOP_LIMIT)));
        socket.join(group, lab.multicastInterface());
        Marked sender = Marked.on(lab, lab.wildcard(0).getAddress());
        InetSocketAddress to =
                new InetSocketAddress(group, socket.localAddress().getPort());
        DatagramInfo info = new DatagramInfo();
        for (int value : HOP_LIMITS) {
            sender.sendToGroup(lab, bytes("how far?"), to, value);
            lab.receive(socket, ByteBuffer.allocate(ROOM), info);
            assertEquals(value, info.hopLimit(), "hop limit");
        }
    }

    @Rule("UDP-META-14")
    void sendHopLimit(Lab lab) throws Exception {
        UdpSocket receiver = lab.open(lab.config().withMetadata(Set.of(Capability.RECV_HOP_LIMIT)));
        UdpSocket socket = lab.socket();
        SendInfo plain = new SendInfo().destination(receiver.localAddress());
        int own = sent(lab, socket, plain, receiver).hopLimit();
        for (int value : HOP_LIMITS) {
            SendInfo info = new SendInfo().destination(receiver.localAddress()).hopLimit(value);
            assertEquals(value, sent(lab, socket, info, receiver).hopLimit(), "hop limit by send");
            assertEquals(value, sentInBatch(lab, socket, info, receiver).hopLimit(), "hop limit by sendBatch");
            assertEquals(own, sent(lab, socket, plain, receiver).hopLimit(), "hop limit of the socket afterwards");
        }
    }

    @Rule("UDP-META-15")
    void timestamp(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.open(lab.config().withMetadata(Set.of(Capability.RECV_TIMESTAMP)));
        DatagramInfo info = new DatagramInfo();
        long last = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long before = System.currentTimeMillis() - SLACK_MILLIS;
            peer.send(bytes("when?"), socket.localAddress());
            lab.receive(socket, ByteBuffer.allocate(ROOM), info);
            long after = System.currentTimeMillis() + SLACK_MILLIS;
            long nanos = info.timestampNanos();
            long millis = nanos / 1_000_000;
            assertTrue(
                    millis >= before && millis <= after,
                    () -> "expected a timestamp from " + before + " to " + after + " ms, actual: " + millis);
            long previous = last;
            // a clock that was set back meanwhile is no fault of the backend's
            assertTrue(
                    nanos >= previous || after < previous / 1_000_000 + SLACK_MILLIS,
                    () -> "expected no timestamp before " + previous + ", that of the datagram before, actual: "
                            + nanos);
            last = nanos;
        }
    }

    @Rule("UDP-META-16")
    void sourceAddress(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.open(everywhere(lab));
        int port = socket.localAddress().getPort();
        DatagramBatch batch = lab.backend().newBatch(2, ROOM);
        for (int round = 0; round < ROUNDS; round++) {
            for (String literal : List.of("127.0.0.2", "127.0.0.1")) {
                InetSocketAddress from = new InetSocketAddress(Lab.ip(literal), port);
                SendInfo info = new SendInfo().destination(peer.address()).sourceAddress(from.getAddress());
                ByteBuffer payload = ByteBuffer.wrap(bytes("from " + literal));
                lab.eventually("a send from " + literal, () -> socket.send(payload, info) != WOULD_BLOCK);
                assertEquals(from, peer.receive().sender(), "sender of a datagram from " + literal);
            }
            Batches.put(batch, 0, "chosen", peer.address());
            Batches.put(batch, 1, "not chosen", peer.address());
            batch.sendInfo(0).sourceAddress(Lab.ip("127.0.0.2"));
            Batches.sendAll(lab, socket, batch, 0, 2);
            assertEquals(
                    new InetSocketAddress(Lab.ip("127.0.0.2"), port),
                    peer.receive().sender(),
                    "sender of slot 0");
            assertEquals(lab.loopback(port), peer.receive().sender(), "sender of slot 1, which chose none");
        }
    }

    @Rule("UDP-META-17")
    void foreignSource(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.open(everywhere(lab));
        InetAddress foreign = Lab.ip(lab.v6() ? "2001:db8::77" : "203.0.113.77");
        ByteBuffer payload = ByteBuffer.wrap(bytes("refused"));
        SendInfo info = new SendInfo().destination(peer.address()).sourceAddress(foreign);
        expectRefused(ErrorKind.ADDRESS_NOT_AVAILABLE, socket, payload, info);
        info.sourceAddress(Lab.ip(lab.v6() ? "127.0.0.1" : "::1"));
        expectRefused(ErrorKind.WRONG_FAMILY, socket, payload, info);
        info.sourceAddress(null);
        assertEquals("refused", sentTo(lab, socket, payload, info, peer), "datagram without a source");
    }

    @Rule("UDP-META-18")
    void sendInterface(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.open(everywhere(lab));
        ByteBuffer payload = ByteBuffer.wrap(bytes("by loopback"));
        SendInfo info = new SendInfo().destination(peer.address()).interfaceIndex(Integer.MAX_VALUE);
        expectRefused(ErrorKind.NO_SUCH_DEVICE, socket, payload, info);
        info.interfaceIndex(
                NetworkInterface.getByInetAddress(lab.loopback(0).getAddress()).getIndex());
        assertEquals("by loopback", sentTo(lab, socket, payload, info, peer), "datagram by the loopback interface");
    }

    @Rule("UDP-META-19")
    void refusedSlot(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = lab.open(everywhere(lab));
        DatagramBatch batch = lab.backend().newBatch(3, ROOM);
        for (int slot = 0; slot < 3; slot++) {
            Batches.put(batch, slot, "slot " + slot, peer.address());
        }
        batch.sendInfo(1).sourceAddress(Lab.ip(lab.v6() ? "2001:db8::77" : "203.0.113.77"));
        assertEquals(1, Batches.send(lab, socket, batch, 0, 3), "slots sent before the one that is refused");
        int[][] before = Batches.places(batch);
        UdpException refused = expectError(ErrorKind.ADDRESS_NOT_AVAILABLE, () -> socket.sendBatch(batch, 1, 2));
        assertEquals(1, refused.slot(), "slot of the exception");
        Batches.assertSent(batch, before, 1, 0);
        batch.sendInfo(1).sourceAddress(null);
        Batches.sendAll(lab, socket, batch, 1, 2);
        for (int slot = 0; slot < 3; slot++) {
            assertEquals("slot " + slot, peer.receive().text(), "datagram");
        }
    }

    @Rule("UDP-META-20")
    void everyWay(Lab lab) throws Exception {
        Set<Capability> fields = Told.declared(lab);
        Peer peer = lab.peer();
        UdpSocket socket = lab.open(lab.config().withMetadata(fields));
        DatagramInfo peeked = new DatagramInfo();
        DatagramInfo received = new DatagramInfo();
        DatagramBatch batch = lab.backend().newBatch(2, ROOM);
        for (int round = 0; round < 3; round++) {
            peer.send(bytes("tell"), socket.localAddress());
            Receives.PEEK_INFO.next(lab, socket, ByteBuffer.allocate(ROOM), peeked);
            assertEquals(fields, Told.known(peeked), "fields filled by a peek");
            lab.receive(socket, ByteBuffer.allocate(ROOM), received);
            assertEquals(Told.by(peeked), Told.by(received), "fields filled by a peek, and by the receive after it");
            peer.send(bytes("tell"), socket.localAddress());
            Receives.PEEK_INFO.next(lab, socket, ByteBuffer.allocate(ROOM), peeked);
            Batches.receive(lab, socket, batch, 0, 2, 1);
            assertEquals(Told.by(peeked), Told.by(batch.info(0)), "fields filled by a peek, and by the batch after it");
        }
    }

    @Rule("UDP-META-21")
    void onlyOne(Lab lab) throws Exception {
        Peer peer = lab.peer();
        for (Capability field : Told.declared(lab)) {
            UdpSocket socket = lab.open(lab.config().withMetadata(Set.of(field)));
            DatagramInfo info = new DatagramInfo();
            DatagramBatch batch = lab.backend().newBatch(1, ROOM);
            pollute(info, lab);
            pollute(batch.info(0), lab);
            peer.send(bytes("one"), socket.localAddress());
            peer.send(bytes("two"), socket.localAddress());
            lab.receive(socket, ByteBuffer.allocate(ROOM), info);
            assertEquals(Set.of(field), Told.known(info), "fields filled by a receive that asked for one");
            Batches.receive(lab, socket, batch, 0, 1, 1);
            assertEquals(Set.of(field), Told.known(batch.info(0)), "fields filled by a batch that asked for one");
        }
    }

    @Rule("UDP-META-22")
    void ownMetadata(Lab lab) throws Exception {
        boolean two =
                !lab.v6() && lab.environment().lack(Environment.SECOND_LOOPBACK).isEmpty();
        List<InetAddress> addresses = two
                ? List.of(Lab.ip("127.0.0.1"), Lab.ip("127.0.0.2"))
                : List.of(lab.loopback(0).getAddress());
        List<Marked> senders = List.of(Marked.on(lab, addresses.get(0)), Marked.on(lab, addresses.get(0)));
        UdpSocket socket = lab.open(everywhere(lab)
                .withReceiveBufferBytes(1 << 18)
                .withMetadata(Set.of(Capability.RECV_TRAFFIC_CLASS, Capability.LOCAL_ADDRESS)));
        int port = socket.localAddress().getPort();
        DatagramBatch batch = lab.backend().newBatch(SLOTS, ROOM);
        DatagramInfo single = new DatagramInfo();
        Random random = lab.random();
        for (int round = 0; round < ROUNDS; round++) {
            List<Expected> expected = new ArrayList<>();
            for (int i = 0; i < SLOTS; i++) {
                Marked sender = senders.get(random.nextInt(senders.size()));
                InetAddress to = addresses.get(random.nextInt(addresses.size()));
                Expected next = new Expected(sender.address(), to, random.nextInt(256), random.nextInt(ROOM));
                sender.send(lab, new byte[next.length()], new InetSocketAddress(to, port), next.trafficClass());
                expected.add(next);
            }
            int singles = random.nextInt(SLOTS);
            for (int i = 0; i < singles; i++) {
                lab.receive(socket, ByteBuffer.allocate(ROOM), single);
                assertEquals(expected.get(i), Expected.by(single), "what is told of datagram " + i);
            }
            Batches.receive(lab, socket, batch, 0, SLOTS - singles, SLOTS - singles);
            for (int i = singles; i < SLOTS; i++) {
                Expected told = Expected.by(batch.info(i - singles));
                assertEquals(expected.get(i), told, "what slot " + (i - singles) + " tells of datagram " + i);
            }
        }
    }

    /** What must be told of a datagram. */
    private record Expected(InetSocketAddress sender, InetAddress local, int trafficClass, int length) {
        static Expected by(DatagramInfo info) {
            return new Expected(info.sender(), info.localAddress(), info.trafficClass(), info.length());
        }
    }

    // Every address of this machine; in the dual variant those of IPv4 at an IPv6 socket.
    private static UdpConfig everywhere(Lab lab) {
        InetSocketAddress local =
                lab.variant().equals("dual") ? new InetSocketAddress(Lab.ip("::"), 0) : lab.wildcard(0);
        return UdpConfig.of(local);
    }

    private static DatagramInfo sent(Lab lab, UdpSocket socket, SendInfo control, UdpSocket receiver)
            throws IOException {
        ByteBuffer payload = ByteBuffer.wrap(bytes("controlled"));
        lab.eventually("a send", () -> socket.send(payload, control) != WOULD_BLOCK);
        DatagramInfo info = new DatagramInfo();
        assertEquals(
                "controlled",
                lab.receive(receiver, ByteBuffer.allocate(ROOM), info).text(),
                "datagram");
        return info;
    }

    // Between two slots without control, which must not get it.
    private static DatagramInfo sentInBatch(Lab lab, UdpSocket socket, SendInfo control, UdpSocket receiver)
            throws IOException {
        DatagramBatch batch = lab.backend().newBatch(3, ROOM);
        for (int slot = 0; slot < 3; slot++) {
            Batches.put(batch, slot, "slot " + slot, control.destination());
        }
        batch.sendInfo(1)
                .trafficClass(control.trafficClass())
                .ecn(control.ecn())
                .hopLimit(control.hopLimit());
        Batches.sendAll(lab, socket, batch, 0, 3);
        DatagramInfo[] infos = {new DatagramInfo(), new DatagramInfo(), new DatagramInfo()};
        for (int slot = 0; slot < 3; slot++) {
            assertEquals(
                    "slot " + slot,
                    lab.receive(receiver, ByteBuffer.allocate(ROOM), infos[slot])
                            .text(),
                    "datagram");
        }
        assertEquals(infos[0].trafficClass(), infos[2].trafficClass(), "traffic class of the slots around");
        assertEquals(infos[0].hopLimit(), infos[2].hopLimit(), "hop limit of the slots around");
        return infos[1];
    }

    private static void assertMark(Lab lab, UdpSocket socket, SendInfo control, UdpSocket receiver, int expected)
            throws IOException {
        String what = "traffic class sent as " + control.trafficClass() + " with ECN " + control.ecn();
        assertEquals(expected, sent(lab, socket, control, receiver).trafficClass(), what + " by send");
        assertEquals(expected, sentInBatch(lab, socket, control, receiver).trafficClass(), what + " by sendBatch");
    }

    private static void expectRefused(ErrorKind kind, UdpSocket socket, ByteBuffer payload, SendInfo info) {
        expectError(kind, () -> socket.send(payload, info));
        assertEquals(0, payload.position(), "position after a refused send");
    }

    // The next datagram of the peer, so that one that was refused and sent nevertheless is noticed.
    private static String sentTo(Lab lab, UdpSocket socket, ByteBuffer payload, SendInfo info, Peer peer)
            throws IOException {
        lab.sendTo(socket, "sentinel", peer.address());
        assertEquals("sentinel", peer.receive().text(), "first datagram after the refused ones");
        lab.eventually("a send", () -> socket.send(payload, info) != WOULD_BLOCK);
        return peer.receive().text();
    }

    // Without a look at sender(), which rules want to be the first to make.
    private static void socketReceive(Lab lab, UdpSocket socket, DatagramInfo info) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(ROOM);
        lab.eventually("a datagram", () -> socket.receive(buffer, info) != WOULD_BLOCK);
    }

    private static void assertRaw(DatagramInfo info, InetSocketAddress sender) {
        assertEquals(sender.getPort(), info.senderPort(), "port");
        byte[] target = new byte[ADDRESS_BYTES];
        int length = info.senderAddress(target);
        assertArrayEquals(sender.getAddress().getAddress(), Arrays.copyOf(target, length), "bytes of the address");
    }

    private static void assertNothing(DatagramInfo info, String after) {
        assertNull(info.sender(), "sender after " + after);
        assertEquals(UNKNOWN, info.senderPort(), "port after " + after);
        assertEquals(0, info.senderAddress(new byte[ADDRESS_BYTES]), "address bytes after " + after);
        assertEquals(0, info.length(), "length after " + after);
        assertFalse(info.truncated(), () -> "expected not truncated after " + after + ", actual: truncated");
        assertNull(info.localAddress(), "local address after " + after);
    }

    private static void pollute(DatagramInfo info, Lab lab) {
        info.fill()
                .sender(lab.loopback(9))
                .length(3, true, 7)
                .localAddress(lab.loopback(9).getAddress())
                .interfaceIndex(1)
                .trafficClass(1)
                .hopLimit(1)
                .timestampNanos(1)
                .segmentSize(1)
                .dropCount(1);
    }
}
