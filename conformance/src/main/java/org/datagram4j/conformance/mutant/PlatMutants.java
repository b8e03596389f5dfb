package org.datagram4j.conformance.mutant;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.datagram4j.Capability;
import org.datagram4j.DatagramBatch;
import org.datagram4j.DatagramInfo;
import org.datagram4j.Limit;
import org.datagram4j.Poll;
import org.datagram4j.Profile;
import org.datagram4j.SendInfo;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.spi.ForwardingBackend;
import org.datagram4j.spi.ForwardingSocket;

/** Broken backends for the area PLAT. */
final class PlatMutants {
    static final List<Mutant> ALL = List.of(
            Mutant.ofSockets(
                    "Talkative",
                    "UDP-PLAT-10",
                    "every send is told of on the standard output",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public int sendTo(ByteBuffer payload, InetSocketAddress destination) throws UdpException {
                            System.out.println("sent to " + destination);
                            return super.sendTo(payload, destination);
                        }
                    }),
            Mutant.ofSockets(
                    "IgnoresHopLimit",
                    "UDP-PLAT-01",
                    "a send that asks for a hop limit is sent without",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public int send(ByteBuffer payload, SendInfo info) throws UdpException {
                            return super.send(payload, new SendInfo().destination(info.destination()));
                        }
                    }),
            Mutant.ofSockets(
                    "GuessesHopLimit",
                    "UDP-PLAT-02",
                    "every datagram seems to have 64 hops left",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public int receive(ByteBuffer buffer, DatagramInfo info) throws UdpException {
                            int count = super.receive(buffer, info);
                            if (count != WOULD_BLOCK) {
                                InetSocketAddress sender = info.sender();
                                boolean truncated = info.truncated();
                                int original = info.originalLength();
                                info.fill()
                                        .sender(sender)
                                        .length(count, truncated, original)
                                        .hopLimit(64);
                            }
                            return count;
                        }
                    }),
            new Mutant(
                    "CapabilitiesCanBeChanged",
                    "UDP-PLAT-03",
                    "callers may change the set of capabilities",
                    working -> new ForwardingBackend(working) {
                        private final Set<Capability> mine = EnumSet.copyOf(super.capabilities());

                        @Override
                        public Set<Capability> capabilities() {
                            return mine;
                        }
                    }),
            new Mutant(
                    "NoSegments",
                    "UDP-PLAT-04",
                    "the limit of segments is 1",
                    working -> new ForwardingBackend(working) {
                        @Override
                        public long limit(Limit limit) {
                            return limit == Limit.SEGMENTS ? 1 : super.limit(limit);
                        }
                    }),
            new Mutant(
                    "RankingRises",
                    "UDP-PLAT-05",
                    "the ranking is another each time",
                    working -> new ForwardingBackend(working) {
                        private final AtomicInteger asked = new AtomicInteger();

                        @Override
                        public int ranking() {
                            return asked.getAndIncrement();
                        }
                    }),
            new Mutant(
                    "OtherProfile",
                    "UDP-PLAT-05",
                    "the backend claims the profile of the other systems",
                    working -> new ForwardingBackend(working) {
                        @Override
                        public Profile profile() {
                            return super.profile() == Profile.UNIX ? Profile.WINDOWS : Profile.UNIX;
                        }
                    }),
            new Mutant(
                    "NegativeSpinIsNone",
                    "UDP-PLAT-06",
                    "a negative time to spin is taken for none",
                    working -> new ForwardingBackend(working) {
                        @Override
                        public Poll openPoll(Duration spin) throws UdpException {
                            return super.openPoll(spin.isNegative() ? Duration.ZERO : spin);
                        }
                    }),
            new Mutant(
                    "BatchOfAnySize",
                    "UDP-PLAT-07",
                    "a batch of too many slots is made smaller",
                    working -> new ForwardingBackend(working) {
                        @Override
                        public DatagramBatch newBatch(int slots, int slotBytes) {
                            return super.newBatch(Math.min(slots, 1_024), slotBytes);
                        }
                    }),
            new Mutant(
                    "ClaimsEmptySends",
                    "UDP-PLAT-08",
                    "EMPTY_SEND_CONFIRMED is declared, and empty datagrams are dropped",
                    ClaimsEmptySends::new),
            new Mutant(
                    "AnotherName",
                    "UDP-PLAT-09",
                    "the backend calls itself otherwise than its provider",
                    working -> new ForwardingBackend(working) {
                        @Override
                        public String name() {
                            return super.name() + "-x";
                        }

                        @Override
                        public UdpSocket open(UdpConfig config) throws UdpException {
                            UdpBackend self = this;
                            return new ForwardingSocket(super.open(config)) {
                                @Override
                                public UdpBackend backend() {
                                    return self;
                                }
                            };
                        }
                    }));

    private PlatMutants() {}

    private static final class ClaimsEmptySends extends ForwardingBackend {
        private final Set<Capability> claimed;

        ClaimsEmptySends(UdpBackend working) {
            super(working);
            EnumSet<Capability> more = EnumSet.of(Capability.EMPTY_SEND_CONFIRMED);
            more.addAll(working.capabilities());
            claimed = Set.copyOf(more);
        }

        @Override
        public Set<Capability> capabilities() {
            return claimed;
        }

        @Override
        public UdpSocket open(UdpConfig config) throws UdpException {
            return new ForwardingSocket(super.open(config)) {
                @Override
                public int sendTo(ByteBuffer payload, InetSocketAddress destination) throws UdpException {
                    return payload.hasRemaining() ? super.sendTo(payload, destination) : 0;
                }
            };
        }
    }
}
