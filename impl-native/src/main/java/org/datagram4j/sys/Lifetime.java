package org.datagram4j.sys;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.datagram4j.UdpException;
import org.datagram4j.spi.Arguments;
import org.datagram4j.sys.contract.NetworkSystem;

/**
 * The end of a socket: it is marked, taken out of its poll, and its handle closed by the last operation inside. So
 * closing never waits, and no operation can reach a handle that the system has given to somebody else.
 *
 * <p>There is a gate for each half of the socket and one for the rest, so that a sender and a receiver share no counter.
 */
final class Lifetime {
    private static final System.Logger LOG = System.getLogger(Lifetime.class.getName());

    private final Object socket;
    private final NetworkSystem system;
    private final long handle;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicInteger gates = new AtomicInteger(3);
    private final Runnable end;
    private final CountDownLatch gone = new CountDownLatch(1);

    /** Set before the gates are shut. */
    private boolean released;

    /** For receives. */
    final Gate receiving = new Gate(this::emptied);

    /** For sends. */
    final Gate sending = new Gate(this::emptied);

    /** For everything else. */
    final Gate asking = new Gate(this::emptied);

    /**
     * The life of an open socket.
     *
     * @param end run when its handle is not used any more
     */
    Lifetime(Object socket, NetworkSystem system, long handle, Runnable end) {
        this.end = end;
        this.socket = socket;
        this.system = system;
        this.handle = handle;
    }

    boolean isOpen() {
        return !ended.get();
    }

    /** Goes in by one of the gates. */
    void enter(Gate gate) throws UdpException {
        if (!gate.enter()) {
            throw Arguments.closed(socket);
        }
    }

    /**
     * Ends it, once; the handle is closed when nobody is inside.
     *
     * @param leavePoll takes the handle out of its poll, while it is certainly open
     * @return whether this was the call that did
     */
    boolean close(Runnable leavePoll) {
        return end(false, leavePoll);
    }

    /**
     * Ends it, once, and waits until nobody is inside; the handle stays open.
     *
     * @param leavePoll takes the handle out of its poll
     * @return whether this was the call that did
     */
    boolean release(Runnable leavePoll) {
        if (!end(true, leavePoll)) {
            return false;
        }
        boolean interrupted = false;
        while (true) {
            try {
                gone.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true; // operations do not block, so this is a matter of moments
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    private boolean end(boolean release, Runnable leavePoll) {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        released = release;
        leavePoll.run();
        receiving.shut();
        sending.shut();
        asking.shut();
        return true;
    }

    private void emptied() {
        if (gates.decrementAndGet() > 0) {
            return;
        }
        if (!released) {
            int result = system.close(handle);
            if (result < 0) {
                LOG.log(System.Logger.Level.WARNING, "closing {0} failed: {1}", socket, system.error(-result));
            }
        }
        gone.countDown();
        end.run();
    }
}
