package org.datagram4j.benchmarks.loop.netty;

/** A task for another event loop, and one back: what wakes an event loop. */
final class NettyWake extends Timed {
    private final Runnable back = this::tripDone;
    private final Runnable there = () -> near().execute(back);

    NettyWake(Transport transport) throws InterruptedException {
        super(transport.newLoop(), transport.newLoop());
    }

    @Override
    void trip() {
        far().execute(there);
    }

    @Override
    void running(boolean on) {
        // both sleep when nothing happens
    }
}
