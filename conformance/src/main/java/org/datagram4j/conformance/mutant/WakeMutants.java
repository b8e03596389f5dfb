package org.datagram4j.conformance.mutant;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.datagram4j.Event;
import org.datagram4j.Events;
import org.datagram4j.Interest;
import org.datagram4j.Poll;
import org.datagram4j.Registry;
import org.datagram4j.Source;
import org.datagram4j.Token;
import org.datagram4j.UdpException;
import org.datagram4j.Waker;
import org.datagram4j.spi.EventList;
import org.datagram4j.spi.ForwardingPoll;
import org.datagram4j.spi.ForwardingRegistry;

/** Broken backends for the area WAKE. */
final class WakeMutants {
    static final List<Mutant> ALL = List.of(
            Mutant.ofPolls(
                    "EarlyWakeIsLost",
                    "UDP-WAKE-01",
                    "a wake is lost when nobody polls",
                    poll -> new Gate(poll, Gate.Kind.ONLY_WHILE_POLLING)),
            Mutant.ofPolls(
                    "WakeWaitsForTheNextPoll",
                    "UDP-WAKE-02",
                    "a wake is seen by polls that start after it alone",
                    poll -> new Gate(poll, Gate.Kind.ONLY_BEFORE_POLLING)),
            Mutant.ofPolls("WakesAreCounted", "UDP-WAKE-03", "each wake is an event of its own", CountsWakes::new),
            ofWakers("WakerForOneUse", "UDP-WAKE-04", "a waker works once", waker -> new ForwardingWaker(waker) {
                private final AtomicBoolean used = new AtomicBoolean();

                @Override
                public void wake() {
                    if (used.compareAndSet(false, true)) {
                        super.wake();
                    }
                }
            }),
            MutantRegistry.of(
                    "OneTokenForAllWakers",
                    "UDP-WAKE-05",
                    "all wakers of a poll carry the token of the first",
                    registry -> new ForwardingRegistry(registry) {
                        private volatile Token first;

                        @Override
                        public Waker newWaker(Token token) throws UdpException {
                            if (first == null) {
                                first = token;
                            }
                            return super.newWaker(first);
                        }
                    }),
            Mutant.ofPolls(
                    "ZeroTimeoutSkipsWakers",
                    "UDP-WAKE-06",
                    "a poll that does not wait leaves wakes to the next",
                    ZeroSkipsWakers::new),
            ofWakers(
                    "WakeOfClosedThrows",
                    "UDP-WAKE-07",
                    "wake() on a closed waker throws",
                    waker -> new ForwardingWaker(waker) {
                        private volatile boolean closed;

                        @Override
                        public void wake() {
                            if (closed) {
                                throw new IllegalStateException("the waker is closed");
                            }
                            super.wake();
                        }

                        @Override
                        public void close() {
                            closed = true;
                            super.close();
                        }
                    }),
            ofWakers(
                    "CloseKeepsWakes",
                    "UDP-WAKE-08",
                    "a closed waker's last wake is still reported",
                    waker -> new ForwardingWaker(waker) {
                        private volatile boolean closed;

                        @Override
                        public void wake() {
                            if (!closed) {
                                super.wake();
                            }
                        }

                        @Override
                        public void close() {
                            closed = true;
                        }
                    }),
            Mutant.ofPolls(
                    "LostWakeup",
                    "UDP-WAKE-09",
                    "a wake is lost while the poll prepares to wait",
                    poll -> new Gate(poll, Gate.Kind.NOT_WHILE_STARTING)),
            ofTimeouts(
                    "TimeoutIsRoundedDown",
                    "UDP-WAKE-10",
                    "timeouts are cut to whole milliseconds",
                    timeout -> timeout.compareTo(Duration.ofDays(1)) > 0
                            ? timeout
                            : timeout.isNegative() ? timeout : Duration.ofMillis(timeout.toMillis())),
            ofTimeouts(
                    "TimeoutOf32Bits",
                    "UDP-WAKE-11",
                    "long timeouts are cut to 32 bits of milliseconds",
                    timeout -> timeout.compareTo(Duration.ofDays(1)) > 0
                            ? Duration.ofMillis((timeout.getSeconds() * 1_000) & 0xFFFF)
                            : timeout),
            ofTimeouts(
                    "NegativeIsZero",
                    "UDP-WAKE-12",
                    "a negative timeout does not wait",
                    timeout -> timeout.isNegative() ? Duration.ZERO : timeout),
            Mutant.ofPolls(
                    "RegistrationEndsTheWait",
                    "UDP-WAKE-13",
                    "a registration by another thread makes the poll return",
                    RegistrationEndsTheWait::new),
            ofWakers(
                    "WakeOfOneThread",
                    "UDP-WAKE-14",
                    "only the thread that wakes first is heard",
                    waker -> new ForwardingWaker(waker) {
                        private final AtomicReference<Thread> first = new AtomicReference<>();

                        @Override
                        public void wake() {
                            first.compareAndSet(null, Thread.currentThread());
                            if (first.get() == Thread.currentThread()) {
                                super.wake();
                            }
                        }
                    }),
            Mutant.ofPolls(
                    "NoWakerDuringPoll",
                    "UDP-WAKE-15",
                    "no waker is made while somebody polls",
                    WakersBeforePolls::new));

    private WakeMutants() {}

    private static Mutant ofWakers(String name, String rule, String description, UnaryOperator<Waker> breaks) {
        return MutantRegistry.of(name, rule, description, registry -> new ForwardingRegistry(registry) {
            @Override
            public Waker newWaker(Token token) throws UdpException {
                return breaks.apply(super.newWaker(token));
            }
        });
    }

    private static Mutant ofTimeouts(String name, String rule, String description, UnaryOperator<Duration> breaks) {
        return Mutant.ofPolls(name, rule, description, poll -> new ForwardingPoll(poll) {
            @Override
            public int poll(Events events, Duration timeout) throws UdpException {
                return super.poll(events, timeout == null ? null : breaks.apply(timeout));
            }
        });
    }

    private static class ForwardingWaker implements Waker {
        private final Waker working;

        ForwardingWaker(Waker working) {
            this.working = working;
        }

        @Override
        public void wake() {
            working.wake();
        }

        @Override
        public void close() {
            working.close();
        }
    }

    /** A poll that lets wakes through at some times only. */
    private static final class Gate extends ForwardingPoll {
        /** When. */
        enum Kind {
            ONLY_WHILE_POLLING,
            ONLY_BEFORE_POLLING,
            NOT_WHILE_STARTING
        }

        private final Kind kind;
        private final Registry registry;
        private final Map<Waker, Boolean> late = new ConcurrentHashMap<>();
        private volatile boolean starting;
        private volatile boolean polling;

        Gate(Poll working, Kind kind) {
            super(working);
            this.kind = kind;
            registry = new ForwardingRegistry(working.registry()) {
                @Override
                public Waker newWaker(Token token) throws UdpException {
                    Waker waker = super.newWaker(token);
                    return new ForwardingWaker(waker) {
                        @Override
                        public void wake() {
                            if (isOpen(waker)) {
                                super.wake();
                            }
                        }
                    };
                }
            };
        }

        private boolean isOpen(Waker waker) {
            return switch (kind) {
                case ONLY_WHILE_POLLING -> polling;
                case NOT_WHILE_STARTING -> !starting;
                case ONLY_BEFORE_POLLING -> !polling || !keepForLater(waker);
            };
        }

        private boolean keepForLater(Waker waker) {
            late.put(waker, true);
            return true;
        }

        @Override
        public Registry registry() {
            return registry;
        }

        @Override
        public int poll(Events events, Duration timeout) throws UdpException {
            starting = true;
            if (kind == Kind.NOT_WHILE_STARTING) {
                Thread.yield();
            }
            late.keySet().forEach(Waker::wake);
            late.clear();
            polling = true;
            starting = false;
            try {
                return super.poll(events, timeout);
            } finally {
                polling = false;
            }
        }
    }

    private static final class CountsWakes extends RewritingPoll {
        private final Map<Token, AtomicInteger> counts = new ConcurrentHashMap<>();

        CountsWakes(Poll working) {
            super(working);
        }

        @Override
        public Registry registry() {
            return new ForwardingRegistry(super.registry()) {
                @Override
                public Waker newWaker(Token token) throws UdpException {
                    AtomicInteger count = new AtomicInteger();
                    counts.put(token, count);
                    return new ForwardingWaker(super.newWaker(token)) {
                        @Override
                        public void wake() {
                            count.incrementAndGet();
                            super.wake();
                        }
                    };
                }
            };
        }

        @Override
        void show(Event event, EventList shown) {
            super.show(event, shown);
            AtomicInteger count = counts.get(event.token());
            for (int more = count == null ? 0 : count.getAndSet(0) - 1; more > 0; more--) {
                super.show(event, shown);
            }
        }
    }

    private static final class ZeroSkipsWakers extends RewritingPoll {
        private final Map<Token, Waker> wakers = new ConcurrentHashMap<>();
        private final Registry registry;
        private boolean zero;

        ZeroSkipsWakers(Poll working) {
            super(working);
            registry = new ForwardingRegistry(super.registry()) {
                @Override
                public Waker newWaker(Token token) throws UdpException {
                    Waker waker = super.newWaker(token);
                    wakers.put(token, waker);
                    return waker;
                }
            };
        }

        @Override
        public Registry registry() {
            return registry;
        }

        @Override
        void find(Events found, Duration timeout) throws UdpException {
            zero = Duration.ZERO.equals(timeout);
            super.find(found, timeout);
        }

        @Override
        void show(Event event, EventList shown) {
            Waker waker = wakers.get(event.token());
            if (zero && waker != null) {
                waker.wake();
            } else {
                super.show(event, shown);
            }
        }
    }

    private static final class RegistrationEndsTheWait extends RewritingPoll {
        private static final Token HIDDEN = new Token(0x0DD5_0FF5_0DD5_0FF5L);

        private final Registry registry;
        private volatile boolean polling;

        RegistrationEndsTheWait(Poll working) {
            super(working);
            Waker hidden = waker(working);
            registry = new ForwardingRegistry(super.registry()) {
                @Override
                public void register(Source source, Token token, Interest interest) throws IOException {
                    super.register(source, token, interest);
                    if (polling) {
                        hidden.wake();
                    }
                }
            };
        }

        private static Waker waker(Poll working) {
            try {
                return working.registry().newWaker(HIDDEN);
            } catch (UdpException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public Registry registry() {
            return registry;
        }

        @Override
        void find(Events found, Duration timeout) throws UdpException {
            polling = true;
            super.find(found, timeout);
            polling = false;
        }

        @Override
        void show(Event event, EventList shown) {
            if (!event.token().equals(HIDDEN)) {
                super.show(event, shown);
            }
        }
    }

    private static final class WakersBeforePolls extends RewritingPoll {
        private final Registry registry;
        private volatile boolean polling;

        WakersBeforePolls(Poll working) {
            super(working);
            registry = new ForwardingRegistry(super.registry()) {
                @Override
                public Waker newWaker(Token token) throws UdpException {
                    if (polling) {
                        throw new IllegalStateException("somebody polls");
                    }
                    return super.newWaker(token);
                }
            };
        }

        @Override
        public Registry registry() {
            return registry;
        }

        @Override
        void find(Events found, Duration timeout) throws UdpException {
            polling = true;
            super.find(found, timeout);
            polling = false;
        }
    }
}
