package com.example.acme;

import java.util.concurrent.atomic.AtomicLong;

/** Datagrams sent and received. May be shared by any number of threads, and allocates nothing. */
public final class Counters {
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();

    Counters() {}

    /**
     * How many were handed to the system.
     *
     * @return datagrams
     */
    public long sent() {
        return sent.get();
    }

    /**
     * How many were delivered to the application.
     *
     * @return datagrams
     */
    public long received() {
        return received.get();
    }

    void addSent(int datagrams) {
        sent.addAndGet(datagrams);
    }

    void addReceived(int datagrams) {
        received.addAndGet(datagrams);
    }
}
