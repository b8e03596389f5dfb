package org.datagram4j.sys.windows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.datagram4j.UdpException;
import org.datagram4j.spi.EventList;
import org.datagram4j.sys.contract.SystemPoll;
import org.datagram4j.sys.linkage.Memory;
import org.datagram4j.sys.linkage.WindowsCalls;

/**
 * Polls of AFD on an I/O completion port.
 *
 * <p>A request to AFD comes back once, when the socket is ready, be it already so. That makes edges: a direction that has
 * been reported is not asked for again until an operation would have blocked, or it is registered anew
 * ({@link #arm}, the one place). Each direction has a request of its own, so that arming one leaves the other alone; a
 * request that is out is never taken back but when its socket goes.
 *
 * <p>A handle whose I/O is not seen cannot be armed in time; the backend does not offer that here.
 */
final class WindowsPoll implements SystemPoll {
    private static final int MOST = 256;
    private static final long AFD = 1;
    private static final long WAKE = 2;
    private static final long NANOS_PER_MILLI = 1_000_000;

    // Where the requests of a watch are in its memory.
    private static final int REQUEST = AfdLayout.IO_STATUS_SIZE;
    private static final int REQUEST_SIZE = REQUEST + AfdLayout.POLL_SIZE;

    private static final int[] DIRECTIONS = {EventList.READABLE, EventList.WRITABLE};
    private static final int GONE =
            AfdLayout.AFD_POLL_ABORT | AfdLayout.AFD_POLL_LOCAL_CLOSE | AfdLayout.AFD_POLL_CONNECT_FAIL;

    /** How often 100 ms are waited for what is cancelled to come back. */
    private static final int PATIENCE = 50;

    /** What the driver may still write to though its poll is closed. Nobody has seen that; it must not be memory freed. */
    private static final ConcurrentLinkedQueue<Watches> ABANDONED = new ConcurrentLinkedQueue<>();

    private final WindowsSystem system;
    private final WindowsCalls calls;
    private final long port;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private final Watches watches;
    private final List<AfdHelper> helpers = new ArrayList<>();
    private int outstanding;

    // For the thread that waits.
    private final Memory entries;
    private final Memory removed;
    private final long[] ids = new long[MOST];
    private final int[] found = new int[MOST];

    private WindowsPoll(WindowsSystem system, long port) {
        this.system = system;
        this.calls = system.calls();
        this.port = port;
        this.watches = new Watches(system.linkage(), DIRECTIONS.length * REQUEST_SIZE);
        this.entries = new Memory(system.linkage(), MOST * AfdLayout.ENTRY_SIZE);
        this.removed = new Memory(system.linkage(), 8);
    }

    static WindowsPoll open(WindowsSystem system) throws UdpException {
        long port = system.calls().createCompletionPort(AfdLayout.INVALID_HANDLE_VALUE, 0, 0, 0);
        if (port < 0) {
            throw system.failure("opening a poll (CreateIoCompletionPort)", (int) port);
        }
        WindowsPoll poll = new WindowsPoll(system, port);
        int[] code = new int[1];
        AfdHelper first = AfdHelper.open(system, port, AFD, code);
        if (first == null) {
            system.calls().closeHandle(port);
            throw system.failure("opening a poll (\\Device\\Afd)", code[0]);
        }
        poll.helpers.add(first);
        return poll;
    }

    @Override
    public int add(long handle, long id, int directions, boolean foreign) {
        long base = system.baseHandle(handle);
        if (base < 0) {
            return (int) base;
        }
        lock.lock();
        try {
            int[] code = new int[1];
            AfdHelper helper = helper(code);
            if (helper == null) {
                return code[0];
            }
            Watch watch = watches.add(id);
            watch.socket = base;
            watch.helper = helper;
            helper.sockets++;
            watch.wanted = directions;
            int armed = arm(watch, directions);
            if (armed < 0) {
                remove(watch);
            }
            return armed;
        } finally {
            lock.unlock();
        }
    }

    private AfdHelper helper(int[] code) {
        for (int i = helpers.size() - 1; i >= 0; i--) {
            if (helpers.get(i).sockets < AfdHelper.MOST_SOCKETS) {
                return helpers.get(i);
            }
        }
        AfdHelper another = AfdHelper.open(system, port, AFD, code);
        if (another != null) {
            helpers.add(another);
        }
        return another;
    }

    @Override
    public int change(long handle, long id, int directions, boolean foreign) {
        lock.lock();
        try {
            Watch watch = watches.find(id);
            if (watch == null) {
                return -WsaError.ERROR_NOT_FOUND.code;
            }
            watch.wanted = directions;
            return arm(watch, directions);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int wouldBlock(long handle, long id, int directions) {
        lock.lock();
        try {
            Watch watch = watches.find(id);
            return watch == null ? 0 : arm(watch, directions & watch.wanted);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int remove(long handle, long id) {
        lock.lock();
        try {
            Watch watch = watches.find(id);
            if (watch == null) {
                return -WsaError.ERROR_NOT_FOUND.code;
            }
            remove(watch);
            return 0;
        } finally {
            lock.unlock();
        }
    }

    private void remove(Watch watch) {
        watches.forget(watch);
        watch.removed = true;
        watch.wanted = 0;
        if (watch.pending == 0) {
            release(watch);
        } else {
            cancel(watch);
        }
    }

    private void release(Watch watch) {
        watch.helper.sockets--;
        watch.helper = null;
        watches.release(watch);
    }

    private void cancel(Watch watch) {
        Memory m = system.borrow();
        try {
            for (int i = 0; i < DIRECTIONS.length; i++) {
                if ((watch.pending & DIRECTIONS[i]) != 0) {
                    // it may have come back already; then there is nothing to cancel
                    calls.cancel(watch.helper.handle, watch.memory.address + i * REQUEST_SIZE, m.address);
                }
            }
        } finally {
            system.giveBack(m);
        }
    }

    /** Asks AFD for directions, of which it has no request yet. */
    private int arm(Watch watch, int directions) {
        for (int i = 0; i < DIRECTIONS.length; i++) {
            if ((directions & ~watch.pending & DIRECTIONS[i]) != 0) {
                int result = ask(watch, i);
                if (result < 0) {
                    return result;
                }
            }
        }
        return 0;
    }

    private int ask(Watch watch, int direction) {
        int at = direction * REQUEST_SIZE;
        int request = at + REQUEST;
        watch.memory.bytes.putInt(at + AfdLayout.IO_STATUS, AfdLayout.STATUS_PENDING);
        watch.memory.bytes.putLong(request + AfdLayout.TIMEOUT, Long.MAX_VALUE);
        watch.memory.bytes.putInt(request + AfdLayout.HANDLE_COUNT, 1);
        watch.memory.bytes.putInt(request + AfdLayout.EXCLUSIVE, 0);
        watch.memory.bytes.putLong(request + AfdLayout.HANDLE, watch.socket);
        watch.memory.bytes.putInt(
                request + AfdLayout.EVENTS,
                GONE | (direction == 0 ? AfdLayout.AFD_POLL_RECEIVE : AfdLayout.AFD_POLL_SEND));
        watch.memory.bytes.putInt(request + AfdLayout.STATUS, 0);
        long address = watch.memory.address + request;
        int status = calls.deviceControl(
                watch.helper.handle,
                0,
                0,
                token(watch, direction),
                watch.memory.address + at,
                AfdLayout.IOCTL_AFD_POLL,
                address,
                AfdLayout.POLL_SIZE,
                address,
                AfdLayout.POLL_SIZE);
        if (status != AfdLayout.STATUS_SUCCESS && status != AfdLayout.STATUS_PENDING) {
            return -calls.dosError(status);
        }
        watch.pending |= DIRECTIONS[direction]; // also at once: a completion comes in any case
        outstanding++;
        return 0;
    }

    /** What a completion is known by; 0 would mean that none is wanted. */
    private static long token(Watch watch, int direction) {
        return 2L * watch.place + direction + 1;
    }

    @Override
    public int await(long nanos) {
        int count = completions(millis(nanos));
        if (count <= 0) {
            return count;
        }
        lock.lock();
        try {
            int ready = 0;
            for (int i = 0; i < count; i++) {
                int entry = i * AfdLayout.ENTRY_SIZE;
                if (entries.bytes.getLong(entry + AfdLayout.ENTRY_KEY) == AFD) {
                    long token = entries.bytes.getLong(entry + AfdLayout.ENTRY_OVERLAPPED) - 1;
                    Watch watch = watches.at((int) (token >>> 1));
                    int readiness = completed(watch, (int) token & 1);
                    if (readiness != 0) {
                        ids[ready] = watch.id;
                        found[ready++] = readiness;
                    }
                }
            }
            return ready;
        } finally {
            lock.unlock();
        }
    }

    private int completions(int millis) {
        int result = calls.completions(port, entries.address, MOST, removed.address, millis, 0);
        entries.keep();
        removed.keep();
        return result == -AfdLayout.WAIT_TIMEOUT ? 0 : result < 0 ? result : removed.bytes.getInt(0);
    }

    private static int millis(long nanos) {
        if (nanos < 0) {
            return AfdLayout.INFINITE;
        }
        long millis = nanos / NANOS_PER_MILLI + (nanos % NANOS_PER_MILLI == 0 ? 0 : 1);
        return (int) Math.min(millis, Integer.MAX_VALUE);
    }

    /** A request has come back: what it says. */
    private int completed(Watch watch, int direction) {
        outstanding--;
        watch.pending &= ~DIRECTIONS[direction];
        if (watch.removed) {
            if (watch.pending == 0) {
                release(watch);
            }
            return 0;
        }
        int at = direction * REQUEST_SIZE;
        int status = watch.memory.bytes.getInt(at + AfdLayout.IO_STATUS);
        if (status < 0 && status != AfdLayout.STATUS_CANCELLED) {
            return EventList.ERROR;
        }
        int events = status == AfdLayout.STATUS_SUCCESS
                        && watch.memory.bytes.getInt(at + REQUEST + AfdLayout.HANDLE_COUNT) > 0
                ? watch.memory.bytes.getInt(at + REQUEST + AfdLayout.EVENTS)
                : 0;
        if (events == 0) { // cancelled by somebody else
            return arm(watch, watch.wanted & DIRECTIONS[direction]) < 0 ? EventList.ERROR : 0;
        }
        return (events & AfdLayout.AFD_POLL_LOCAL_CLOSE) != 0 ? EventList.ERROR : watch.wanted & DIRECTIONS[direction];
    }

    @Override
    public int armedByCaller() {
        return EventList.READABLE | EventList.WRITABLE;
    }

    @Override
    public long id(int index) {
        return ids[index];
    }

    @Override
    public int readiness(int index) {
        return found[index];
    }

    @Override
    public void wakeUp() {
        calls.postCompletion(port, 0, WAKE, 0);
    }

    /** Takes every request back, and waits for it: AFD writes to its memory until then. */
    @Override
    public void close() {
        lock.lock();
        try {
            for (Watch watch : watches.all()) {
                if (watch.pending != 0) {
                    cancel(watch);
                }
            }
            for (int i = 0; i < PATIENCE && outstanding > 0; i++) {
                int count = completions(100);
                for (int entry = 0; entry < count * AfdLayout.ENTRY_SIZE; entry += AfdLayout.ENTRY_SIZE) {
                    if (entries.bytes.getLong(entry + AfdLayout.ENTRY_KEY) == AFD) {
                        outstanding--;
                    }
                }
            }
            if (outstanding > 0) {
                ABANDONED.add(watches);
            }
            helpers.forEach(helper -> calls.closeHandle(helper.handle));
            calls.closeHandle(port);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return "completion port " + port;
    }
}
