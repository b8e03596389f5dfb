package org.datagram4j.nio;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.datagram4j.Events;
import org.datagram4j.Poll;
import org.datagram4j.Registry;
import org.datagram4j.UdpException;
import org.datagram4j.spi.Arguments;
import org.datagram4j.spi.EventList;
import org.datagram4j.spi.PollRegistry;
import org.datagram4j.spi.SignalLine;

/**
 * A poll on a {@link Selector}.
 *
 * <p>Whatever is ready stands in one line, wakers and sources alike, and is served in order of arrival. What finds no
 * room in {@link Events} stays at its place and stays armed; the next poll asks the system anew and serves those first
 * that are still ready. So nothing starves, whatever order the system reports in.
 *
 * <p>The selector is used by one thread at a time, which holds {@link #turn}: the polling thread, or one that closes
 * something while nobody polls. Whoever wants something done and finds the turn taken leaves a note and wakes the
 * selector; whoever ends a turn looks for notes ({@link #settle()}). So closing never waits.
 */
final class NioPoll implements Poll {
    private static final System.Logger LOG = System.getLogger(NioPoll.class.getName());
    private static final Consumer<SelectionKey> IGNORE = key -> {};

    private final NioBackend backend;
    private final Selector selector;
    private final long spinNanos;
    private final SignalLine line = new SignalLine(this::signalled);
    private final PollRegistry registry = new PollRegistry(this, line);
    private final Consumer<SelectionKey> found = this::found;

    private final AtomicBoolean polling = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final ReentrantLock turn = new ReentrantLock();

    /**
     * Held while a key is added, and while the selector closes. A channel whose key is added just then would count it for
     * ever, and never free its descriptor (SelectorImpl.register, AbstractSelectableChannel.addKey).
     */
    private final ReentrantLock adding = new ReentrantLock();

    /** Whether the polling thread is about to select or selecting: what changes now needs a wakeup to be seen. */
    private volatile boolean selecting;

    /** A note: channels were closed, and the selector must let go of their keys. */
    private volatile boolean keysCancelled;

    // For the thread that has the turn.
    private final ArrayDeque<Registration> disarmed = new ArrayDeque<>();
    private long round;
    private long selections;

    NioPoll(NioBackend backend, Selector selector, long spinNanos) {
        this.backend = backend;
        this.selector = selector;
        this.spinNanos = spinNanos;
    }

    @Override
    public Registry registry() {
        return registry;
    }

    @Override
    public Events newEvents(int capacity) {
        return new EventList(capacity, NioBackend.NAME);
    }

    @Override
    public int poll(Events events, Duration timeout) throws UdpException {
        EventList list = Arguments.events(events, NioBackend.NAME);
        long nanos = Arguments.timeoutNanos(timeout);
        if (!polling.compareAndSet(false, true)) {
            throw new IllegalStateException("another thread is inside poll() of " + this + ": one polls at a time");
        }
        try {
            list.clear();
            turn.lock(); // taken by others for moments only
            try {
                await(list, nanos);
            } finally {
                turn.unlock();
            }
            return list.size();
        } finally {
            polling.set(false);
            settle();
        }
    }

    @Override
    public boolean isOpen() {
        return !closed.get();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            backend.resources().remove(this);
            settle();
        }
    }

    @Override
    public String toString() {
        return NioBackend.NAME + " poll " + Integer.toHexString(System.identityHashCode(this))
                + (isOpen() ? "" : ", closed");
    }

    void requireOpen() throws UdpException {
        if (!isOpen()) {
            throw Arguments.closed(this);
        }
    }

    /** How often a select returned; for tests, which judge spinning by it. Accurate while nobody polls. */
    long selections() {
        return selections;
    }

    SignalLine line() {
        return line;
    }

    /** The current look at the system: what was found ready in an earlier one no longer counts. */
    long round() {
        return round;
    }

    /** Something has an event that the selector does not see. */
    private void signalled() {
        if (selecting) {
            selector.wakeup();
        }
    }

    /** A key's interest grew: a select in progress does not see that by itself (EPollSelectorImpl.processUpdateQueue). */
    void interestChanged() {
        if (selecting) {
            selector.wakeup();
        }
    }

    /**
     * Makes the selector let go of keys that were cancelled: until then a closed channel keeps its descriptor and port
     * (SelectorImpl.processDeregisterQueue, DatagramChannelImpl.kill).
     */
    void releaseCancelled() {
        keysCancelled = true;
        settle();
    }

    /** Does what was left to be done, or leaves it to the thread that has the turn and wakes it. */
    private void settle() {
        while (keysCancelled || !isOpen() && selector.isOpen()) {
            if (!turn.tryLock()) {
                selector.wakeup();
                return;
            }
            try {
                if (isOpen()) {
                    keysCancelled = false;
                    selector.selectNow(IGNORE);
                } else {
                    keysCancelled = false;
                    closeSelector();
                }
            } catch (IOException | ClosedSelectorException e) {
                LOG.log(System.Logger.Level.WARNING, "the selector of " + this + " failed to let go of its keys", e);
                return;
            } finally {
                turn.unlock();
            }
        }
    }

    private void closeSelector() throws IOException {
        adding.lock(); // taken for moments only
        try {
            selector.close();
        } finally {
            adding.unlock();
        }
    }

    /**
     * The key of a channel, new or known; see {@link NioQuirks#register}.
     *
     * @throws ClosedSelectorException if the poll is closed
     */
    SelectionKey key(SelectableChannel channel, Registration registration) throws ClosedChannelException {
        adding.lock();
        try {
            return NioQuirks.register(channel, selector, registration);
        } finally {
            adding.unlock();
        }
    }

    /** Selects until there is an event, the time is over, or the thread is interrupted; anything else is absorbed. */
    private void await(EventList list, long nanos) throws UdpException {
        long start = System.nanoTime();
        while (true) {
            requireOpen();
            long elapsed = System.nanoTime() - start;
            boolean timeOver = nanos >= 0 && elapsed >= nanos;
            boolean spinning = elapsed < spinNanos;
            select(timeOver || spinning, nanos < 0 ? Long.MAX_VALUE : nanos - elapsed);
            line.collect();
            line.serve(list);
            if (!list.isEmpty() || timeOver || Thread.currentThread().isInterrupted()) {
                return;
            }
            if (spinning) {
                Thread.onSpinWait();
            }
        }
    }

    private void select(boolean now, long nanos) throws UdpException {
        round++;
        selecting = true; // before looking at what others leave for us: they look at it after leaving it
        try {
            Registration next;
            while ((next = disarmed.pollFirst()) != null) {
                next.showDisarmed();
            }
            keysCancelled = false;
            if (now || !line.isEmpty() || !isOpen()) {
                selector.selectNow(found);
            } else {
                selector.select(found, NioQuirks.selectMillis(nanos));
            }
        } catch (ClosedSelectorException e) {
            throw Arguments.closed(this);
        } catch (IOException e) {
            throw NioQuirks.translate("waiting in " + this, e);
        } finally {
            selecting = false;
            selections++;
        }
    }

    /** What the selector calls for each key that is ready, during a select. */
    private void found(SelectionKey key) {
        Registration registration = (Registration) key.attachment();
        try {
            registration.found(key.readyOps(), round);
        } catch (CancelledKeyException e) {
            return; // closed by another thread just now
        }
        line.enqueue(registration);
    }

    /** Takes note of a registration whose key still shows more than is armed. */
    void disarmed(Registration registration) {
        disarmed.addLast(registration);
    }
}
