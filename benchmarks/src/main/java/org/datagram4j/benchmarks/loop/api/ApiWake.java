package org.datagram4j.benchmarks.loop.api;

import java.io.IOException;
import org.datagram4j.Events;
import org.datagram4j.Poll;
import org.datagram4j.Token;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpException;
import org.datagram4j.Waker;
import org.datagram4j.benchmarks.loop.Far;
import org.datagram4j.benchmarks.loop.Trips;

/** A wake of another polling thread, and one back. */
final class ApiWake extends Trips {
    private final Side near;
    private final Side far;

    ApiWake(UdpBackend backend) throws IOException, InterruptedException {
        near = new Side(backend);
        far = new Side(backend);
        Far.start(this::answer);
    }

    private void answer() {
        try {
            while (true) {
                far.await();
                near.waker.wake();
            }
        } catch (UdpException e) {
            // closed: the measurement is over
        }
    }

    @Override
    protected void trip() throws IOException {
        far.waker.wake();
        near.await();
    }

    @Override
    public void close() {
        far.poll.close();
        near.poll.close();
    }

    private static final class Side {
        final Poll poll;
        final Events events;
        final Waker waker;

        Side(UdpBackend backend) throws IOException {
            poll = backend.openPoll();
            events = poll.newEvents(64);
            waker = poll.registry().newWaker(new Token(0));
        }

        void await() throws UdpException {
            while (poll.poll(events, null) == 0) {
                // nothing happened
            }
        }
    }
}
