package org.datagram4j.spi;

import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The line in which everything that may have an event for one poll stands, wakers and sources alike, and is served in
 * order of arrival. What finds no room in the events stays at its place, so nothing starves.
 *
 * <p>Any thread pushes signals; the rest is for the polling thread. Nothing allocates in steady state.
 */
public final class SignalLine {
    private final Runnable wake;

    /** Signals not yet looked at, the latest on top. */
    private final AtomicReference<Signal> signals = new AtomicReference<>();

    private final ArrayDeque<Signal> line = new ArrayDeque<>();

    /**
     * An empty line.
     *
     * @param wake called after each push, to end a wait that is going on
     */
    public SignalLine(Runnable wake) {
        this.wake = Objects.requireNonNull(wake, "wake");
    }

    /** Takes a signal, from any thread. */
    void push(Signal signal) {
        Signal top;
        do {
            top = signals.get();
            signal.below = top;
        } while (!signals.compareAndSet(top, signal));
        wake.run();
    }

    /**
     * Whether nobody stands here.
     *
     * @return false if something was signalled or is waiting to be served
     */
    public boolean isEmpty() {
        return line.isEmpty() && signals.get() == null;
    }

    /**
     * Puts one at the end, unless it stands in the line.
     *
     * @param signal what may have an event
     */
    public void enqueue(Signal signal) {
        if (!signal.inLine) {
            signal.inLine = true;
            line.addLast(signal);
        }
    }

    /** Puts what was signalled at the end. */
    public void collect() {
        if (signals.get() == null) {
            return;
        }
        Signal top = signals.getAndSet(null);
        Signal first = null;
        while (top != null) { // turn the stack over: first come, first served
            Signal below = top.below;
            top.below = first;
            first = top;
            top = below;
        }
        while (first != null) {
            Signal next = first.below;
            first.below = null;
            first.unlinked();
            enqueue(first);
            first = next;
        }
    }

    /**
     * Has those at the front publish until there is no more room.
     *
     * @param events where to
     */
    public void serve(EventList events) {
        while (!events.isFull()) {
            Signal first = line.pollFirst();
            if (first == null) {
                return;
            }
            first.inLine = false;
            first.publish(events);
        }
    }
}
