package org.datagram4j.conformance.mutant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.datagram4j.Capability;
import org.datagram4j.DatagramBatch;
import org.datagram4j.DatagramInfo;
import org.datagram4j.Events;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.spi.ForwardingBackend;
import org.datagram4j.spi.ForwardingPoll;
import org.datagram4j.spi.ForwardingSocket;

/** Broken backends for the area MEM. */
final class MemMutants {
    private static final int MUCH_BYTES = 1_024;
    private static final long LATE_NANOS = 20_000_000;

    /** Keeps compilers from removing what is allocated for nothing. */
    private static volatile Object garbage;

    static final List<Mutant> ALL = List.of(
            Mutant.ofPolls("ThreadForEachPoll", "UDP-MEM-13", "every poll starts a thread that outlives it", poll -> {
                Thread thread = new Thread(MemMutants::stay, "left behind");
                thread.setDaemon(true);
                thread.start();
                return poll;
            }),
            new Mutant("RemembersSockets", "UDP-MEM-14", "keeps every socket that it ever opened", working -> {
                return new ForwardingBackend(working) {
                    private final Queue<UdpSocket> opened = new ConcurrentLinkedQueue<>();

                    @Override
                    public UdpSocket open(UdpConfig config) throws UdpException {
                        UdpSocket socket = super.open(config);
                        opened.add(socket);
                        return socket;
                    }
                };
            }),
            Mutant.ofSockets(
                    "CopiesTooLate",
                    "UDP-MEM-15",
                    "receives, and looks then whether the direct buffer can be written",
                    socket -> new ReceivingMutant(socket) {
                        @Override
                        int take(Take working, boolean peek, ByteBuffer buffer, DatagramInfo info) throws UdpException {
                            if (buffer == null || buffer.isReadOnly() || !buffer.isDirect()) {
                                return working.into(buffer, info);
                            }
                            ByteBuffer copy = ByteBuffer.allocate(buffer.remaining());
                            int length = working.into(copy, info);
                            buffer.put(copy.flip());
                            return length;
                        }
                    }),
            Mutant.ofSockets(
                    "ShortRoom",
                    "UDP-MEM-01",
                    "keeps the room of a buffer in 16 bits",
                    socket -> new ReceivingMutant(socket) {
                        @Override
                        int take(Take working, boolean peek, ByteBuffer buffer, DatagramInfo info) throws UdpException {
                            if (buffer == null || buffer.remaining() <= 0xFFFF) {
                                return working.into(buffer, info);
                            }
                            int limit = buffer.limit();
                            try {
                                return working.into(
                                        buffer.limit(buffer.position() + (buffer.remaining() & 0xFFFF)), info);
                            } finally {
                                buffer.limit(limit);
                            }
                        }
                    }),
            Mutant.ofSockets(
                    "SendsLate",
                    "UDP-MEM-02",
                    "sends after it has returned, from the caller's buffer",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public int sendTo(ByteBuffer payload, InetSocketAddress destination) throws UdpException {
                            if (payload == null || !payload.hasRemaining() || destination == null) {
                                return super.sendTo(payload, destination);
                            }
                            ByteBuffer view = payload.duplicate();
                            Thread late = new Thread(() -> sendLate(delegate(), view, destination));
                            late.setDaemon(true);
                            late.start();
                            int count = payload.remaining();
                            payload.position(payload.limit());
                            return count;
                        }
                    }),
            Mutant.ofSockets(
                    "ReceiveAllocates",
                    "UDP-MEM-03",
                    "allocates a kilobyte for each receive",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public int receive(ByteBuffer buffer, DatagramInfo info) throws UdpException {
                            garbage = new byte[MUCH_BYTES];
                            return super.receive(buffer, info);
                        }
                    }),
            Mutant.ofSockets(
                    "SendAllocates",
                    "UDP-MEM-04",
                    "allocates a kilobyte for each send to the peer",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public int send(ByteBuffer payload) throws UdpException {
                            garbage = new byte[MUCH_BYTES];
                            return super.send(payload);
                        }
                    }),
            new Mutant(
                    "ClaimsZeroAlloc",
                    "UDP-MEM-03",
                    "declares ZERO_ALLOC and allocates a little for each receive",
                    backend -> {
                        EnumSet<Capability> claimed = EnumSet.copyOf(backend.capabilities());
                        claimed.add(Capability.ZERO_ALLOC);
                        return new ForwardingBackend(backend) {
                            @Override
                            public Set<Capability> capabilities() {
                                return Collections.unmodifiableSet(claimed);
                            }

                            @Override
                            public UdpSocket open(UdpConfig config) throws UdpException {
                                return new LittleAllocator(super.open(config));
                            }
                        };
                    }),
            Mutant.ofSockets(
                    "BatchAllocates",
                    "UDP-MEM-08",
                    "allocates a kilobyte for each batch receive",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public int recvBatch(DatagramBatch batch, int first, int count) throws UdpException {
                            garbage = new byte[MUCH_BYTES];
                            return super.recvBatch(batch, first, count);
                        }
                    }),
            Mutant.ofPolls(
                    "PollAllocates",
                    "UDP-MEM-05",
                    "allocates a kilobyte for each poll",
                    poll -> new ForwardingPoll(poll) {
                        @Override
                        public int poll(Events events, Duration timeout) throws UdpException {
                            garbage = new byte[MUCH_BYTES];
                            return super.poll(events, timeout);
                        }
                    }),
            Mutant.ofSockets(
                    "LeaksDescriptorPerSocket", "UDP-MEM-06", "keeps one descriptor for each socket", socket -> {
                        leak();
                        return socket;
                    }),
            new Mutant(
                    "FailureLeaks",
                    "UDP-MEM-07",
                    "keeps the descriptor of a socket that failed to open",
                    backend -> new ForwardingBackend(backend) {
                        @Override
                        public UdpSocket open(UdpConfig config) throws UdpException {
                            try {
                                return super.open(config);
                            } catch (UdpException e) {
                                leak();
                                throw e;
                            }
                        }
                    }),
            Mutant.ofSockets(
                    "NamesAllocate",
                    "UDP-MEM-09",
                    "makes the address of every sender anew",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public int receive(ByteBuffer buffer, DatagramInfo info) throws UdpException {
                            int count = super.receive(buffer, info);
                            garbage = count == WOULD_BLOCK ? null : new InetSocketAddress(info.senderPort());
                            return count;
                        }
                    }),
            Mutant.ofSockets(
                    "CachesOneDestination",
                    "UDP-MEM-10",
                    "takes a destination apart unless it is the last one's",
                    socket -> new ForwardingSocket(socket) {
                        private InetSocketAddress last;

                        @Override
                        public int sendTo(ByteBuffer payload, InetSocketAddress destination) throws UdpException {
                            if (destination != null && destination != last) {
                                garbage = destination.getAddress() == null
                                        ? null
                                        : destination.getAddress().getAddress();
                                last = destination;
                            }
                            return super.sendTo(payload, destination);
                        }
                    }),
            Mutant.ofSockets(
                    "BatchSendAllocates",
                    "UDP-MEM-11",
                    "allocates for each batch that is sent",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public int sendBatch(DatagramBatch batch, int first, int count) throws UdpException {
                            garbage = new int[count < 0 ? 0 : Math.min(count, MUCH_BYTES)];
                            return super.sendBatch(batch, first, count);
                        }
                    }),
            Mutant.ofPolls(
                    "IdlePollAllocates",
                    "UDP-MEM-12",
                    "allocates for each poll that finds nothing",
                    poll -> new ForwardingPoll(poll) {
                        @Override
                        public int poll(Events events, Duration timeout) throws UdpException {
                            int count = super.poll(events, timeout);
                            if (count == 0) {
                                garbage = new byte[1];
                            }
                            return count;
                        }
                    }));

    // For good: were they collected later, another rule would see descriptors go and miss a leak.
    private static final Queue<DatagramChannel> LEAKED = new ConcurrentLinkedQueue<>();

    private MemMutants() {}

    /** A boxed number for each receive: what is easily overlooked. */
    private static final class LittleAllocator extends ForwardingSocket {
        LittleAllocator(UdpSocket working) {
            super(working);
        }

        @Override
        public int receive(ByteBuffer buffer, DatagramInfo info) throws UdpException {
            garbage = System.nanoTime();
            return super.receive(buffer, info);
        }
    }

    private static void sendLate(UdpSocket socket, ByteBuffer payload, InetSocketAddress destination) {
        LockSupport.parkNanos(LATE_NANOS);
        try {
            socket.sendTo(payload, destination);
        } catch (UdpException | RuntimeException e) {
            garbage = e; // the rule has ended and closed the socket
        }
    }

    private static void stay() {
        while (true) {
            LockSupport.park();
        }
    }

    private static void leak() {
        try {
            LEAKED.add(DatagramChannel.open());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
