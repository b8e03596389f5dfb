package org.datagram4j.conformance.mutant;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.datagram4j.DatagramInfo;
import org.datagram4j.ErrorKind;
import org.datagram4j.Events;
import org.datagram4j.Poll;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.spi.ForwardingBackend;
import org.datagram4j.spi.ForwardingPoll;
import org.datagram4j.spi.ForwardingSocket;

/** Broken backends for the area THR. */
final class ThrMutants {
    static final List<Mutant> ALL = List.of(
            Mutant.ofPolls(
                    "SecondPollReturnsEmpty",
                    "UDP-THR-01",
                    "a second thread that polls gets nothing, and is not told why",
                    poll -> new ForwardingPoll(poll) {
                        @Override
                        public int poll(Events events, Duration timeout) throws UdpException {
                            try {
                                return super.poll(events, timeout);
                            } catch (IllegalStateException e) {
                                return 0;
                            }
                        }
                    }),
            Mutant.ofPolls(
                    "PollClearsInterrupt",
                    "UDP-THR-02",
                    "poll on an interrupted thread clears the status",
                    poll -> new ForwardingPoll(poll) {
                        @Override
                        public int poll(Events events, Duration timeout) throws UdpException {
                            boolean before = Thread.currentThread().isInterrupted();
                            int count = super.poll(events, timeout);
                            return before && Thread.interrupted() ? count : events.size();
                        }
                    }),
            Mutant.ofPolls(
                    "InterruptClosesPoll",
                    "UDP-THR-03",
                    "an interrupt during the wait closes the poll",
                    poll -> new ForwardingPoll(poll) {
                        @Override
                        public int poll(Events events, Duration timeout) throws UdpException {
                            boolean before = Thread.currentThread().isInterrupted();
                            int count = super.poll(events, timeout);
                            if (!before && Thread.currentThread().isInterrupted()) {
                                close();
                            }
                            return count;
                        }
                    }),
            Mutant.ofSockets(
                    "ConnectStaysLocked",
                    "UDP-THR-11",
                    "connect keeps a lock that sends and receives of other threads wait for",
                    socket -> new LockingMutant(socket) {
                        @Override
                        public void connect(InetSocketAddress peer) throws UdpException {
                            super.connect(peer);
                            keep();
                        }

                        @Override
                        public int send(ByteBuffer payload) throws UdpException {
                            pass();
                            return super.send(payload);
                        }

                        @Override
                        public int recv(ByteBuffer buffer) throws UdpException {
                            pass();
                            return super.recv(buffer);
                        }
                    }),
            Mutant.ofSockets(
                    "InterruptClosesSocket",
                    "UDP-THR-04",
                    "a send on an interrupted thread closes the socket, as a blocking channel does",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public int sendTo(ByteBuffer payload, InetSocketAddress destination) throws UdpException {
                            if (Thread.currentThread().isInterrupted()) {
                                close();
                                throw new UdpException(ErrorKind.CLOSED, "closed by interrupt");
                            }
                            return super.sendTo(payload, destination);
                        }
                    }),
            Mutant.ofSockets(
                    "OneScratchForBothDirections",
                    "UDP-THR-05",
                    "sends and receives go through the same memory without a lock",
                    socket -> new Scratch(socket, true, true)),
            Mutant.ofSockets(
                    "OneScratchForReceives",
                    "UDP-THR-06",
                    "receives go through the same memory without a lock",
                    socket -> new Scratch(socket, false, true)),
            Mutant.ofSockets(
                    "OneScratchForSends",
                    "UDP-THR-07",
                    "sends go through the same memory without a lock",
                    socket -> new Scratch(socket, true, false)),
            Mutant.ofPolls("HoldsItsCarrier", "UDP-THR-08", "a poll on a virtual thread spins", HoldsItsCarrier::new),
            Mutant.ofPolls(
                    "PollOfOneThread",
                    "UDP-THR-09",
                    "a poll belongs to the thread that polled first",
                    PollOfOneThread::new),
            new Mutant(
                    "OpensOneAtATime",
                    "UDP-THR-10",
                    "of two threads that open at once, one is refused",
                    OpensOneAtATime::new));

    private ThrMutants() {}

    private static final class Scratch extends ForwardingSocket {
        private final byte[] scratch = new byte[65_535];
        private final boolean sends;
        private final boolean receives;

        Scratch(UdpSocket working, boolean sends, boolean receives) {
            super(working);
            this.sends = sends;
            this.receives = receives;
        }

        @Override
        public int sendTo(ByteBuffer payload, InetSocketAddress destination) throws UdpException {
            if (!sends) {
                return super.sendTo(payload, destination);
            }
            int length = payload.remaining();
            payload.duplicate().get(scratch, 0, length);
            Thread.yield();
            int count = super.sendTo(ByteBuffer.wrap(scratch, 0, length), destination);
            payload.position(payload.position() + Math.max(0, count));
            return count;
        }

        @Override
        public int recv(ByteBuffer buffer) throws UdpException {
            if (!receives) {
                return super.recv(buffer);
            }
            int count = super.recv(ByteBuffer.wrap(scratch, 0, buffer.remaining()));
            Thread.yield();
            buffer.put(scratch, 0, Math.max(0, count));
            return count;
        }

        @Override
        public int receive(ByteBuffer buffer, DatagramInfo info) throws UdpException {
            if (!receives) {
                return super.receive(buffer, info);
            }
            int count = super.receive(ByteBuffer.wrap(scratch, 0, buffer.remaining()), info);
            Thread.yield();
            buffer.put(scratch, 0, Math.max(0, count));
            return count;
        }
    }

    private static final class HoldsItsCarrier extends ForwardingPoll {
        HoldsItsCarrier(Poll working) {
            super(working);
        }

        @Override
        public int poll(Events events, Duration timeout) throws UdpException {
            boolean virtual = Thread.currentThread().toString().startsWith("VirtualThread");
            if (!virtual || timeout != null) {
                return super.poll(events, timeout);
            }
            int count;
            do {
                count = super.poll(events, Duration.ZERO);
            } while (count == 0);
            return count;
        }
    }

    private static final class PollOfOneThread extends ForwardingPoll {
        private Thread owner;

        PollOfOneThread(Poll working) {
            super(working);
        }

        @Override
        public int poll(Events events, Duration timeout) throws UdpException {
            if (owner == null) {
                owner = Thread.currentThread();
            }
            if (owner != Thread.currentThread()) {
                throw new IllegalStateException("this poll belongs to " + owner);
            }
            return super.poll(events, timeout);
        }
    }

    private static final class OpensOneAtATime extends ForwardingBackend {
        private final AtomicBoolean busy = new AtomicBoolean();

        OpensOneAtATime(UdpBackend working) {
            super(working);
        }

        @Override
        public UdpSocket open(UdpConfig config) throws UdpException {
            if (!busy.compareAndSet(false, true)) {
                throw new IllegalStateException("another thread is opening");
            }
            try {
                Thread.yield();
                return super.open(config);
            } finally {
                busy.set(false);
            }
        }
    }
}
