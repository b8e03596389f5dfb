package org.datagram4j.sys;

import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.AbstractSelector;
import java.util.Set;

/**
 * Has an interrupt of the thread that waits run an action. Java offers that to selectors only, by
 * {@code AbstractSelector.begin()} and {@code end()}; so this is a selector, and nothing else of it is ever used.
 */
final class InterruptHook extends AbstractSelector {
    private final Runnable onInterrupt;

    InterruptHook(Runnable onInterrupt) {
        super(null);
        this.onInterrupt = onInterrupt;
    }

    /** From now on an interrupt of this thread runs the action, also one that came before. */
    void arm() {
        begin();
    }

    /** No more. */
    void disarm() {
        end();
    }

    @Override
    public Selector wakeup() {
        onInterrupt.run();
        return this;
    }

    @Override
    protected void implCloseSelector() {
        // there is nothing to close
    }

    @Override
    protected SelectionKey register(AbstractSelectableChannel channel, int operations, Object attachment) {
        throw unused();
    }

    @Override
    public Set<SelectionKey> keys() {
        throw unused();
    }

    @Override
    public Set<SelectionKey> selectedKeys() {
        throw unused();
    }

    @Override
    public int selectNow() {
        throw unused();
    }

    @Override
    public int select(long timeout) {
        throw unused();
    }

    @Override
    public int select() {
        throw unused();
    }

    private static UnsupportedOperationException unused() {
        return new UnsupportedOperationException("this only waits for interrupts");
    }
}
