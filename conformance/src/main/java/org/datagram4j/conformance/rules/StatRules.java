package org.datagram4j.conformance.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Set;
import org.datagram4j.Capability;
import org.datagram4j.DatagramBatch;
import org.datagram4j.DatagramInfo;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.conformance.lab.Lab;
import org.datagram4j.conformance.lab.Peer;
import org.datagram4j.conformance.run.Rule;

/** Area STAT. */
public final class StatRules {
    private static final int SMALL_BUFFER = 4_096;
    private static final int ROOM = 1_500;
    private static final int LENGTH = 1_000;
    private static final int FLOOD = 300;
    private static final int ROUNDS = 4;

    /** For JUnit. */
    public StatRules() {}

    @Rule("UDP-STAT-01")
    void nothingDropped(Lab lab) throws Exception {
        Peer peer = lab.peer();
        flood(lab, peer, small(lab)); // another socket's drops do not count
        UdpSocket socket = lab.open(lab.config().withMetadata(Set.of(Capability.DROP_COUNT)));
        DatagramInfo info = new DatagramInfo();
        for (int i = 0; i < FLOOD; i++) {
            peer.send(Lab.pattern(LENGTH), socket.localAddress());
            lab.receive(socket, ByteBuffer.allocate(ROOM), info);
            assertEquals(0, info.dropCount(), "drop count of a socket that dropped nothing");
        }
    }

    @Rule("UDP-STAT-02")
    void dropsAreCounted(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = small(lab);
        DatagramBatch batch = lab.backend().newBatch(1, ROOM);
        long dropped = 0;
        long before = 0;
        for (int round = 0; round < ROUNDS; round++) {
            dropped += overflow(lab, peer, socket);
            DatagramInfo info = new DatagramInfo();
            peer.send(Lab.bytes("after"), socket.localAddress());
            if (round % 2 == 0) {
                Receives.PEEK_INFO.next(lab, socket, ByteBuffer.allocate(ROOM), info);
                assertAtLeast(dropped, info.dropCount(), "by a peek");
                lab.receive(socket, ByteBuffer.allocate(ROOM), info);
            } else {
                Batches.receive(lab, socket, batch, 0, 1, 1);
                info = batch.info(0);
            }
            assertAtLeast(dropped, info.dropCount(), round % 2 == 0 ? "by a receive" : "by a batch");
            assertTrue(
                    info.dropCount() <= (round + 1L) * FLOOD,
                    "expected a drop count of at most what was sent, actual: " + info.dropCount());
            assertAtLeast(before, info.dropCount(), "than before");
            before = info.dropCount();
        }
    }

    @Rule("UDP-STAT-03")
    void neverFalls(Lab lab) throws Exception {
        Peer peer = lab.peer();
        UdpSocket socket = small(lab);
        overflow(lab, peer, socket);
        DatagramInfo info = new DatagramInfo();
        long last = 0;
        for (int i = 0; i < FLOOD; i++) {
            peer.send(Lab.pattern(LENGTH), socket.localAddress());
            lab.receive(socket, ByteBuffer.allocate(ROOM), info);
            assertAtLeast(Math.max(1, last), info.dropCount(), "at datagram " + i);
            last = info.dropCount();
        }
    }

    private static UdpSocket small(Lab lab) throws UdpException {
        return lab.open(lab.config().withReceiveBufferBytes(SMALL_BUFFER).withMetadata(Set.of(Capability.DROP_COUNT)));
    }

    private static int overflow(Lab lab, Peer peer, UdpSocket socket) throws IOException {
        int missing = flood(lab, peer, socket);
        if (missing == 0) {
            throw lab.inconclusive("the smallest receive buffer has room for " + FLOOD + " datagrams");
        }
        return missing;
    }

    // Sends more than fits, takes what is there, and returns how many are missing.
    private static int flood(Lab lab, Peer peer, UdpSocket socket) throws IOException {
        InetSocketAddress to = socket.localAddress();
        for (int i = 0; i < FLOOD; i++) {
            peer.send(Lab.pattern(LENGTH), to);
        }
        lab.receive(socket);
        return FLOOD - 1 - Lab.drain(socket);
    }

    private static void assertAtLeast(long least, long count, String what) {
        assertTrue(count >= least, "expected a drop count of at least " + least + " " + what + ", actual: " + count);
    }
}
