package org.datagram4j.conformance.rules;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** The kinds of buffers that callers have. */
final class Buffers {
    private static final int OFFSET = 5;
    private static final int TAIL = 3;

    private Buffers() {}

    /** Buffers to send from, each with a payload between position and limit, and other bytes around it. */
    static Map<String, ByteBuffer> holding(byte[] payload) {
        Map<String, ByteBuffer> kinds = new LinkedHashMap<>();
        writable(payload.length).forEach((kind, buffer) -> {
            int start = buffer.position();
            kinds.put(kind, buffer.put(payload).position(start));
            kinds.put("read-only " + kind, buffer.asReadOnlyBuffer());
        });
        return kinds;
    }

    /** Buffers to receive into, each with some room between position and limit, and other bytes around it. */
    static Map<String, ByteBuffer> writable(int room) {
        int all = OFFSET + room + TAIL;
        Map<String, ByteBuffer> kinds = new LinkedHashMap<>();
        kinds.put("heap", window(ByteBuffer.allocate(all), room));
        kinds.put("direct", window(ByteBuffer.allocateDirect(all), room));
        kinds.put(
                "sliced heap",
                window(ByteBuffer.allocate(all + OFFSET).position(OFFSET).slice(), room));
        kinds.put(
                "sliced direct",
                window(ByteBuffer.allocateDirect(all + OFFSET).position(OFFSET).slice(), room));
        kinds.put("duplicated", window(ByteBuffer.allocate(all), room).duplicate());
        kinds.put("wrapped", ByteBuffer.wrap(new byte[all], OFFSET, room));
        return kinds;
    }

    private static ByteBuffer window(ByteBuffer buffer, int room) {
        while (buffer.hasRemaining()) {
            buffer.put((byte) '#');
        }
        return buffer.limit(OFFSET + room).position(OFFSET);
    }
}
