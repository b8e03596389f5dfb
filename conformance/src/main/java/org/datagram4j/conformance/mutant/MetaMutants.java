package org.datagram4j.conformance.mutant;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.datagram4j.DatagramInfo;
import org.datagram4j.SendInfo;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.spi.AddressCache;
import org.datagram4j.spi.ForwardingSocket;

/** Broken backends for the area META. */
final class MetaMutants {
    static final List<Mutant> ALL = List.of(
            Mutant.ofSockets(
                    "KeepsInfo",
                    "UDP-META-01",
                    "leaves the last sender in the info if there is nothing to receive",
                    socket -> new ReceivingMutant(socket) {
                        private InetSocketAddress last;

                        @Override
                        int take(Take working, boolean peek, ByteBuffer buffer, DatagramInfo info) throws UdpException {
                            int count = working.into(buffer, info);
                            if (count >= 0) {
                                last = info.sender();
                            } else if (last != null) {
                                info.fill().sender(last);
                            }
                            return count;
                        }
                    }),
            Mutant.ofSockets(
                    "ClosedKeepsInfo",
                    "UDP-META-01",
                    "does not clear the info if it is closed",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public int receive(ByteBuffer buffer, DatagramInfo info) throws UdpException {
                            return super.receive(buffer, isOpen() ? info : new DatagramInfo());
                        }
                    }),
            Mutant.ofSockets(
                    "TruncationSticks",
                    "UDP-META-02",
                    "says truncated of the datagram behind a truncated one",
                    socket -> new ReceivingMutant(socket) {
                        private boolean stuck;

                        @Override
                        int take(Take working, boolean peek, ByteBuffer buffer, DatagramInfo info) throws UdpException {
                            int count = working.into(buffer, info);
                            if (count >= 0) {
                                boolean truncated = info.truncated();
                                if (stuck && !truncated) {
                                    relength(info, count, true, DatagramInfo.UNKNOWN);
                                }
                                stuck = truncated;
                            }
                            return count;
                        }
                    }),
            ofInfos("InventsInterface", "UDP-META-03", "says interface 0 where it knows none", (info, peek) -> {
                InetSocketAddress sender = info.sender();
                int length = info.length();
                boolean truncated = info.truncated();
                int original = info.originalLength();
                info.fill().sender(sender).length(length, truncated, original).interfaceIndex(0);
            }),
            ofInfos("SwapsPort", "UDP-META-04", "gives the raw port in the byte order of the machine", (info, peek) -> {
                if (!peek) {
                    swapPort(info);
                }
            }),
            Mutant.ofSockets(
                    "SharesSender",
                    "UDP-META-05",
                    "lets an info name the sender of the datagram behind its own",
                    socket -> new ReceivingMutant(socket) {
                        private DatagramInfo previous;

                        @Override
                        int take(Take working, boolean peek, ByteBuffer buffer, DatagramInfo info) throws UdpException {
                            int count = working.into(buffer, info);
                            if (count >= 0) {
                                if (previous != null && previous != info && !previous.truncated()) {
                                    int length = previous.length();
                                    previous.fill().sender(info.sender()).length(length, false, length);
                                }
                                previous = info;
                            }
                            return count;
                        }
                    }),
            Mutant.ofSockets(
                    "IgnoresControl",
                    "UDP-META-06",
                    "looks at the destination and the segments of an info alone",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public int send(ByteBuffer payload, SendInfo info) throws UdpException {
                            return info == null
                                    ? super.send(payload, null)
                                    : super.send(
                                            payload,
                                            new SendInfo()
                                                    .destination(info.destination())
                                                    .segmentBytes(info.segmentBytes()));
                        }
                    }),
            ofInfos(
                    "PeekSwapsPort",
                    "UDP-META-07",
                    "gives another raw port by a peek than by a receive",
                    (info, peek) -> {
                        if (peek) {
                            swapPort(info);
                        }
                    }),
            Infos.told("TellsFirstLocal", "UDP-META-08", "tells the first local address for ever", () -> {
                InetAddress[] first = {null};
                return (info, way) -> {
                    if (info.localAddress() != null) {
                        first[0] = first[0] == null ? info.localAddress() : first[0];
                        Infos.change(info, filler -> filler.localAddress(first[0]));
                    }
                };
            }),
            Infos.told(
                    "TellsBoundAddress",
                    "UDP-META-09",
                    "tells the wildcard for the local address",
                    () -> (info, way) -> {
                        if (info.localAddress() != null) {
                            Infos.change(info, filler -> filler.localAddress(new InetSocketAddress(0).getAddress()));
                        }
                    }),
            Infos.told("CountsInterfacesFromZero", "UDP-META-10", "tells the index less one", () -> (info, way) -> {
                int index = info.interfaceIndex();
                if (index > 0) {
                    Infos.change(info, filler -> filler.interfaceIndex(index - 1));
                }
            }),
            Infos.told("ShiftsTrafficClass", "UDP-META-11", "tells the DSCP for the whole byte", () -> (info, way) -> {
                int value = info.trafficClass();
                if (value >= 0) {
                    Infos.change(info, filler -> filler.trafficClass(value >> 2));
                }
            }),
            Infos.controlled("EcnClearsDscp", "UDP-META-12", "sets the whole byte for ECN alone", false, info -> {
                boolean alone = info.ecn() != SendInfo.UNSET && info.trafficClass() == SendInfo.UNSET;
                return alone ? info.trafficClass(info.ecn()) : info;
            }),
            Infos.controlled(
                    "BatchForgetsTrafficClass",
                    "UDP-META-12",
                    "does not look at the traffic class of a slot",
                    true,
                    info -> info.trafficClass(SendInfo.UNSET).ecn(SendInfo.UNSET)),
            Infos.told(
                    "SignsHopLimit", "UDP-META-13", "takes a hop limit above 127 for a negative", () -> (info, way) -> {
                        int value = info.hopLimit();
                        if (value > Byte.MAX_VALUE) {
                            Infos.change(info, filler -> filler.hopLimit((byte) value));
                        }
                    }),
            Infos.controlled(
                    "SendIgnoresHopLimit",
                    "UDP-META-14",
                    "does not look at the hop limit of a control",
                    false,
                    info -> info.hopLimit(SendInfo.UNSET)),
            Infos.told("TellsSeconds", "UDP-META-15", "tells seconds for nanoseconds", () -> (info, way) -> {
                long nanos = info.timestampNanos();
                if (nanos > 0) {
                    Infos.change(info, filler -> filler.timestampNanos(nanos / 1_000_000_000));
                }
            }),
            Infos.told("TimeRunsBack", "UDP-META-15", "tells times that go back by turns", () -> {
                int[] turn = {0};
                return (info, way) -> {
                    long nanos = info.timestampNanos();
                    if (nanos > 0 && (turn[0]++ & 1) == 1) {
                        Infos.change(info, filler -> filler.timestampNanos(nanos - 900_000_000));
                    }
                };
            }),
            Infos.controlled(
                    "IgnoresSource",
                    "UDP-META-16",
                    "does not look at the source of a control",
                    false,
                    info -> info.sourceAddress(null)),
            Infos.controlled(
                    "BatchIgnoresSource",
                    "UDP-META-16",
                    "does not look at the source of a slot",
                    true,
                    info -> info.sourceAddress(null)),
            Infos.controlled(
                    "DropsSourceOfOtherVersion",
                    "UDP-META-17",
                    "does without a source of the other IP version",
                    false,
                    info -> info.sourceAddress() != null
                                    && info.destination() != null
                                    && info.sourceAddress().getClass()
                                            != info.destination().getAddress().getClass()
                            ? info.sourceAddress(null)
                            : info),
            Mutant.ofSockets(
                    "SendsFromAnotherSource",
                    "UDP-META-17",
                    "sends without the source where the system refuses it",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public int send(ByteBuffer payload, SendInfo info) throws UdpException {
                            try {
                                return super.send(payload, info);
                            } catch (UdpException e) {
                                if (info.sourceAddress() == null) {
                                    throw e;
                                }
                                return super.send(payload, new SendInfo().destination(info.destination()));
                            }
                        }
                    }),
            Infos.controlled(
                    "IgnoresInterface",
                    "UDP-META-18",
                    "does not look at the interface of a control",
                    false,
                    info -> info.interfaceIndex(SendInfo.UNSET)),
            Infos.controlled(
                    "BatchSendsFromAnywhere",
                    "UDP-META-19",
                    "does without the source of a slot",
                    true,
                    info -> info.sourceAddress(null)),
            Infos.told("BatchTellsNothing", "UDP-META-20", "fills no field by a batch", () -> (info, way) -> {
                if (way == Infos.Way.BATCH) {
                    forget(info);
                }
            }),
            Infos.told("PeekTellsNothing", "UDP-META-20", "fills no field by a peek", () -> (info, way) -> {
                if (way == Infos.Way.PEEK) {
                    forget(info);
                }
            }),
            Infos.told(
                    "TellsInterfaceUnasked",
                    "UDP-META-21",
                    "tells the interface if anything was asked for",
                    () -> (info, way) -> {
                        if (info.localAddress() != null || info.hopLimit() >= 0 || info.trafficClass() >= 0) {
                            Infos.change(info, filler -> filler.interfaceIndex(1));
                        }
                    }),
            Infos.told("TellsOfPrevious", "UDP-META-22", "tells the traffic class of the datagram before", () -> {
                int[] previous = {DatagramInfo.UNKNOWN};
                return (info, way) -> {
                    int value = info.trafficClass();
                    if (value != DatagramInfo.UNKNOWN && way == Infos.Way.BATCH) {
                        Infos.change(info, filler -> filler.trafficClass(Math.max(0, previous[0])));
                    }
                    previous[0] = value;
                };
            }));

    private MetaMutants() {}

    private static void forget(DatagramInfo info) {
        Infos.change(
                info,
                filler -> filler.localAddress(null)
                        .interfaceIndex(DatagramInfo.UNKNOWN)
                        .trafficClass(DatagramInfo.UNKNOWN)
                        .hopLimit(DatagramInfo.UNKNOWN)
                        .timestampNanos(DatagramInfo.UNKNOWN)
                        .dropCount(DatagramInfo.UNKNOWN));
    }

    private interface Broken {
        void change(DatagramInfo info, boolean peek);
    }

    private static Mutant ofInfos(String name, String rule, String description, Broken broken) {
        return Mutant.ofSockets(name, rule, description, socket -> new ReceivingMutant(socket) {
            @Override
            int take(Take working, boolean peek, ByteBuffer buffer, DatagramInfo info) throws UdpException {
                int count = working.into(buffer, info);
                if (count != UdpSocket.WOULD_BLOCK) {
                    broken.change(info, peek);
                }
                return count;
            }
        });
    }

    // The object stays right: the raw values are looked at first only where there is no object.
    private static void swapPort(DatagramInfo info) {
        InetSocketAddress sender = info.sender();
        int length = info.length();
        boolean truncated = info.truncated();
        int original = info.originalLength();
        int swapped = Short.toUnsignedInt(Short.reverseBytes((short) sender.getPort()));
        info.fill().sender(sender).sender(0, 0, swapped, 0, new AddressCache(1)).length(length, truncated, original);
    }
}
