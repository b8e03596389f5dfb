package org.datagram4j.conformance.mutant;

import static org.datagram4j.ErrorKind.CLOSED;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.datagram4j.ErrorKind;
import org.datagram4j.Event;
import org.datagram4j.Events;
import org.datagram4j.Interest;
import org.datagram4j.IoOperation;
import org.datagram4j.Poll;
import org.datagram4j.Registry;
import org.datagram4j.Source;
import org.datagram4j.Token;
import org.datagram4j.TruncationPolicy;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.Waker;
import org.datagram4j.spi.EventList;
import org.datagram4j.spi.ForwardingBackend;
import org.datagram4j.spi.ForwardingPoll;
import org.datagram4j.spi.ForwardingRegistry;
import org.datagram4j.spi.ForwardingSocket;
import org.datagram4j.spi.PollRegistry;

/** Broken backends for the area CLOSE. */
final class CloseMutants {
    static final List<Mutant> ALL = List.of(
            Mutant.ofSockets(
                    "SecondCloseThrows",
                    "UDP-CLOSE-01",
                    "closing a closed socket throws",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public void close() {
                            if (!isOpen()) {
                                throw new IllegalStateException("it is closed already");
                            }
                            super.close();
                        }
                    }),
            Mutant.ofSockets(
                    "RemembersAfterClose",
                    "UDP-CLOSE-02",
                    "a closed socket still tells its truncation policy",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public TruncationPolicy truncationPolicy() throws UdpException {
                            return isOpen() ? super.truncationPolicy() : TruncationPolicy.PLATFORM;
                        }
                    }),
            Mutant.ofSockets(
                    "ClosedLocksOthersOut",
                    "UDP-CLOSE-02",
                    "closing keeps a lock that tryIo of other threads waits for",
                    LocksOthersOut::new),
            new Mutant(
                    "PendingEventOutlivesSocket",
                    "UDP-CLOSE-03",
                    "what was pending is reported when the socket is closed",
                    PendingOutlives::new),
            new Mutant(
                    "PortIsFreeAfterThePoll",
                    "UDP-CLOSE-04",
                    "a registered socket keeps its port until somebody polls, as in java.nio",
                    ClosesInPoll::new),
            Mutant.ofSockets("LeaksDescriptor", "UDP-CLOSE-05", "each socket leaves a descriptor behind", Leaks::new),
            Mutant.ofPolls(
                    "ClosedWaitReturnsEmpty",
                    "UDP-CLOSE-06",
                    "a wait that close ends returns nothing",
                    poll -> new ForwardingPoll(poll) {
                        @Override
                        public int poll(Events events, Duration timeout) throws UdpException {
                            boolean open = isOpen();
                            return emptyIf(open, () -> super.poll(events, timeout));
                        }
                    }),
            Mutant.ofPolls(
                    "ClosedPollReturnsEmpty",
                    "UDP-CLOSE-07",
                    "a poll that starts after close returns nothing",
                    poll -> new ForwardingPoll(poll) {
                        @Override
                        public int poll(Events events, Duration timeout) throws UdpException {
                            boolean closed = !isOpen();
                            return emptyIf(closed, () -> super.poll(events, timeout));
                        }
                    }),
            Mutant.ofSockets(
                    "ReregistersWithClosedPoll",
                    "UDP-CLOSE-07",
                    "a socket that is asked itself does not see that the poll is closed",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public void reregister(Registry registry, Token token, Interest interest) throws IOException {
                            if (!(registry instanceof PollRegistry known)
                                    || known.poll().isOpen()) {
                                super.reregister(registry, token, interest);
                            }
                        }
                    }),
            Mutant.ofPolls(
                    "PollClosesItsSockets", "UDP-CLOSE-08", "closing a poll closes its sockets", ClosesSockets::new),
            new Mutant(
                    "SocketCloseEndsTheWait",
                    "UDP-CLOSE-09",
                    "closing a socket makes polls return",
                    SocketCloseEndsTheWait::new),
            Mutant.ofSockets(
                    "ClosedUnderReceiveIsAnotherError",
                    "UDP-CLOSE-10",
                    "a receive that is closed in flight throws an unchecked exception",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public int recv(ByteBuffer buffer) throws UdpException {
                            boolean open = isOpen();
                            Thread.yield();
                            try {
                                return super.recv(buffer);
                            } catch (UdpException e) {
                                if (open && e.kind() == CLOSED) {
                                    throw new IllegalStateException("closed in the meantime");
                                }
                                throw e;
                            }
                        }
                    }),
            Mutant.ofSockets(
                    "CloseInsideTryIoThrows", "UDP-CLOSE-11", "close inside tryIo throws", RefusesCloseInside::new),
            Mutant.ofSockets(
                    "RefusedCountsAsInside",
                    "UDP-CLOSE-11",
                    "a tryIo that is refused because of close keeps the port",
                    RefusedCountsAsInside::new),
            Mutant.ofSockets(
                    "ClosesUnderTryIo",
                    "UDP-CLOSE-12",
                    "tryIo does not hold the socket open",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public int tryIo(Interest interest, IoOperation operation) throws IOException {
                            if (!isOpen()) {
                                return super.tryIo(interest, operation);
                            }
                            int result = operation.run();
                            return result == WOULD_BLOCK ? super.tryIo(interest, () -> result) : result;
                        }
                    }),
            Mutant.ofSockets(
                    "ReleasesBlockingChannel",
                    "UDP-CLOSE-13",
                    "a released channel is in blocking mode",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public DatagramChannel releaseChannel() throws UdpException {
                            DatagramChannel channel = super.releaseChannel();
                            try {
                                channel.configureBlocking(true);
                            } catch (IOException e) {
                                throw new UdpException(ErrorKind.OTHER, e.getMessage());
                            }
                            return channel;
                        }
                    }),
            new Mutant(
                    "ReleasedKeyStaysUntilPoll",
                    "UDP-CLOSE-13",
                    "a released channel is some selector's until somebody polls",
                    KeyStaysUntilPoll::new),
            Mutant.ofSockets(
                    "ReleasedSocketStaysOpen",
                    "UDP-CLOSE-14",
                    "releaseHandle leaves the socket open",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public long releaseHandle() throws UdpException {
                            return rawHandle();
                        }
                    }),
            Mutant.ofSockets(
                    "ReleaseInsideTryIoIsIoError",
                    "UDP-CLOSE-15",
                    "releasing inside tryIo throws an UdpException",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public DatagramChannel releaseChannel() throws UdpException {
                            try {
                                return super.releaseChannel();
                            } catch (IllegalStateException e) {
                                throw new UdpException(ErrorKind.OTHER, e.getMessage());
                            }
                        }
                    }),
            Mutant.ofPolls(
                    "DescriptorRevivesToken",
                    "UDP-CLOSE-16",
                    "a socket inherits the token of one that was closed while registered",
                    RevivesTokens::new),
            Mutant.ofPolls(
                    "ClosedRegistryIsAnotherError",
                    "UDP-CLOSE-17",
                    "the registry of a closed poll throws an unchecked exception",
                    poll -> new ForwardingPoll(poll) {
                        @Override
                        public Registry registry() {
                            return unchecked(super.registry(), () -> !isOpen());
                        }
                    }),
            MutantRegistry.of(
                    "ClosedSourceIsAnotherError",
                    "UDP-CLOSE-18",
                    "reregistering a socket that was closed meanwhile throws an unchecked exception",
                    registry -> unchecked(registry, () -> true)),
            Mutant.ofSockets(
                    "ReleaseDropsPeeked",
                    "UDP-CLOSE-19",
                    "releasing a channel throws away what was peeked at",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public DatagramChannel releaseChannel() throws UdpException {
                            super.recv(ByteBuffer.allocate(65_535));
                            return super.releaseChannel();
                        }
                    }),
            Mutant.ofSockets(
                    "RefusedReleaseLocks",
                    "UDP-CLOSE-19",
                    "a release that is refused keeps a lock that sends of other threads wait for",
                    RefusedReleaseLocks::new),
            Mutant.ofSockets(
                    "ReleasesForEver",
                    "UDP-CLOSE-20",
                    "releases a handle as often as it is asked to",
                    socket -> new ForwardingSocket(socket) {
                        private Long released;

                        @Override
                        public long releaseHandle() throws UdpException {
                            released = released == null ? Long.valueOf(super.releaseHandle()) : released;
                            return released;
                        }
                    }),
            Mutant.ofSockets(
                    "ReleasedStaysOpen",
                    "UDP-CLOSE-20",
                    "says that it is open when it was released",
                    socket -> new ForwardingSocket(socket) {
                        private boolean released;

                        @Override
                        public long releaseHandle() throws UdpException {
                            long handle = super.releaseHandle();
                            released = true;
                            return handle;
                        }

                        @Override
                        public boolean isOpen() {
                            return released || super.isOpen();
                        }
                    }),
            Mutant.ofSockets(
                    "CloseDuringReleaseIsLost",
                    "UDP-CLOSE-21",
                    "closing a socket whose channel is being released makes the release fail, and frees nothing",
                    LosesClose::new),
            Mutant.ofSockets(
                    "CloseDuringHandleReleaseIsLost",
                    "UDP-CLOSE-22",
                    "closing a socket whose handle is being released makes the release fail, and frees nothing",
                    LosesClose::new));

    /** Marks itself as closed when it is closed during a release, and leaves the system's socket to nobody. */
    private static final class LosesClose extends ForwardingSocket {
        private static final long RELEASE_NANOS = 20_000_000;

        private volatile boolean releasing;
        private volatile boolean lost;

        LosesClose(UdpSocket socket) {
            super(socket);
        }

        @Override
        public DatagramChannel releaseChannel() throws UdpException {
            beginRelease();
            return super.releaseChannel();
        }

        @Override
        public long releaseHandle() throws UdpException {
            beginRelease();
            return super.releaseHandle();
        }

        private void beginRelease() throws UdpException {
            releasing = true;
            long begin = System.nanoTime();
            while (!lost && System.nanoTime() - begin < RELEASE_NANOS) {
                Thread.onSpinWait();
            }
            releasing = false;
            requireNotLost();
        }

        private void requireNotLost() throws UdpException {
            if (lost) {
                throw new UdpException(CLOSED, this + " is closed");
            }
        }

        @Override
        public int recv(ByteBuffer buffer) throws UdpException {
            requireNotLost();
            return super.recv(buffer);
        }

        @Override
        public void close() {
            if (releasing) {
                lost = true;
            } else {
                super.close();
            }
        }
    }

    private CloseMutants() {}

    private static final class LocksOthersOut extends LockingMutant {
        LocksOthersOut(UdpSocket working) {
            super(working);
        }

        @Override
        public void close() {
            super.close();
            keep();
        }

        @Override
        public int tryIo(Interest interest, IoOperation operation) throws IOException {
            pass();
            return super.tryIo(interest, operation);
        }
    }

    private static final class RefusedReleaseLocks extends LockingMutant {
        RefusedReleaseLocks(UdpSocket working) {
            super(working);
        }

        @Override
        public DatagramChannel releaseChannel() throws UdpException {
            try {
                return super.releaseChannel();
            } catch (IllegalStateException e) {
                keep();
                throw e;
            }
        }

        @Override
        public int sendTo(ByteBuffer payload, InetSocketAddress destination) throws UdpException {
            pass();
            return super.sendTo(payload, destination);
        }
    }

    /** Takes the port again when it was closed inside tryIo, and lets it go with its memory only. */
    private static final class RefusedCountsAsInside extends ForwardingSocket {
        private final ThreadLocal<Boolean> inside = new ThreadLocal<>();
        private volatile boolean refused;
        private DatagramSocket again;

        RefusedCountsAsInside(UdpSocket working) {
            super(working);
        }

        @Override
        public int tryIo(Interest interest, IoOperation operation) throws IOException {
            if (inside.get() != null) {
                refused |= !isOpen();
                return super.tryIo(interest, operation);
            }
            InetSocketAddress address = localAddress();
            inside.set(true);
            try {
                return super.tryIo(interest, operation);
            } finally {
                inside.remove();
                if (refused) {
                    again = new DatagramSocket(address);
                }
            }
        }
    }

    /** Registers a channel that it releases with a selector of its own, which selects when any poll does. */
    private static final class KeyStaysUntilPoll extends ForwardingBackend {
        private final Queue<Selector> selectors = new ConcurrentLinkedQueue<>();

        KeyStaysUntilPoll(UdpBackend working) {
            super(working);
        }

        @Override
        public UdpSocket open(UdpConfig config) throws UdpException {
            return new ForwardingSocket(super.open(config)) {
                @Override
                public DatagramChannel releaseChannel() throws UdpException {
                    DatagramChannel channel = super.releaseChannel();
                    try {
                        Selector selector = Selector.open();
                        channel.register(selector, 0).cancel();
                        selectors.add(selector);
                    } catch (IOException e) {
                        throw new UdpException(ErrorKind.OTHER, e.getMessage());
                    }
                    return channel;
                }
            };
        }

        @Override
        public Poll openPoll(Duration spin) throws UdpException {
            return new ForwardingPoll(super.openPoll(spin)) {
                @Override
                public int poll(Events events, Duration timeout) throws UdpException {
                    for (Selector selector = selectors.poll(); selector != null; selector = selectors.poll()) {
                        try {
                            selector.close();
                        } catch (IOException e) {
                            throw new UdpException(ErrorKind.OTHER, e.getMessage());
                        }
                    }
                    return super.poll(events, timeout);
                }
            };
        }
    }

    private interface Polling {
        int run() throws UdpException;
    }

    private static int emptyIf(boolean wanted, Polling polling) throws UdpException {
        try {
            return polling.run();
        } catch (UdpException e) {
            if (wanted && e.kind() == CLOSED) {
                return 0;
            }
            throw e;
        }
    }

    private static Registry unchecked(Registry registry, BooleanSupplier when) {
        return new ForwardingRegistry(registry) {
            @Override
            public void reregister(Source source, Token token, Interest interest) throws IOException {
                try {
                    super.reregister(source, token, interest);
                } catch (UdpException e) {
                    if (when.getAsBoolean() && e.kind() == CLOSED) {
                        throw new IllegalStateException("closed");
                    }
                    throw e;
                }
            }

            @Override
            public void register(Source source, Token token, Interest interest) throws IOException {
                try {
                    super.register(source, token, interest);
                } catch (UdpException e) {
                    if (when.getAsBoolean() && e.kind() == CLOSED) {
                        throw new IllegalStateException("closed");
                    }
                    throw e;
                }
            }
        };
    }

    /** A backend whose sockets tell when they are closed, and whose polls can be changed. */
    private abstract static class Watching extends ForwardingBackend {
        Watching(UdpBackend working) {
            super(working);
        }

        abstract void close(UdpSocket socket, boolean registered);

        abstract Poll poll(Poll working) throws UdpException;

        @Override
        public UdpSocket open(UdpConfig config) throws UdpException {
            return new ForwardingSocket(super.open(config)) {
                private volatile boolean registered;

                @Override
                public void register(Registry registry, Token token, Interest interest) throws IOException {
                    super.register(registry, token, interest);
                    registered = true;
                }

                @Override
                public void close() {
                    Watching.this.close(delegate(), registered);
                }
            };
        }

        @Override
        public Poll openPoll(Duration spin) throws UdpException {
            return poll(super.openPoll(spin));
        }
    }

    private static final class ClosesInPoll extends Watching {
        private final Queue<UdpSocket> closed = new ConcurrentLinkedQueue<>();

        ClosesInPoll(UdpBackend working) {
            super(working);
        }

        @Override
        void close(UdpSocket socket, boolean registered) {
            if (registered) {
                closed.add(socket);
            } else {
                socket.close();
            }
        }

        @Override
        Poll poll(Poll working) {
            return new ForwardingPoll(working) {
                @Override
                public int poll(Events events, Duration timeout) throws UdpException {
                    for (UdpSocket socket = closed.poll(); socket != null; socket = closed.poll()) {
                        socket.close();
                    }
                    return super.poll(events, timeout);
                }
            };
        }
    }

    private static final class PendingOutlives extends Watching {
        private final Queue<Collecting> polls = new ConcurrentLinkedQueue<>();

        PendingOutlives(UdpBackend working) {
            super(working);
        }

        @Override
        void close(UdpSocket socket, boolean registered) {
            if (registered) {
                polls.forEach(Collecting::collect);
            }
            socket.close();
        }

        @Override
        Poll poll(Poll working) {
            Collecting poll = new Collecting(working);
            polls.add(poll);
            return poll;
        }
    }

    /** Looks for events when it is told to, and reports them later. */
    private static final class Collecting extends ForwardingPoll {
        private final Queue<Token> stale = new ConcurrentLinkedQueue<>();
        private final Events found;

        Collecting(Poll working) {
            super(working);
            found = working.newEvents(64);
        }

        private void collect() {
            try {
                super.poll(found, Duration.ZERO);
            } catch (IllegalStateException | UdpException e) {
                return; // somebody polls, or it is closed
            }
            for (Event event : found) {
                stale.add(event.token());
            }
        }

        @Override
        public int poll(Events events, Duration timeout) throws UdpException {
            super.poll(events, stale.isEmpty() ? timeout : Duration.ZERO);
            for (Token token = stale.poll(); token != null; token = stale.poll()) {
                ((EventList) events).add(token, EventList.READABLE);
            }
            return events.size();
        }
    }

    private static final class Leaks extends ForwardingSocket {
        private static final Queue<Closeable> LEAKED = new ConcurrentLinkedQueue<>();

        Leaks(UdpSocket working) {
            super(working);
            try {
                LEAKED.add(DatagramChannel.open());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static final class ClosesSockets extends RewritingPoll {
        ClosesSockets(Poll working) {
            super(working);
        }

        @Override
        public void close() {
            registrations().values().forEach(registered -> {
                if (registered.source() instanceof UdpSocket socket) {
                    socket.close();
                }
            });
            super.close();
        }
    }

    private static final class SocketCloseEndsTheWait extends Watching {
        private static final Token HIDDEN = new Token(0x0DD5_0FF5_0DD5_0FF5L);

        private final Queue<Waker> wakers = new ConcurrentLinkedQueue<>();

        SocketCloseEndsTheWait(UdpBackend working) {
            super(working);
        }

        @Override
        void close(UdpSocket socket, boolean registered) {
            socket.close();
            if (registered) {
                wakers.forEach(Waker::wake);
            }
        }

        @Override
        Poll poll(Poll working) throws UdpException {
            wakers.add(working.registry().newWaker(HIDDEN));
            return new ForwardingPoll(working) {
                @Override
                public int poll(Events events, Duration timeout) throws UdpException {
                    super.poll(events, timeout);
                    if (events.size() == 1 && events.get(0).token().equals(HIDDEN)) {
                        events.clear();
                    }
                    return events.size();
                }
            };
        }
    }

    private static final class RefusesCloseInside extends ForwardingSocket {
        private final ThreadLocal<Boolean> inside = new ThreadLocal<>();

        RefusesCloseInside(UdpSocket working) {
            super(working);
        }

        @Override
        public int tryIo(Interest interest, IoOperation operation) throws IOException {
            inside.set(true);
            try {
                return super.tryIo(interest, operation);
            } finally {
                inside.remove();
            }
        }

        @Override
        public void close() {
            if (inside.get() != null) {
                throw new IllegalStateException("not inside tryIo");
            }
            super.close();
        }
    }

    private static final class RevivesTokens extends RewritingPoll {
        private final Map<Token, Token> revived = new ConcurrentHashMap<>();
        private final Set<Token> dead = ConcurrentHashMap.newKeySet();
        private final Registry registry;

        RevivesTokens(Poll working) {
            super(working);
            registry = new ForwardingRegistry(super.registry()) {
                @Override
                public void register(Source source, Token token, Interest interest) throws IOException {
                    findDead();
                    for (Token old : dead) {
                        revived.put(token, old);
                        dead.remove(old);
                        break;
                    }
                    super.register(source, token, interest);
                }
            };
        }

        private void findDead() {
            registrations().forEach((token, registered) -> {
                if (registered.source() instanceof UdpSocket socket && !socket.isOpen()) {
                    dead.add(token);
                    registrations().remove(token);
                }
            });
        }

        @Override
        public Registry registry() {
            return registry;
        }

        @Override
        void show(Event event, EventList shown) {
            shown.add(revived.getOrDefault(event.token(), event.token()), bits(event));
        }
    }
}
