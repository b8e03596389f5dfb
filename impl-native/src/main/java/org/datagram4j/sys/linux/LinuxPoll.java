package org.datagram4j.sys.linux;

import java.util.concurrent.locks.ReentrantLock;
import org.datagram4j.UdpException;
import org.datagram4j.spi.EventList;
import org.datagram4j.sys.contract.SystemPoll;
import org.datagram4j.sys.linkage.LinuxCalls;
import org.datagram4j.sys.linkage.Memory;

/**
 * epoll, edge-triggered.
 *
 * <p>Readable edges are epoll's own. Writable ones are not what we want: with EPOLLOUT every datagram that leaves the
 * socket's send buffer is an edge (100 sends, 100 events), and taking EPOLLOUT away again makes epoll look anew at the
 * socket and report what is undrained once more. So writable directions live in a second epoll, nested in the first, as
 * EPOLLONESHOT: reported once, then silent until armed again, without touching the readable side. It is made when it is
 * first needed.
 *
 * <p>Wakeups come by an eventfd. Each write to it is an edge; nobody has to read it.
 */
final class LinuxPoll implements SystemPoll {
    private static final int MOST = 256;
    private static final long WAKE = 0;
    private static final long WRITERS = -1;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final LinuxSystem system;
    private final LinuxCalls calls;
    private final EpollLayout layout;
    private final int epoll;
    private final int wake;
    private final Memory one;

    private final ReentrantLock making = new ReentrantLock();
    private volatile int writers = -1;

    // For the thread that waits.
    private final Memory events;
    private final Memory writable;
    private final Memory time;
    private int count;
    private int writableCount;

    private LinuxPoll(LinuxSystem system, int epoll, int wake) {
        this.system = system;
        this.calls = system.calls();
        this.layout = system.epoll();
        this.epoll = epoll;
        this.wake = wake;
        this.one = new Memory(system.linkage(), 8);
        this.events = new Memory(system.linkage(), MOST * layout.size);
        this.writable = new Memory(system.linkage(), MOST * layout.size);
        this.time = new Memory(system.linkage(), 16);
        one.bytes.putLong(0, 1);
    }

    static LinuxPoll open(LinuxSystem system) throws UdpException {
        LinuxCalls calls = system.calls();
        int epoll = calls.epollCreate(EpollLayout.EPOLL_CLOEXEC);
        if (epoll < 0) {
            throw system.failure("opening a poll (epoll_create1)", epoll);
        }
        int wake = calls.eventfd(0, EpollLayout.EFD_CLOEXEC | EpollLayout.EFD_NONBLOCK);
        if (wake < 0) {
            calls.close(epoll);
            throw system.failure("opening a poll (eventfd)", wake);
        }
        LinuxPoll poll = new LinuxPoll(system, epoll, wake);
        int added =
                poll.control(epoll, EpollLayout.EPOLL_CTL_ADD, wake, WAKE, EpollLayout.EPOLLIN | EpollLayout.EPOLLET);
        if (added < 0) {
            poll.close();
            throw system.failure("opening a poll (epoll_ctl)", added);
        }
        return poll;
    }

    @Override
    public int add(long handle, long id, int directions, boolean foreign) {
        if (handle != (int) handle) {
            return -Errno.EBADF.code;
        }
        int added = control(epoll, EpollLayout.EPOLL_CTL_ADD, handle, id, interest(directions, foreign));
        if (added < 0 || foreign || (directions & EventList.WRITABLE) == 0) {
            return added;
        }
        int armed = armWritable(handle, id);
        if (armed < 0) {
            control(epoll, EpollLayout.EPOLL_CTL_DEL, handle, id, 0);
        }
        return armed;
    }

    @Override
    public int change(long handle, long id, int directions, boolean foreign) {
        int changed = control(epoll, EpollLayout.EPOLL_CTL_MOD, handle, id, interest(directions, foreign));
        if (changed < 0 || foreign) {
            return changed;
        }
        if ((directions & EventList.WRITABLE) != 0) {
            return armWritable(handle, id);
        }
        forgetWritable(handle, id);
        return changed;
    }

    @Override
    public int wouldBlock(long handle, long id, int directions) {
        return (directions & EventList.WRITABLE) != 0 ? armWritable(handle, id) : 0;
    }

    @Override
    public int remove(long handle, long id) {
        forgetWritable(handle, id);
        return control(epoll, EpollLayout.EPOLL_CTL_DEL, handle, id, 0);
    }

    /** What the first epoll looks for: errors in any case. */
    private static int interest(int directions, boolean foreign) {
        int interest = EpollLayout.EPOLLET;
        if ((directions & EventList.READABLE) != 0) {
            interest |= EpollLayout.EPOLLIN | EpollLayout.EPOLLRDHUP;
        }
        if (foreign && (directions & EventList.WRITABLE) != 0) {
            interest |= EpollLayout.EPOLLOUT;
        }
        return interest;
    }

    private int armWritable(long handle, long id) {
        int second = writers();
        if (second < 0) {
            return second;
        }
        int interest = EpollLayout.EPOLLOUT | EpollLayout.EPOLLET | EpollLayout.EPOLLONESHOT;
        int changed = control(second, EpollLayout.EPOLL_CTL_MOD, handle, id, interest);
        return changed == -Errno.ENOENT.code
                ? control(second, EpollLayout.EPOLL_CTL_ADD, handle, id, interest)
                : changed;
    }

    private void forgetWritable(long handle, long id) {
        int second = writers;
        if (second >= 0) {
            control(second, EpollLayout.EPOLL_CTL_DEL, handle, id, 0); // or it was never there
        }
    }

    private int writers() {
        int made = writers;
        if (made >= 0) {
            return made;
        }
        making.lock();
        try {
            if (writers < 0) {
                made = calls.epollCreate(EpollLayout.EPOLL_CLOEXEC);
                if (made < 0) {
                    return made;
                }
                int added = control(epoll, EpollLayout.EPOLL_CTL_ADD, made, WRITERS, EpollLayout.EPOLLIN);
                if (added < 0) {
                    calls.close(made);
                    return added;
                }
                writers = made;
            }
            return writers;
        } finally {
            making.unlock();
        }
    }

    private int control(int on, int operation, long handle, long id, int interest) {
        int fd = (int) handle;
        if (fd != handle) {
            return -Errno.EBADF.code; // what is left of it may be a descriptor
        }
        Memory event = system.borrow();
        try {
            event.bytes.putInt(EpollLayout.EVENTS, interest).putLong(layout.data, id);
            return calls.epollCtl(on, operation, fd, event.address);
        } finally {
            system.giveBack(event);
        }
    }

    @Override
    public int await(long nanos) {
        writableCount = 0;
        int found = nanos == 0 ? calls.epollWait(epoll, events.address, MOST, 0) : sleep(nanos);
        count = Math.max(found, 0);
        for (int i = 0; i < count; i++) {
            if (data(i) == WRITERS) {
                writableCount = Math.max(0, calls.epollWait(writers, writable.address, MOST, 0));
            }
        }
        events.keep();
        writable.keep();
        return found == -Errno.EINTR.code ? 0 : found < 0 ? found : count + writableCount;
    }

    private int sleep(long nanos) {
        if (system.hasPwait2()) {
            long timeout = 0;
            if (nanos > 0) {
                // struct timespec { time_t tv_sec; long tv_nsec; };
                time.bytes.putLong(0, nanos / NANOS_PER_SECOND).putLong(8, nanos % NANOS_PER_SECOND);
                timeout = time.address;
            }
            int found = calls.epollPwait2(EpollLayout.SYS_EPOLL_PWAIT2, epoll, events.address, MOST, timeout);
            time.keep();
            return found;
        }
        long millis = nanos < 0 ? -1 : nanos / NANOS_PER_MILLI + (nanos % NANOS_PER_MILLI == 0 ? 0 : 1);
        return calls.epollWait(epoll, events.address, MOST, (int) Math.min(millis, Integer.MAX_VALUE));
    }

    @Override
    public int armedByCaller() {
        return EventList.WRITABLE;
    }

    @Override
    public long id(int index) {
        long id = data(index);
        return id == WRITERS ? 0 : id;
    }

    private long data(int index) {
        return index < count
                ? events.bytes.getLong(index * layout.size + layout.data)
                : writable.bytes.getLong((index - count) * layout.size + layout.data);
    }

    @Override
    public int readiness(int index) {
        int found = index < count
                ? events.bytes.getInt(index * layout.size + EpollLayout.EVENTS)
                : writable.bytes.getInt((index - count) * layout.size + EpollLayout.EVENTS);
        int bits = 0;
        if ((found & EpollLayout.EPOLLIN) != 0) {
            bits |= EventList.READABLE;
        }
        if ((found & EpollLayout.EPOLLOUT) != 0) {
            bits |= EventList.WRITABLE;
        }
        if ((found & EpollLayout.EPOLLERR) != 0) {
            bits |= EventList.ERROR;
        }
        if ((found & EpollLayout.EPOLLRDHUP) != 0) {
            bits |= EventList.READ_CLOSED | EventList.READABLE;
        }
        if ((found & EpollLayout.EPOLLHUP) != 0) {
            bits |= EventList.READ_CLOSED | EventList.WRITE_CLOSED | EventList.READABLE | EventList.WRITABLE;
        }
        return bits;
    }

    @Override
    public void wakeUp() {
        calls.write(wake, one.address, 8);
        one.keep();
    }

    @Override
    public void close() {
        if (writers >= 0) {
            calls.close(writers);
        }
        calls.close(wake);
        calls.close(epoll);
    }

    @Override
    public String toString() {
        return "epoll " + epoll;
    }
}
