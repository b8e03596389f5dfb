package org.datagram4j.conformance.mutant;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.datagram4j.DatagramBatch;
import org.datagram4j.DatagramInfo;
import org.datagram4j.SendInfo;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.spi.ForwardingSocket;

/** Sockets that tell the wrong things in infos, or do not do what the control of a send says. */
final class Infos {
    private Infos() {}

    /** By which way an info was filled. */
    enum Way {
        RECEIVE,
        PEEK,
        BATCH
    }

    /** What is wrong with an info that was filled rightly. */
    interface Broken {
        void change(DatagramInfo info, Way way);
    }

    /** A mutant that changes every info; each socket has a change of its own, which may remember. */
    static Mutant told(String name, String rule, String description, Supplier<Broken> broken) {
        return Mutant.ofSockets(name, rule, description, socket -> telling(socket, broken.get()));
    }

    /** A mutant that sends with another control, by send alone or by sendBatch alone. */
    static Mutant controlled(
            String name, String rule, String description, boolean batch, UnaryOperator<SendInfo> broken) {
        return Mutant.ofSockets(name, rule, description, socket -> controlling(socket, batch, broken));
    }

    private static UdpSocket telling(UdpSocket socket, Broken broken) {
        return new ForwardingSocket(socket) {
            @Override
            public int receive(ByteBuffer buffer, DatagramInfo info) throws UdpException {
                int count = super.receive(buffer, info);
                if (count != WOULD_BLOCK) {
                    broken.change(info, Way.RECEIVE);
                }
                return count;
            }

            @Override
            public int peek(ByteBuffer buffer, DatagramInfo info) throws UdpException {
                int count = super.peek(buffer, info);
                if (count != WOULD_BLOCK) {
                    broken.change(info, Way.PEEK);
                }
                return count;
            }

            @Override
            public int recvBatch(DatagramBatch batch, int first, int count) throws UdpException {
                int filled = super.recvBatch(batch, first, count);
                for (int slot = first; slot < first + filled; slot++) {
                    broken.change(batch.info(slot), Way.BATCH);
                }
                return filled;
            }
        };
    }

    private static UdpSocket controlling(UdpSocket socket, boolean inBatch, UnaryOperator<SendInfo> broken) {
        return new ForwardingSocket(socket) {
            @Override
            public int send(ByteBuffer payload, SendInfo info) throws UdpException {
                return super.send(payload, inBatch || info == null ? info : broken.apply(copy(info, new SendInfo())));
            }

            @Override
            public int sendBatch(DatagramBatch batch, int first, int count) throws UdpException {
                if (!inBatch || batch == null || first < 0 || count < 1 || count > batch.slots() - first) {
                    return super.sendBatch(batch, first, count);
                }
                SendInfo kept = copy(batch.sendInfo(first), new SendInfo());
                try {
                    broken.apply(batch.sendInfo(first));
                    return super.sendBatch(batch, first, 1);
                } finally {
                    copy(kept, batch.sendInfo(first));
                }
            }
        };
    }

    /** Says the same in another control. */
    static SendInfo copy(SendInfo from, SendInfo to) {
        return to.destination(from.destination())
                .sourceAddress(from.sourceAddress())
                .interfaceIndex(from.interfaceIndex())
                .ecn(from.ecn())
                .trafficClass(from.trafficClass())
                .hopLimit(from.hopLimit())
                .segmentBytes(from.segmentBytes());
    }

    /** Says the same again, but for what is changed. */
    static void change(DatagramInfo info, Consumer<DatagramInfo.Filler> changed) {
        InetSocketAddress sender = info.sender();
        int length = info.length();
        boolean truncated = info.truncated();
        int original = info.originalLength();
        InetAddress local = info.localAddress();
        int index = info.interfaceIndex();
        int trafficClass = info.trafficClass();
        int hopLimit = info.hopLimit();
        long timestamp = info.timestampNanos();
        int segment = info.segmentSize();
        long drops = info.dropCount();
        DatagramInfo.Filler filler = info.fill()
                .sender(sender)
                .length(length, truncated, original)
                .localAddress(local)
                .interfaceIndex(index)
                .trafficClass(trafficClass)
                .hopLimit(hopLimit)
                .timestampNanos(timestamp)
                .segmentSize(segment)
                .dropCount(drops);
        changed.accept(filler);
    }
}
