package org.datagram4j.conformance.mutant;

import static org.datagram4j.ErrorKind.ALREADY_REGISTERED;
import static org.datagram4j.ErrorKind.CLOSED;
import static org.datagram4j.ErrorKind.NOT_REGISTERED;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.datagram4j.ErrorKind;
import org.datagram4j.Event;
import org.datagram4j.Events;
import org.datagram4j.Interest;
import org.datagram4j.Poll;
import org.datagram4j.Registry;
import org.datagram4j.Source;
import org.datagram4j.Token;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.spi.EventList;
import org.datagram4j.spi.ForwardingBackend;
import org.datagram4j.spi.ForwardingPoll;
import org.datagram4j.spi.ForwardingRegistry;
import org.datagram4j.spi.ForwardingSocket;

/** Broken backends for the area REG. */
final class RegMutants {
    static final List<Mutant> ALL = List.of(
            MutantRegistry.of(
                    "RegisterReplaces",
                    "UDP-REG-01",
                    "registering twice replaces the first registration, as kqueue does",
                    RegisterReplaces::new),
            MutantRegistry.of(
                    "SecondPollIsIgnored",
                    "UDP-REG-02",
                    "registering with a second poll does nothing and says nothing",
                    RegMutants::ignoringOtherPolls),
            new Mutant(
                    "DeregisterUnties",
                    "UDP-REG-03",
                    "a deregistered socket is not refused by another poll",
                    working -> new Books(working, Book.DEREGISTERED)),
            new Mutant(
                    "TiedForLife",
                    "UDP-REG-04",
                    "a socket stays tied to its poll when that was closed",
                    working -> new Books(working, Book.FIRST_POLL)),
            MutantRegistry.of(
                    "DeregisterIgnoresStrangers",
                    "UDP-REG-05",
                    "deregistering what is not registered does nothing and says nothing",
                    registry -> new ForwardingRegistry(registry) {
                        @Override
                        public void deregister(Source source) throws IOException {
                            ignoring(NOT_REGISTERED, () -> super.deregister(source));
                        }
                    }),
            new Mutant(
                    "OtherPollIsAlreadyRegistered",
                    "UDP-REG-06",
                    "reregistering through another poll throws ALREADY_REGISTERED",
                    working -> new Books(working, Book.REGISTERED)),
            MutantRegistry.of(
                    "DeregisterDrains",
                    "UDP-REG-07",
                    "deregistering throws away what is queued",
                    registry -> new ForwardingRegistry(registry) {
                        @Override
                        public void deregister(Source source) throws IOException {
                            super.deregister(source);
                            if (source instanceof UdpSocket socket) {
                                org.datagram4j.conformance.lab.Lab.drain(socket);
                            }
                        }
                    }),
            MutantRegistry.of(
                    "OldTokenStays", "UDP-REG-08", "reregistering does not change the token", OldTokenStays::new),
            MutantRegistry.of(
                    "OldInterestStays", "UDP-REG-09", "reregistering adds to the interest", OldInterestStays::new),
            Mutant.ofPolls(
                    "StaleToken", "UDP-REG-10", "what was pending is reported after deregister", StaleToken::new),
            Mutant.ofSockets(
                    "ForeignRegistryIsIgnored",
                    "UDP-REG-11",
                    "a socket says nothing to a foreign registry",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public void register(Registry registry, Token token, Interest interest) throws IOException {
                            try {
                                super.register(registry, token, interest);
                            } catch (IllegalArgumentException e) {
                                return;
                            }
                        }
                    }),
            MutantRegistry.of(
                    "NullSourceIsIgnored",
                    "UDP-REG-12",
                    "registering null does nothing",
                    registry -> new ForwardingRegistry(registry) {
                        @Override
                        public void register(Source source, Token token, Interest interest) throws IOException {
                            if (source != null) {
                                super.register(source, token, interest);
                            }
                        }
                    }),
            MutantRegistry.of(
                    "ReregisterInTwoSteps",
                    "UDP-REG-13",
                    "reregister calls the source's deregister and register",
                    registry -> new ForwardingRegistry(registry) {
                        @Override
                        public void reregister(Source source, Token token, Interest interest) throws IOException {
                            super.deregister(source);
                            super.register(source, token, interest);
                        }
                    }),
            MutantRegistry.of(
                    "WrapsErrors",
                    "UDP-REG-14",
                    "what a custom source throws is wrapped",
                    registry -> new ForwardingRegistry(registry) {
                        @Override
                        public void register(Source source, Token token, Interest interest) throws IOException {
                            try {
                                super.register(source, token, interest);
                            } catch (UdpException e) {
                                throw e;
                            } catch (IOException e) {
                                throw new UdpException(ErrorKind.OTHER, UdpException.NO_CODE, e.getMessage(), e);
                            }
                        }
                    }),
            MutantRegistry.of(
                    "RegistryKeepsAList",
                    "UDP-REG-15",
                    "reregister checks the outer source instead of the socket",
                    KeepsAList::new),
            Mutant.ofPolls(
                    "RegisterWaitsForPoll",
                    "UDP-REG-16",
                    "registering takes effect when the poll that is going on ends",
                    poll -> new Deferring(poll, Call.REGISTER)),
            Mutant.ofPolls(
                    "ReregisterWaitsForPoll",
                    "UDP-REG-17",
                    "reregistering takes effect when the poll that is going on ends",
                    poll -> new Deferring(poll, Call.REREGISTER)),
            Mutant.ofPolls(
                    "DeregisterWaitsForPoll",
                    "UDP-REG-18",
                    "deregistering takes effect when the poll that is going on ends",
                    poll -> new Deferring(poll, Call.DEREGISTER)),
            MutantRegistry.of(
                    "DeregisterOfClosedIsIgnored",
                    "UDP-REG-19",
                    "deregistering a closed socket does nothing and says nothing",
                    registry -> new ForwardingRegistry(registry) {
                        @Override
                        public void deregister(Source source) throws IOException {
                            ignoring(CLOSED, () -> super.deregister(source));
                        }
                    }),
            MutantRegistry.of(
                    "SixtyFourAtMost",
                    "UDP-REG-20",
                    "a poll takes 64 sockets at most",
                    registry -> new Limited(registry, 64, true)),
            MutantRegistry.of(
                    "SlotsAreNotReused",
                    "UDP-REG-21",
                    "a poll takes 800 registrations in its life",
                    registry -> new Limited(registry, 800, false)),
            new Mutant(
                    "ChannelIsNotArmedAgain",
                    "UDP-REG-22",
                    "reregistering a source over a channel does nothing",
                    working -> new ForwardingBackend(working) {
                        @Override
                        public Source source(SelectableChannel channel) throws UdpException {
                            return new NotArmedAgain(super.source(channel));
                        }
                    }),
            new Mutant(
                    "ChannelTakesAnyDirection",
                    "UDP-REG-22",
                    "a source over a channel takes a direction for nothing that the channel does not have",
                    working -> new ForwardingBackend(working) {
                        @Override
                        public Source source(SelectableChannel channel) throws UdpException {
                            return new TakesAnyDirection(super.source(channel));
                        }
                    }),
            new Mutant(
                    "ChannelIsMadeNonBlocking",
                    "UDP-REG-23",
                    "a source over a blocking channel makes it non-blocking",
                    working -> new ForwardingBackend(working) {
                        @Override
                        public Source source(SelectableChannel channel) throws UdpException {
                            try {
                                channel.configureBlocking(false);
                            } catch (IOException e) {
                                throw new UdpException(CLOSED, "closed");
                            }
                            return super.source(channel);
                        }
                    }),
            new Mutant(
                    "HandleIsNotArmedAgain",
                    "UDP-REG-24",
                    "reregistering a source over a handle does nothing",
                    working -> new ForwardingBackend(working) {
                        @Override
                        public Source source(long handle) throws UdpException {
                            return new NotArmedAgain(super.source(handle));
                        }
                    }),
            MutantRegistry.of(
                    "RegistryOfOneThread",
                    "UDP-REG-25",
                    "two threads in the registry at once are refused",
                    OneThread::new),
            Mutant.ofPolls(
                    "RegistryIsMadeAnew",
                    "UDP-REG-26",
                    "registry() makes a new object each time",
                    poll -> new ForwardingPoll(poll) {
                        @Override
                        public Registry registry() {
                            return new ForwardingRegistry(super.registry());
                        }
                    }),
            new Mutant(
                    "NegativeHandleIsClosed",
                    "UDP-REG-27",
                    "takes a negative handle for a closed one",
                    working -> new ForwardingBackend(working) {
                        @Override
                        public Source source(long handle) throws UdpException {
                            if (handle < 0) {
                                throw new UdpException(CLOSED, "no handle");
                            }
                            return super.source(handle);
                        }
                    }),
            new Mutant(
                    "HandleSourceIsLax",
                    "UDP-REG-27",
                    "reregisters a source of a handle that is not registered",
                    working -> new ForwardingBackend(working) {
                        @Override
                        public Source source(long handle) throws UdpException {
                            Source source = super.source(handle);
                            return new Source() {
                                @Override
                                public void register(Registry registry, Token token, Interest interest)
                                        throws IOException {
                                    source.register(registry, token, interest);
                                }

                                @Override
                                public void reregister(Registry registry, Token token, Interest interest)
                                        throws IOException {
                                    try {
                                        source.reregister(registry, token, interest);
                                    } catch (UdpException e) {
                                        source.register(registry, token, interest);
                                    }
                                }

                                @Override
                                public void deregister(Registry registry) throws IOException {
                                    source.deregister(registry);
                                }
                            };
                        }
                    }));

    private RegMutants() {}

    /** Does nothing where it would be refused. */
    private record TakesAnyDirection(Source working) implements Source {
        @Override
        public void register(Registry registry, Token token, Interest interest) throws IOException {
            try {
                working.register(registry, token, interest);
            } catch (IllegalArgumentException e) {
                return;
            }
        }

        @Override
        public void reregister(Registry registry, Token token, Interest interest) throws IOException {
            working.reregister(registry, token, interest);
        }

        @Override
        public void deregister(Registry registry) throws IOException {
            working.deregister(registry);
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void ignoring(ErrorKind kind, Step step) throws IOException {
        try {
            step.run();
        } catch (UdpException e) {
            if (e.kind() != kind) {
                throw e;
            }
        }
    }

    private static Registry ignoringOtherPolls(Registry registry) {
        Set<Source> mine = ConcurrentHashMap.newKeySet();
        return new ForwardingRegistry(registry) {
            @Override
            public void register(Source source, Token token, Interest interest) throws IOException {
                if (mine.contains(source)) {
                    super.register(source, token, interest);
                } else {
                    ignoring(ALREADY_REGISTERED, () -> super.register(source, token, interest));
                }
                mine.add(source);
            }
        };
    }

    private static final class RegisterReplaces extends ForwardingRegistry {
        RegisterReplaces(Registry working) {
            super(working);
        }

        @Override
        public void register(Source source, Token token, Interest interest) throws IOException {
            try {
                super.register(source, token, interest);
            } catch (UdpException e) {
                if (e.kind() != ALREADY_REGISTERED) {
                    throw e;
                }
                try {
                    reregister(source, token, interest);
                } catch (UdpException another) {
                    throw e;
                }
            }
        }
    }

    /** Which mistake {@link Books} makes. */
    private enum Book {
        DEREGISTERED,
        FIRST_POLL,
        REGISTERED
    }

    /** A backend that keeps books across its polls, and draws the wrong conclusion. */
    private static final class Books extends ForwardingBackend {
        private final Book mistake;
        private final Map<Source, Registry> owners = new ConcurrentHashMap<>();
        private final Set<Source> deregistered = ConcurrentHashMap.newKeySet();

        Books(UdpBackend working, Book mistake) {
            super(working);
            this.mistake = mistake;
        }

        @Override
        public Poll openPoll(Duration spin) throws UdpException {
            Poll poll = super.openPoll(spin);
            Registry registry = new Booking(poll.registry());
            return new ForwardingPoll(poll) {
                @Override
                public Registry registry() {
                    return registry;
                }
            };
        }

        private final class Booking extends ForwardingRegistry {
            Booking(Registry working) {
                super(working);
            }

            @Override
            public void register(Source source, Token token, Interest interest) throws IOException {
                Registry owner = owners.get(source);
                boolean other = owner != null && owner != this;
                if (mistake == Book.FIRST_POLL && other) {
                    throw new UdpException(ALREADY_REGISTERED, "it belongs to its first poll for ever");
                }
                if (mistake == Book.DEREGISTERED && other && deregistered.contains(source)) {
                    ignoring(ALREADY_REGISTERED, () -> super.register(source, token, interest));
                    return;
                }
                super.register(source, token, interest);
                owners.put(source, this);
                deregistered.remove(source);
            }

            @Override
            public void reregister(Source source, Token token, Interest interest) throws IOException {
                Registry owner = owners.get(source);
                if (mistake == Book.REGISTERED && owner != null && owner != this) {
                    throw new UdpException(ALREADY_REGISTERED, "it is registered with another poll");
                }
                super.reregister(source, token, interest);
            }

            @Override
            public void deregister(Source source) throws IOException {
                super.deregister(source);
                deregistered.add(source);
            }
        }
    }

    private static final class OldTokenStays extends ForwardingRegistry {
        private final Map<Source, Token> tokens = new ConcurrentHashMap<>();

        OldTokenStays(Registry working) {
            super(working);
        }

        @Override
        public void register(Source source, Token token, Interest interest) throws IOException {
            super.register(source, token, interest);
            tokens.put(source, token);
        }

        @Override
        public void reregister(Source source, Token token, Interest interest) throws IOException {
            super.reregister(source, tokens.getOrDefault(source, token), interest);
        }
    }

    private static final class OldInterestStays extends ForwardingRegistry {
        private final Map<Source, Interest> interests = new ConcurrentHashMap<>();

        OldInterestStays(Registry working) {
            super(working);
        }

        @Override
        public void register(Source source, Token token, Interest interest) throws IOException {
            super.register(source, token, interest);
            interests.put(source, interest);
        }

        @Override
        public void reregister(Source source, Token token, Interest interest) throws IOException {
            super.reregister(source, token, interest.add(interests.getOrDefault(source, interest)));
        }
    }

    /** Looks for events before it deregisters, and reports them afterwards. */
    private static final class StaleToken extends ForwardingPoll {
        private final Queue<Token> stale = new ConcurrentLinkedQueue<>();
        private final Registry registry;
        private final Events found;

        StaleToken(Poll working) {
            super(working);
            found = working.newEvents(64);
            registry = new ForwardingRegistry(working.registry()) {
                @Override
                public void deregister(Source source) throws IOException {
                    collect();
                    super.deregister(source);
                }
            };
        }

        private void collect() throws UdpException {
            try {
                super.poll(found, Duration.ZERO);
            } catch (IllegalStateException e) {
                return; // somebody polls
            }
            for (Event event : found) {
                stale.add(event.token());
            }
        }

        @Override
        public Registry registry() {
            return registry;
        }

        @Override
        public int poll(Events events, Duration timeout) throws UdpException {
            super.poll(events, stale.isEmpty() ? timeout : Duration.ZERO);
            if (events instanceof EventList list) {
                for (Token token = stale.poll(); token != null; token = stale.poll()) {
                    list.add(token, EventList.READABLE);
                }
            }
            return events.size();
        }
    }

    private static final class KeepsAList extends ForwardingRegistry {
        private final Set<Source> sources = ConcurrentHashMap.newKeySet();

        KeepsAList(Registry working) {
            super(working);
        }

        @Override
        public void register(Source source, Token token, Interest interest) throws IOException {
            super.register(source, token, interest);
            sources.add(source);
        }

        @Override
        public void reregister(Source source, Token token, Interest interest) throws IOException {
            if (!sources.contains(source)) {
                throw new UdpException(NOT_REGISTERED, "it is not in the list");
            }
            super.reregister(source, token, interest);
        }
    }

    /** Which call {@link Deferring} puts off. */
    private enum Call {
        REGISTER,
        REREGISTER,
        DEREGISTER
    }

    private static final class Deferring extends ForwardingPoll {
        private final Call deferred;
        private final Queue<Step> waiting = new ConcurrentLinkedQueue<>();
        private final Registry registry;
        private volatile boolean polling;

        Deferring(Poll working, Call deferred) {
            super(working);
            this.deferred = deferred;
            registry = new Later(working.registry());
        }

        @Override
        public Registry registry() {
            return registry;
        }

        @Override
        public int poll(Events events, Duration timeout) throws UdpException {
            polling = true;
            try {
                return super.poll(events, timeout);
            } finally {
                polling = false;
                for (Step step = waiting.poll(); step != null; step = waiting.poll()) {
                    catchUp(step);
                }
            }
        }

        private static void catchUp(Step step) {
            try {
                step.run();
            } catch (IOException e) {
                return; // too late to tell anybody
            }
        }

        private void runOrDefer(Call call, Step step) throws IOException {
            if (polling && call == deferred) {
                waiting.add(step);
            } else {
                step.run();
            }
        }

        private final class Later extends ForwardingRegistry {
            Later(Registry working) {
                super(working);
            }

            @Override
            public void register(Source source, Token token, Interest interest) throws IOException {
                runOrDefer(Call.REGISTER, () -> super.register(source, token, interest));
            }

            @Override
            public void reregister(Source source, Token token, Interest interest) throws IOException {
                runOrDefer(Call.REREGISTER, () -> super.reregister(source, token, interest));
            }

            @Override
            public void deregister(Source source) throws IOException {
                runOrDefer(Call.DEREGISTER, () -> super.deregister(source));
            }
        }
    }

    private static final class Limited extends ForwardingRegistry {
        private final AtomicInteger count = new AtomicInteger();
        private final int most;
        private final boolean atOnce;

        Limited(Registry working, int most, boolean atOnce) {
            super(working);
            this.most = most;
            this.atOnce = atOnce;
        }

        @Override
        public void register(Source source, Token token, Interest interest) throws IOException {
            if (count.get() >= most) {
                throw new UdpException(ErrorKind.NO_BUFFER_SPACE, "no more than " + most);
            }
            super.register(source, token, interest);
            count.incrementAndGet();
        }

        @Override
        public void deregister(Source source) throws IOException {
            super.deregister(source);
            if (atOnce) {
                count.decrementAndGet();
            }
        }
    }

    private record NotArmedAgain(Source working) implements Source {
        @Override
        public void register(Registry registry, Token token, Interest interest) throws IOException {
            working.register(registry, token, interest);
        }

        @Override
        public void reregister(Registry registry, Token token, Interest interest) {
            // forgotten
        }

        @Override
        public void deregister(Registry registry) throws IOException {
            working.deregister(registry);
        }
    }

    private static final class OneThread extends ForwardingRegistry {
        private final AtomicInteger inside = new AtomicInteger();

        OneThread(Registry working) {
            super(working);
        }

        @Override
        public void register(Source source, Token token, Interest interest) throws IOException {
            try {
                if (inside.incrementAndGet() > 1) {
                    throw new IllegalStateException("another thread is in the registry");
                }
                Thread.yield();
                super.register(source, token, interest);
            } finally {
                inside.decrementAndGet();
            }
        }
    }
}
