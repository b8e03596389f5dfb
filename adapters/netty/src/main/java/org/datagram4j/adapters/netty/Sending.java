package org.datagram4j.adapters.netty;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DatagramChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.locks.LockSupport;

/**
 * One flush, as a task of the event loop: writes the pieces and flushes once. One object, so that a send of the adapter's
 * costs the sender's thread little besides what Netty makes.
 */
final class Sending implements Runnable {
    private final DatagramChannel channel;
    private final Object[] pieces;
    private final Thread sender = Thread.currentThread();
    private volatile boolean done;
    private Throwable thrown;

    /**
     * Not begun.
     *
     * @param channel whose
     * @param pieces messages, up to the first null; each is replaced by what Netty said: a {@link ChannelFuture}
     */
    Sending(DatagramChannel channel, Object[] pieces) {
        this.channel = channel;
        this.pieces = pieces;
    }

    @Override
    public void run() {
        int written = 0;
        try {
            while (written < pieces.length && pieces[written] != null) {
                Object message = pieces[written];
                ChannelPromise promise = channel.newPromise();
                pieces[written++] = promise;
                channel.write(message, promise);
            }
            channel.flush();
        } catch (Throwable e) {
            thrown = e;
            release(written);
        }
        done = true;
        LockSupport.unpark(sender);
    }

    /** Waits without regard for interrupts, whose status is kept. */
    void await() {
        boolean interrupted = false;
        while (!done) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (thrown instanceof Error error) {
            throw error;
        } else if (thrown != null) {
            throw (RuntimeException) thrown; // nothing in there throws anything else
        }
    }

    /** Lets go of what was not written. */
    void release(int from) {
        for (int i = from; i < pieces.length && pieces[i] != null; i++) {
            ReferenceCountUtil.release(pieces[i]);
        }
    }

    /** Why a piece was not sent, or null. */
    Throwable failure(int piece) {
        return ((ChannelFuture) pieces[piece]).cause();
    }
}
