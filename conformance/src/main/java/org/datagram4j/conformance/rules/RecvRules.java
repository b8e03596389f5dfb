package org.datagram4j.conformance.rules;

import static org.datagram4j.UdpSocket.WOULD_BLOCK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import org.datagram4j.DatagramInfo;
import org.datagram4j.UdpSocket;
import org.datagram4j.conformance.lab.Lab;
import org.datagram4j.conformance.run.Rule;

/** Area RECV. */
public final class RecvRules {
    /** For JUnit. */
    public RecvRules() {}

    @Rule("UDP-RECV-01")
    void emptyQueueWouldBlock(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        ByteBuffer buffer = ByteBuffer.wrap(Lab.bytes("untouched"));
        buffer.position(2);
        DatagramInfo info = new DatagramInfo();
        info.fill().sender(lab.loopback(9)).length(3, true, 7);
        assertEquals(WOULD_BLOCK, socket.recv(buffer), "recv of an empty queue");
        assertEquals(WOULD_BLOCK, socket.peek(buffer), "peek of an empty queue");
        assertNull(socket.recvFrom(buffer), "recvFrom of an empty queue");
        assertNull(socket.peekFrom(buffer), "peekFrom of an empty queue");
        assertEquals(WOULD_BLOCK, socket.peek(buffer, info), "peek with info of an empty queue");
        info.fill().sender(lab.loopback(9)).length(3, true, 7);
        assertEquals(WOULD_BLOCK, socket.receive(buffer, info), "receive of an empty queue");
        assertEquals(2, buffer.position(), "position after would-block");
        assertEquals("untouched", new String(buffer.array(), java.nio.charset.StandardCharsets.ISO_8859_1), "content");
        assertNull(info.sender(), "sender after would-block");
        assertEquals(0, info.length(), "length after would-block");
    }
}
