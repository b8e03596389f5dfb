package org.datagram4j.conformance.rules;

import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import org.datagram4j.conformance.lab.Lab;

/** Buffers over memory that Java can take away, by {@code java.lang.foreign}, which is newer than the kit. */
final class Arenas {
    private static final int SINCE = 22;

    private Arenas() {}

    /** Refuses where there are none. */
    static void need(Lab lab) {
        if (Runtime.version().feature() < SINCE) {
            throw lab.notApplicable("this Java has no arenas");
        }
    }

    /** A buffer whose memory was given back. */
    static ByteBuffer closed(int bytes) throws ReflectiveOperationException {
        AutoCloseable arena = open("ofShared");
        ByteBuffer buffer = buffer(arena, bytes);
        Class.forName("java.lang.foreign.Arena").getMethod("close").invoke(arena);
        return buffer;
    }

    /** A buffer whose memory is the current thread's alone. */
    static ByteBuffer confined(int bytes) throws ReflectiveOperationException {
        return buffer(open("ofConfined"), bytes);
    }

    private static AutoCloseable open(String kind) throws ReflectiveOperationException {
        return (AutoCloseable)
                Class.forName("java.lang.foreign.Arena").getMethod(kind).invoke(null);
    }

    private static ByteBuffer buffer(Object arena, int bytes) throws ReflectiveOperationException {
        Method allocate = Class.forName("java.lang.foreign.Arena").getMethod("allocate", long.class, long.class);
        Object segment = allocate.invoke(arena, (long) bytes, 1L);
        return (ByteBuffer) Class.forName("java.lang.foreign.MemorySegment")
                .getMethod("asByteBuffer")
                .invoke(segment);
    }
}
