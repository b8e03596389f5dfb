package org.datagram4j.conformance.mutant;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.datagram4j.DatagramInfo;
import org.datagram4j.Event;
import org.datagram4j.Events;
import org.datagram4j.Interest;
import org.datagram4j.IoOperation;
import org.datagram4j.Poll;
import org.datagram4j.Registry;
import org.datagram4j.Source;
import org.datagram4j.Token;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.spi.Arguments;
import org.datagram4j.spi.EventList;
import org.datagram4j.spi.ForwardingBackend;
import org.datagram4j.spi.ForwardingPoll;
import org.datagram4j.spi.ForwardingRegistry;
import org.datagram4j.spi.ForwardingSocket;

/** Broken backends for the area READY. */
final class ReadyMutants {
    static final List<Mutant> ALL = List.of(
            Mutant.ofPolls(
                    "MissesWhatWasQueued",
                    "UDP-READY-01",
                    "what was readable when it was registered is not reported",
                    ForgetsWhatWasReady::new),
            Mutant.ofPolls(
                    "SpinsWhereItShouldWait",
                    "UDP-READY-27",
                    "a poll looks again and again instead of waiting",
                    poll -> new ForwardingPoll(poll) {
                        @Override
                        public int poll(Events events, Duration timeout) throws UdpException {
                            long start = System.nanoTime();
                            long nanos = Arguments.timeoutNanos(timeout);
                            while (super.poll(events, Duration.ZERO) == 0
                                    && !Thread.currentThread().isInterrupted()
                                    && (nanos < 0 || System.nanoTime() - start < nanos)) {
                                Thread.onSpinWait();
                            }
                            return events.size();
                        }
                    }),
            Mutant.ofSockets(
                    "FirstPeekBlocks",
                    "UDP-READY-28",
                    "every other peek would block",
                    socket -> new ReceivingMutant(socket) {
                        private boolean asked;

                        @Override
                        int take(Take working, boolean peek, ByteBuffer buffer, DatagramInfo info) throws UdpException {
                            asked = peek && !asked;
                            return asked ? WOULD_BLOCK : working.into(buffer, info);
                        }
                    }),
            Mutant.ofPolls(
                    "NeverWritable",
                    "UDP-READY-02",
                    "nothing is ever reported writable",
                    poll -> masking(poll, EventList.READABLE)),
            Mutant.ofPolls(
                    "FirstArrivalOnly",
                    "UDP-READY-03",
                    "a registration is reported readable once and never again",
                    OneShot::new),
            Mutant.ofPolls(
                    "RepeatsEvents", "UDP-READY-04", "each readable event is repeated by the next poll", Repeats::new),
            Mutant.ofPolls(
                    "LevelTriggered",
                    "UDP-READY-05",
                    "what is registered READABLE is reported as long as it is ready",
                    poll -> new LevelTriggered(poll, Interest.READABLE)),
            Mutant.ofPolls(
                    "WritableForEver",
                    "UDP-READY-06",
                    "what is registered WRITABLE is reported by every poll",
                    poll -> new LevelTriggered(poll, Interest.WRITABLE)),
            Mutant.ofPolls(
                    "BothDirections",
                    "UDP-READY-07",
                    "every event is readable and writable",
                    poll -> new RewritingPoll(poll) {
                        @Override
                        void show(Event event, EventList shown) {
                            shown.add(event.token(), bits(event) | EventList.READABLE | EventList.WRITABLE);
                        }
                    }),
            MutantRegistry.of(
                    "HalfOfBoth",
                    "UDP-READY-08",
                    "READABLE_WRITABLE registers READABLE alone",
                    registry -> new ForwardingRegistry(registry) {
                        @Override
                        public void register(Source source, Token token, Interest interest) throws IOException {
                            super.register(source, token, interest.isReadable() ? Interest.READABLE : interest);
                        }
                    }),
            MutantRegistry.of(
                    "ReregisterSkipsNoChange",
                    "UDP-READY-09",
                    "reregistering with the same token and interest does nothing",
                    SkipsNoChange::new),
            Mutant.ofPolls(
                    "WritableWithEachArrival",
                    "UDP-READY-10",
                    "a readable event is writable too, if that is registered",
                    poll -> new RewritingPoll(poll) {
                        @Override
                        void show(Event event, EventList shown) {
                            boolean both = interest(event) == Interest.READABLE_WRITABLE;
                            shown.add(event.token(), bits(event) | (both ? EventList.WRITABLE : 0));
                        }
                    }),
            Mutant.ofPolls(
                    "EmptyIsNotReadable",
                    "UDP-READY-11",
                    "an empty datagram at the head of the queue is no event",
                    IgnoresEmpty::new),
            MutantRegistry.of(
                    "TokenOf32Bits",
                    "UDP-READY-12",
                    "tokens lose their upper half",
                    registry -> new ForwardingRegistry(registry) {
                        @Override
                        public void register(Source source, Token token, Interest interest) throws IOException {
                            super.register(source, new Token((int) token.value()), interest);
                        }
                    }),
            Mutant.ofPolls(
                    "DropsWhatDoesNotFit",
                    "UDP-READY-13",
                    "events that find no room are lost",
                    poll -> new RewritingPoll(poll) {
                        @Override
                        int capacity(int asked) {
                            return asked + 64;
                        }
                    }),
            Mutant.ofPolls(
                    "SmallTokensFirst",
                    "UDP-READY-14",
                    "of what is ready, the smallest tokens are always served first",
                    SmallestFirst::new),
            Mutant.ofPolls(
                    "OneEventTooMany",
                    "UDP-READY-15",
                    "the list holds one event more than was asked for",
                    poll -> new ForwardingPoll(poll) {
                        @Override
                        public Events newEvents(int capacity) {
                            return super.newEvents(capacity + 1);
                        }
                    }),
            Mutant.ofPolls(
                    "KeepsOldEvents",
                    "UDP-READY-16",
                    "a poll that finds nothing leaves the events of the poll before",
                    KeepsOldEvents::new),
            Mutant.ofPolls("OneIteratorForAll", "UDP-READY-17", "nested loops share one iterator", OneIterator::new),
            Mutant.ofSockets(
                    "TryIoForgetsToArm",
                    "UDP-READY-18",
                    "tryIo runs the operation and keeps no books",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public int tryIo(Interest interest, IoOperation operation) throws IOException {
                            return operation.run();
                        }
                    }),
            Mutant.ofSockets(
                    "TryIoArmsReadingAlone",
                    "UDP-READY-18",
                    "tryIo that would block does not arm to write",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public int tryIo(Interest interest, IoOperation operation) throws IOException {
                            return interest.isReadable() || !isOpen()
                                    ? super.tryIo(interest, operation)
                                    : operation.run();
                        }
                    }),
            Mutant.ofSockets(
                    "PeekedIsHidden",
                    "UDP-READY-19",
                    "arming a socket that holds a peeked datagram does not look at it",
                    PeekHides::new),
            Mutant.ofPolls("MergesTokens", "UDP-READY-20", "of equal tokens one event is reported", MergesTokens::new),
            Mutant.ofPolls(
                    "DeafWhileItWaits",
                    "UDP-READY-21",
                    "a datagram that arrives during the wait ends it without an event",
                    DeafWhileItWaits::new),
            Mutant.ofSockets(
                    "TryIoRunsTwice",
                    "UDP-READY-23",
                    "tryIo runs an operation that returned 0 once more",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public int tryIo(Interest interest, IoOperation operation) throws IOException {
                            int result = super.tryIo(interest, operation);
                            return result == 0 ? super.tryIo(interest, operation) : result;
                        }
                    }),
            Mutant.ofSockets(
                    "PeekBarsTryIo",
                    "UDP-READY-24",
                    "after a peek, tryIo refuses to receive for good",
                    socket -> new ForwardingSocket(socket) {
                        private boolean peeked;

                        @Override
                        public int peek(ByteBuffer buffer) throws UdpException {
                            peeked = true;
                            return super.peek(buffer);
                        }

                        @Override
                        public int tryIo(Interest interest, IoOperation operation) throws IOException {
                            if (peeked && interest.isReadable()) {
                                throw new IllegalStateException("it was peeked at");
                            }
                            return super.tryIo(interest, operation);
                        }
                    }),
            new Mutant(
                    "PeekSwallowsTheEvent",
                    "UDP-READY-26",
                    "what was peeked at since it was registered is not reported",
                    working -> new ForwardingBackend(working) {
                        @Override
                        public UdpSocket open(UdpConfig config) throws UdpException {
                            return new PeekSwallows(super.open(config));
                        }

                        @Override
                        public Poll openPoll(Duration spin) throws UdpException {
                            return new RewritingPoll(super.openPoll(spin)) {
                                @Override
                                void show(Event event, EventList shown) {
                                    Registered registered = registrations().get(event.token());
                                    if (registered == null || !PeekSwallows.swallows(registered.source())) {
                                        super.show(event, shown);
                                    }
                                }
                            };
                        }
                    }),
            Mutant.ofPolls(
                    "AllIsReadClosed",
                    "UDP-READY-25",
                    "every readable event is read-closed, too",
                    poll -> adding(poll, EventList.READABLE, EventList.READ_CLOSED)),
            Mutant.ofPolls(
                    "AllIsWriteClosed",
                    "UDP-READY-25",
                    "every writable event is write-closed, too",
                    poll -> adding(poll, EventList.WRITABLE, EventList.WRITE_CLOSED)));

    private ReadyMutants() {}

    private static Poll masking(Poll poll, int mask) {
        return new RewritingPoll(poll) {
            @Override
            void show(Event event, EventList shown) {
                if ((bits(event) & mask) != 0) {
                    shown.add(event.token(), bits(event) & mask);
                }
            }
        };
    }

    private static Poll adding(Poll poll, int condition, int bit) {
        return new RewritingPoll(poll) {
            @Override
            void show(Event event, EventList shown) {
                shown.add(event.token(), bits(event) | ((bits(event) & condition) == 0 ? 0 : bit));
            }
        };
    }

    private static final class ForgetsWhatWasReady extends RewritingPoll {
        private final Set<Token> known = ConcurrentHashMap.newKeySet();

        ForgetsWhatWasReady(Poll working) {
            super(working);
        }

        @Override
        void show(Event event, EventList shown) {
            boolean fresh = interest(event) == Interest.READABLE && known.add(event.token());
            if (!fresh) {
                super.show(event, shown);
            }
        }
    }

    private static final class OneShot extends RewritingPoll {
        private final Set<Token> done = new HashSet<>();

        OneShot(Poll working) {
            super(working);
        }

        @Override
        void show(Event event, EventList shown) {
            if (interest(event) != Interest.READABLE || done.add(event.token())) {
                super.show(event, shown);
            }
        }
    }

    private static final class Repeats extends RewritingPoll {
        private final List<Token> again = new ArrayList<>();

        Repeats(Poll working) {
            super(working);
        }

        @Override
        public int poll(Events events, Duration timeout) throws UdpException {
            List<Token> last = List.copyOf(again);
            again.clear();
            super.poll(events, last.isEmpty() ? timeout : Duration.ZERO);
            last.forEach(token -> ((EventList) events).add(token, EventList.READABLE));
            return events.size();
        }

        @Override
        void show(Event event, EventList shown) {
            super.show(event, shown);
            if (interest(event) == Interest.READABLE) {
                again.add(event.token());
            }
        }
    }

    private static final class LevelTriggered extends RewritingPoll {
        private final Interest kept;
        private final Set<Token> reported = new HashSet<>();

        LevelTriggered(Poll working, Interest kept) {
            super(working);
            this.kept = kept;
        }

        @Override
        void find(Events found, Duration timeout) throws UdpException {
            for (Token token : reported) {
                Registered registered = registrations().get(token);
                if (registered != null) {
                    armAgain(registered, token);
                }
            }
            reported.clear();
            super.find(found, timeout);
        }

        private void armAgain(Registered registered, Token token) {
            try {
                delegate().registry().reregister(registered.source(), token, registered.interest());
            } catch (IOException e) {
                registrations().remove(token); // it was closed
            }
        }

        @Override
        void show(Event event, EventList shown) {
            super.show(event, shown);
            if (interest(event) == kept) {
                reported.add(event.token());
            }
        }
    }

    private static final class SkipsNoChange extends ForwardingRegistry {
        private record Last(Token token, Interest interest) {}

        private final Map<Source, Last> last = new ConcurrentHashMap<>();

        SkipsNoChange(Registry working) {
            super(working);
        }

        @Override
        public void reregister(Source source, Token token, Interest interest) throws IOException {
            Last now = new Last(token, interest);
            if (!now.equals(last.put(source, now))) {
                super.reregister(source, token, interest);
            }
        }
    }

    private static final class IgnoresEmpty extends RewritingPoll {
        private final ByteBuffer buffer = ByteBuffer.allocate(65_535);

        IgnoresEmpty(Poll working) {
            super(working);
        }

        @Override
        void show(Event event, EventList shown) {
            if (interest(event) != Interest.READABLE || !isEmpty(event)) {
                super.show(event, shown);
            }
        }

        private boolean isEmpty(Event event) {
            try {
                return registrations().get(event.token()).source() instanceof UdpSocket socket
                        && socket.peek(buffer.clear()) == 0;
            } catch (UdpException e) {
                return false;
            }
        }
    }

    private static final class SmallestFirst extends RewritingPoll {
        private final Map<Long, Integer> waiting = new TreeMap<>();

        SmallestFirst(Poll working) {
            super(working);
        }

        @Override
        int capacity(int asked) {
            return asked + 64;
        }

        @Override
        public int poll(Events events, Duration timeout) throws UdpException {
            super.poll(events, waiting.isEmpty() ? timeout : Duration.ZERO);
            EventList shown = (EventList) events;
            shown.clear();
            Iterator<Map.Entry<Long, Integer>> next = waiting.entrySet().iterator();
            while (next.hasNext() && !shown.isFull()) {
                Map.Entry<Long, Integer> entry = next.next();
                shown.add(new Token(entry.getKey()), entry.getValue());
                next.remove();
            }
            return shown.size();
        }

        @Override
        void show(Event event, EventList shown) {
            super.show(event, shown);
            waiting.merge(event.token().value(), bits(event), (one, other) -> one | other);
        }
    }

    private static final class KeepsOldEvents extends RewritingPoll {
        private final Map<Token, Integer> old = new HashMap<>();

        KeepsOldEvents(Poll working) {
            super(working);
        }

        @Override
        public int poll(Events events, Duration timeout) throws UdpException {
            Map<Token, Integer> last = Map.copyOf(old);
            old.clear();
            super.poll(events, timeout);
            if (events.isEmpty() && Duration.ZERO.equals(timeout)) {
                last.forEach(((EventList) events)::add);
            }
            return events.size();
        }

        @Override
        void show(Event event, EventList shown) {
            super.show(event, shown);
            old.put(event.token(), bits(event));
        }
    }

    private static final class OneIterator extends ForwardingPoll {
        OneIterator(Poll working) {
            super(working);
        }

        @Override
        public Events newEvents(int capacity) {
            return new Shared(super.newEvents(capacity));
        }

        @Override
        public int poll(Events events, Duration timeout) throws UdpException {
            return super.poll(events instanceof Shared shared ? shared.list : events, timeout);
        }

        private static final class Shared implements Events, Iterator<Event> {
            private final Events list;
            private int next;

            Shared(Events list) {
                this.list = list;
            }

            @Override
            public Iterator<Event> iterator() {
                next = 0;
                return this;
            }

            @Override
            public boolean hasNext() {
                return next < list.size();
            }

            @Override
            public Event next() {
                return list.get(next++);
            }

            @Override
            public int capacity() {
                return list.capacity();
            }

            @Override
            public int size() {
                return list.size();
            }

            @Override
            public boolean isEmpty() {
                return list.isEmpty();
            }

            @Override
            public Event get(int index) {
                return list.get(index);
            }

            @Override
            public void clear() {
                list.clear();
            }
        }
    }

    private static final class PeekSwallows extends ForwardingSocket {
        private volatile boolean registered;
        private volatile boolean peeked;

        PeekSwallows(UdpSocket working) {
            super(working);
        }

        static boolean swallows(Source source) {
            return source instanceof PeekSwallows socket && socket.peeked;
        }

        @Override
        public void register(Registry registry, Token token, Interest interest) throws IOException {
            super.register(registry, token, interest);
            registered = true;
        }

        @Override
        public int peek(ByteBuffer buffer) throws UdpException {
            int count = super.peek(buffer);
            peeked = registered && count != WOULD_BLOCK;
            return count;
        }
    }

    private static final class PeekHides extends ForwardingSocket {
        private boolean peeked;

        PeekHides(UdpSocket working) {
            super(working);
        }

        @Override
        public int peek(ByteBuffer buffer) throws UdpException {
            int count = super.peek(buffer);
            peeked = count != WOULD_BLOCK;
            return count;
        }

        @Override
        public void register(Registry registry, Token token, Interest interest) throws IOException {
            super.register(registry, token, peeked ? Interest.WRITABLE : interest);
        }
    }

    private static final class MergesTokens extends RewritingPoll {
        MergesTokens(Poll working) {
            super(working);
        }

        @Override
        void show(Event event, EventList shown) {
            for (Event other : shown) {
                if (other.token().equals(event.token())) {
                    return;
                }
            }
            super.show(event, shown);
        }
    }

    private static final class DeafWhileItWaits extends ForwardingPoll {
        DeafWhileItWaits(Poll working) {
            super(working);
        }

        @Override
        public int poll(Events events, Duration timeout) throws UdpException {
            int count = super.poll(events, timeout == null ? Duration.ZERO : timeout);
            if (count > 0 || timeout != null) {
                return count;
            }
            super.poll(events, null);
            for (Event event : events) {
                if (event.isReadable()) {
                    events.clear();
                    return 0;
                }
            }
            return events.size();
        }
    }
}
