package org.datagram4j.conformance.mutant;

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
                    }));

    private MetaMutants() {}

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
