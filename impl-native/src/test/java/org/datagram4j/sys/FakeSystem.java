package org.datagram4j.sys;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.datagram4j.SendInfo;
import org.datagram4j.sys.contract.Datagrams;
import org.datagram4j.sys.contract.NetworkSystem;

/** The real system, except that sends can be refused: what no network at hand does on request. */
final class FakeSystem {
    /** What a send of segments returns, or 0 to pass it on. */
    volatile int segmentsReturn;

    /** How many sends are still to say that they would block. */
    final AtomicInteger blocked = new AtomicInteger();

    /** How many sends of segments were tried. */
    final AtomicInteger segmentsTried = new AtomicInteger();

    private final NetworkSystem real;

    FakeSystem(NetworkSystem real) {
        this.real = real;
    }

    NetworkSystem system() {
        return Lab.proxy(NetworkSystem.class, (method, arguments) -> {
            Object result = method.invoke(real, arguments);
            return result instanceof Datagrams datagrams ? faked(datagrams) : result;
        });
    }

    private Datagrams faked(Datagrams datagrams) {
        Set<Object> segmented = new HashSet<>();
        return Lab.proxy(Datagrams.class, (method, arguments) -> {
            switch (method.getName()) {
                case "prepareSend" -> segmented.remove(arguments[0]);
                case "control" -> {
                    if ((int) arguments[6] != SendInfo.UNSET) {
                        segmented.add(arguments[0]);
                    }
                }
                case "send" -> {
                    return send(datagrams, segmented, (long) arguments[0], (int) arguments[1], (int) arguments[2]);
                }
                case "sendPlain" -> {
                    if (blocks()) {
                        return NetworkSystem.WOULD_BLOCK;
                    }
                }
                default -> {}
            }
            return method.invoke(datagrams, arguments);
        });
    }

    private int send(Datagrams datagrams, Set<Object> segmented, long handle, int first, int count) {
        if (blocks()) {
            return NetworkSystem.WOULD_BLOCK;
        }
        int plain = 0;
        while (plain < count && !(segmentsReturn != 0 && segmented.contains(first + plain))) {
            plain++;
        }
        if (plain > 0) {
            return datagrams.send(handle, first, plain);
        }
        segmentsTried.incrementAndGet();
        return segmentsReturn;
    }

    private boolean blocks() {
        return blocked.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }
}
