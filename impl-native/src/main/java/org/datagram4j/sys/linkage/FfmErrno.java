package org.datagram4j.sys.linkage;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Where a call leaves its errno before the virtual machine can overwrite it. A platform thread has a place of its own; a
 * virtual thread borrows one for the length of a call, because there may be millions of them.
 */
final class FfmErrno {
    private static final MemoryLayout LAYOUT = Linker.Option.captureStateLayout();
    private static final long OFFSET = LAYOUT.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

    private static final ThreadLocal<MemorySegment> OWN = ThreadLocal.withInitial(FfmErrno::allocate);
    private static final AtomicReferenceArray<MemorySegment> IDLE =
            new AtomicReferenceArray<>(4 * Math.max(2, Runtime.getRuntime().availableProcessors()));

    private FfmErrno() {}

    static MemorySegment borrow() {
        if (!Thread.currentThread().isVirtual()) {
            return OWN.get();
        }
        for (int i = 0; i < IDLE.length(); i++) {
            if (IDLE.getPlain(i) != null) {
                MemorySegment state = IDLE.getAndSet(i, null);
                if (state != null) {
                    return state;
                }
            }
        }
        return allocate();
    }

    static void giveBack(MemorySegment state) {
        if (!Thread.currentThread().isVirtual()) {
            return;
        }
        for (int i = 0; i < IDLE.length(); i++) {
            if (IDLE.getPlain(i) == null && IDLE.compareAndSet(i, null, state)) {
                return;
            }
        }
    }

    static int result(int result, MemorySegment state) {
        return result < 0 ? -state.get(ValueLayout.JAVA_INT, OFFSET) : result;
    }

    static long result(long result, MemorySegment state) {
        return result < 0 ? -state.get(ValueLayout.JAVA_INT, OFFSET) : result;
    }

    static MemorySegment allocate() {
        return Arena.ofAuto().allocate(LAYOUT);
    }
}
