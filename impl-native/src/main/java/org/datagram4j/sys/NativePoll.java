package org.datagram4j.sys;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.datagram4j.Events;
import org.datagram4j.Poll;
import org.datagram4j.Registry;
import org.datagram4j.Token;
import org.datagram4j.UdpException;
import org.datagram4j.spi.Arguments;
import org.datagram4j.spi.EventList;
import org.datagram4j.spi.PollRegistry;
import org.datagram4j.spi.SignalLine;
import org.datagram4j.sys.contract.NetworkSystem;
import org.datagram4j.sys.contract.SystemPoll;

/**
 * A poll on what the system waits with. Whatever is ready stands in one line, wakers and sources alike, and is served in
 * order of arrival; what finds no room in {@link Events} comes first with the next poll.
 */
final class NativePoll implements Poll {
    private final NativeBackend backend;
    private final NetworkSystem network;
    private final SystemPoll system;
    private final long spinNanos;
    private final SignalLine line = new SignalLine(this::wakeUp);
    private final PollRegistry registry = new PollRegistry(this, line);
    private final Registrations registrations = new Registrations();
    private final InterruptHook hook;
    private final WaitingThread waitingThread;

    private final AtomicBoolean polling = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Everybody who uses the system's part is inside; the last one out closes it. */
    private final Gate gate;

    /** Whether the polling thread waits, or is about to: what is signalled now has to end the wait. */
    private final AtomicBoolean waiting = new AtomicBoolean();

    /** Whether somebody ends the wait already. */
    private final AtomicBoolean waking = new AtomicBoolean();

    /** How often the system was asked; for tests, which judge spinning by it. Accurate while nobody polls. */
    private long looks;

    NativePoll(NativeBackend backend, SystemPoll system, long spinNanos) {
        this.backend = backend;
        this.network = backend.system();
        this.system = system;
        this.spinNanos = spinNanos;
        this.gate = new Gate(() -> {
            system.close();
            backend.users().leave();
        });
        this.hook = new InterruptHook(system::wakeUp);
        this.waitingThread = new WaitingThread(system, "datagram4j wait of " + this);
    }

    @Override
    public Registry registry() {
        return registry;
    }

    @Override
    public Events newEvents(int capacity) {
        return new EventList(capacity, NativeBackend.NAME);
    }

    @Override
    public int poll(Events events, Duration timeout) throws UdpException {
        EventList list = Arguments.events(events, NativeBackend.NAME);
        long nanos = Arguments.timeoutNanos(timeout);
        if (!polling.compareAndSet(false, true)) {
            throw new IllegalStateException("another thread is inside poll() of " + this + ": one polls at a time");
        }
        try {
            list.clear();
            if (!gate.enter()) {
                throw Arguments.closed(this);
            }
            try {
                await(list, nanos);
            } finally {
                gate.leave();
            }
            return list.size();
        } finally {
            polling.setRelease(false);
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
            // Not wakeUp(): whoever is "waking already" there may come to the gate after it is shut.
            if (gate.enter()) {
                try {
                    system.wakeUp();
                } finally {
                    gate.leave();
                }
            }
            gate.shut();
        }
    }

    @Override
    public String toString() {
        return NativeBackend.NAME + " poll " + Integer.toHexString(System.identityHashCode(this))
                + (isOpen() ? "" : ", closed");
    }

    void requireOpen() throws UdpException {
        if (!isOpen()) {
            throw Arguments.closed(this);
        }
    }

    SignalLine line() {
        return line;
    }

    int armedByCaller() {
        return system.armedByCaller();
    }

    long looks() {
        return looks;
    }

    // -- what sources ask for, under their lock

    Registration add(Object source, long handle, Token token, int directions, boolean foreign) throws UdpException {
        enter();
        try {
            Registration registration = new Registration(this, token, directions);
            registrations.add(registration); // before the system can report it
            int result = system.add(handle, registration.id, directions, foreign);
            if (result < 0) {
                registrations.remove(registration);
                throw Failures.of(network, "registering " + source + " with " + this, result);
            }
            return registration;
        } finally {
            gate.leave();
        }
    }

    void change(Registration registration, Object source, long handle, Token token, int directions, boolean foreign)
            throws UdpException {
        enter();
        try {
            registration.want(token, directions);
            int result = system.change(handle, registration.id, directions, foreign);
            if (result < 0) {
                throw Failures.of(network, "reregistering " + source + " with " + this, result);
            }
        } finally {
            gate.leave();
        }
    }

    void wouldBlock(Registration registration, long handle, int directions) {
        if (gate.enter()) {
            try {
                int result = system.wouldBlock(handle, registration.id, directions);
                if (result < 0) {
                    registration.raise(EventList.ERROR); // better one event too many than none
                }
            } finally {
                gate.leave();
            }
        }
    }

    void remove(Registration registration, long handle) {
        registration.end();
        if (gate.enter()) {
            try {
                system.remove(handle, registration.id);
                registrations.remove(registration);
            } finally {
                gate.leave();
            }
        }
    }

    private void enter() throws UdpException {
        if (!gate.enter()) {
            throw Arguments.closed(this);
        }
    }

    // -- waiting

    /** Ends the wait that is going on, if there is one. */
    private void wakeUp() {
        if (waiting.get() && waking.compareAndSet(false, true) && gate.enter()) {
            try {
                system.wakeUp();
            } finally {
                gate.leave();
            }
        }
    }

    /** Waits until there is an event, the time is over, or the thread is interrupted; anything else is absorbed. */
    private void await(EventList list, long nanos) throws UdpException {
        boolean timed = nanos > 0 || spinNanos > 0;
        long start = timed ? System.nanoTime() : 0;
        boolean virtual = VirtualThreads.isCurrent();
        while (true) {
            requireOpen();
            long elapsed = timed ? System.nanoTime() - start : 0;
            boolean timeOver = nanos >= 0 && elapsed >= nanos;
            boolean spinning = elapsed < spinNanos;
            look(timeOver || spinning ? 0 : nanos < 0 ? -1 : nanos - elapsed, virtual);
            line.collect();
            line.serve(list);
            if (!list.isEmpty() || timeOver || Thread.currentThread().isInterrupted()) {
                requireOpen();
                return;
            }
            if (spinning) {
                Thread.onSpinWait();
            }
        }
    }

    private void look(long nanos, boolean virtual) throws UdpException {
        looks++;
        int ready;
        if (nanos == 0) {
            ready = system.await(0);
        } else {
            waking.setPlain(false);
            waiting.set(true); // before looking at what others signal: they look at it after signalling
            try {
                ready = line.isEmpty() && isOpen() ? sleep(nanos, virtual) : system.await(0);
            } finally {
                waiting.setRelease(false);
            }
        }
        if (ready < 0) {
            throw Failures.of(network, "waiting in " + this, ready);
        }
        for (int i = 0; i < ready; i++) {
            long id = system.id(i);
            Registration registration = id == 0 ? null : registrations.get(id);
            if (registration != null) {
                registration.found(system.readiness(i));
                line.enqueue(registration);
            }
        }
    }

    private int sleep(long nanos, boolean virtual) {
        if (virtual) {
            return waitingThread.await(nanos);
        }
        hook.arm();
        try {
            return system.await(nanos);
        } finally {
            hook.disarm();
        }
    }
}
