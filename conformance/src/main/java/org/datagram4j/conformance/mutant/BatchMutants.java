package org.datagram4j.conformance.mutant;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.datagram4j.DatagramBatch;
import org.datagram4j.DatagramInfo;
import org.datagram4j.ErrorKind;
import org.datagram4j.SendInfo;
import org.datagram4j.TruncationPolicy;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.spi.ForwardingBackend;
import org.datagram4j.spi.ForwardingSocket;

/** Broken backends for the area BATCH. */
final class BatchMutants {
    private static final int SOMETIMES = 37;
    private static final long HOLD_NANOS = 100_000;

    static final List<Mutant> ALL = List.of(
            new Mutant("AcceptsNoSlots", "UDP-BATCH-01", "makes one slot if asked for none", backend -> {
                return new ForwardingBackend(backend) {
                    @Override
                    public DatagramBatch newBatch(int slots, int slotBytes) {
                        return super.newBatch(slots == 0 ? 1 : slots, slotBytes);
                    }
                };
            }),
            ofSends(
                    "AllToLast",
                    "UDP-BATCH-02",
                    "sends all slots to the last one's destination",
                    (send, batch, first, count) -> {
                        InetSocketAddress to = batch.sendInfo(first + count - 1).destination();
                        for (int slot = first; slot < first + count; slot++) {
                            InetSocketAddress own = batch.sendInfo(slot).destination();
                            batch.sendInfo(slot).destination(to);
                            try {
                                send.range(batch, slot, 1);
                            } finally {
                                batch.sendInfo(slot).destination(own);
                            }
                        }
                        return count;
                    }),
            ofSends("SendsBackwards", "UDP-BATCH-03", "sends the last slot first", (send, batch, first, count) -> {
                for (int slot = first + count - 1; slot >= first; slot--) {
                    send.range(batch, slot, 1);
                }
                return count;
            }),
            Mutant.ofSockets(
                    "SkipsEmptySlots",
                    "UDP-BATCH-04",
                    "skips empty slots and counts as if it had not",
                    EmptySkipper::new),
            ofSends(
                    "IgnoresFirst",
                    "UDP-BATCH-05",
                    "starts with slot 0 whatever the range",
                    (send, batch, first, count) -> {
                        return send.range(batch, 0, count);
                    }),
            ofReceives(
                    "FillsFromZero",
                    "UDP-BATCH-06",
                    "fills from slot 0 whatever the range",
                    (receive, batch, first, count) -> {
                        return receive.range(batch, 0, count);
                    }),
            ofReceives(
                    "WouldBlockIsZero",
                    "UDP-BATCH-07",
                    "returns 0 for an empty queue",
                    (receive, batch, first, count) -> {
                        return Math.max(0, receive.range(batch, first, count));
                    }),
            Mutant.ofSockets(
                    "TruncationThrows",
                    "UDP-BATCH-08",
                    "throws for a truncated slot under ERROR",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public int recvBatch(DatagramBatch batch, int first, int count) throws UdpException {
                            int filled = super.recvBatch(batch, first, count);
                            for (int slot = first; slot < first + filled; slot++) {
                                DatagramInfo info = batch.info(slot);
                                if (info.truncated() && truncationPolicy() == TruncationPolicy.ERROR) {
                                    throw UdpException.truncated(
                                            90, info.sender(), info.length(), info.originalLength());
                                }
                            }
                            return filled;
                        }
                    }),
            ofSends("NamesSlotZero", "UDP-BATCH-09", "names slot 0 whichever failed", (send, batch, first, count) -> {
                try {
                    return send.range(batch, first, count);
                } catch (UdpException e) {
                    throw e.atSlot(0);
                }
            }),
            ofSends(
                    "SkipsTooLarge",
                    "UDP-BATCH-09",
                    "counts a slot that is too large as sent",
                    (send, batch, first, count) -> {
                        try {
                            return send.range(batch, first, count);
                        } catch (UdpException e) {
                            if (e.kind() != ErrorKind.MESSAGE_TOO_LARGE) {
                                throw e;
                            }
                            consume(batch.buffer(first));
                            return 1;
                        }
                    }),
            ofSends(
                    "SkipsInvalid",
                    "UDP-BATCH-10",
                    "counts a slot without a valid destination as sent",
                    (send, batch, first, count) -> {
                        InetSocketAddress to = batch.sendInfo(first).destination();
                        if (to != null && (to.isUnresolved() || to.getPort() == 0)) {
                            consume(batch.buffer(first));
                            return 1;
                        }
                        return send.range(batch, first, 1);
                    }),
            ofSends(
                    "NeedsDestination",
                    "UDP-BATCH-11",
                    "does not send a slot without destination",
                    (send, batch, first, count) -> {
                        for (int slot = first; slot < first + count; slot++) {
                            if (batch.sendInfo(slot).destination() == null) {
                                throw new IllegalArgumentException("slot " + slot + " has no destination");
                            }
                        }
                        return send.range(batch, first, count);
                    }),
            Mutant.ofSockets(
                    "ClampsRange",
                    "UDP-BATCH-12",
                    "sends what there is of a range that is too long",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public int sendBatch(DatagramBatch batch, int first, int count) throws UdpException {
                            int most = batch == null ? count : Math.min(count, batch.slots() - first);
                            return super.sendBatch(batch, first, most < 1 ? count : most);
                        }
                    }),
            Mutant.ofSockets(
                    "TakesForeign",
                    "UDP-BATCH-13",
                    "sends batches of any maker",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public int sendBatch(DatagramBatch batch, int first, int count) throws UdpException {
                            try {
                                return super.sendBatch(batch, first, count);
                            } catch (IllegalArgumentException e) {
                                if (batch.getClass().getName().startsWith("org.datagram4j.conformance")) {
                                    return super.send(batch.buffer(first), batch.sendInfo(first)) < 0 ? WOULD_BLOCK : 1;
                                }
                                throw e;
                            }
                        }
                    }),
            ofReceives(
                    "MixesInfos",
                    "UDP-BATCH-14",
                    "names the last sender in every slot",
                    (receive, batch, first, count) -> {
                        int filled = receive.range(batch, first, count);
                        for (int slot = first; slot < first + filled; slot++) {
                            DatagramInfo info = batch.info(slot);
                            int length = info.length();
                            boolean truncated = info.truncated();
                            int original = info.originalLength();
                            info.fill()
                                    .sender(batch.info(first + filled - 1).sender())
                                    .length(length, truncated, original);
                        }
                        return filled;
                    }),
            ofSends(
                    "ChecksEachWhenDue",
                    "UDP-BATCH-15",
                    "sends the slots before one that it cannot send",
                    (send, batch, first, count) -> {
                        for (int slot = first; slot < first + count; slot++) {
                            send.range(batch, slot, 1);
                        }
                        return count;
                    }),
            Mutant.ofSockets(
                    "LosesSlots",
                    "UDP-BATCH-16",
                    "counts one slot in many without sending it",
                    socket -> new ForwardingSocket(socket) {
                        private int slots;

                        @Override
                        public int sendBatch(DatagramBatch batch, int first, int count) throws UdpException {
                            int sent = super.sendBatch(batch, first, 1);
                            if (sent == 1 && count > 1 && ++slots % SOMETIMES == 0) {
                                consume(batch.buffer(first + 1));
                                return 2;
                            }
                            return sent;
                        }
                    }),
            Mutant.ofSockets(
                    "StaysInUse",
                    "UDP-BATCH-17",
                    "never finds a batch free again that it found in use once",
                    InUseForEver::new),
            Mutant.ofSockets(
                    "BatchMissesPeeked",
                    "UDP-BATCH-18",
                    "keeps what was peeked at from batches",
                    socket -> new ReceivingMutant(socket) {
                        private boolean held;

                        @Override
                        int take(Take working, boolean peek, ByteBuffer buffer, DatagramInfo info) throws UdpException {
                            int count = working.into(buffer, info);
                            held = peek && count >= 0;
                            return count;
                        }

                        @Override
                        public int recvBatch(DatagramBatch batch, int first, int count) throws UdpException {
                            if (held) {
                                recvFrom(ByteBuffer.allocate(1 << 16));
                            }
                            return super.recvBatch(batch, first, count);
                        }
                    }),
            Mutant.ofSockets(
                    "SlotsDieWithSocket",
                    "UDP-BATCH-19",
                    "wipes the slots that a socket filled when it is closed",
                    socket -> new ForwardingSocket(socket) {
                        private DatagramBatch filled;

                        @Override
                        public int recvBatch(DatagramBatch batch, int first, int count) throws UdpException {
                            int received = super.recvBatch(batch, first, count);
                            filled = batch;
                            return received;
                        }

                        @Override
                        public void close() {
                            super.close();
                            for (int slot = 0; filled != null && slot < filled.slots(); slot++) {
                                ByteBuffer all = filled.buffer(slot).duplicate().clear();
                                all.put(new byte[all.capacity()]);
                            }
                        }
                    }),
            Infos.told(
                    "BatchLosesLength",
                    "UDP-BATCH-21",
                    "tells the delivered length for the original one in batches",
                    () -> (info, way) -> {
                        if (way == Infos.Way.BATCH && info.truncated()) {
                            int delivered = info.length();
                            Infos.change(info, filler -> filler.length(delivered, true, delivered));
                        }
                    }),
            Mutant.ofSockets(
                    "ClearsUnfilledSlots",
                    "UDP-BATCH-22",
                    "clears the info of every slot that was asked for",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public int recvBatch(DatagramBatch batch, int first, int count) throws UdpException {
                            int filled = super.recvBatch(batch, first, count);
                            for (int slot = first + Math.max(0, filled); slot < first + count; slot++) {
                                batch.info(slot).fill();
                            }
                            return filled;
                        }
                    }));

    private BatchMutants() {}

    /** A working call on a range. */
    private interface Range {
        int range(DatagramBatch batch, int first, int count) throws UdpException;
    }

    private interface Broken {
        int range(Range working, DatagramBatch batch, int first, int count) throws UdpException;
    }

    private static Mutant ofSends(String name, String rule, String description, Broken broken) {
        return Mutant.ofSockets(name, rule, description, socket -> new ForwardingSocket(socket) {
            @Override
            public int sendBatch(DatagramBatch batch, int first, int count) throws UdpException {
                return valid(batch, first, count)
                        ? broken.range(super::sendBatch, batch, first, count)
                        : super.sendBatch(batch, first, count);
            }
        });
    }

    private static Mutant ofReceives(String name, String rule, String description, Broken broken) {
        return Mutant.ofSockets(name, rule, description, socket -> new ForwardingSocket(socket) {
            @Override
            public int recvBatch(DatagramBatch batch, int first, int count) throws UdpException {
                return valid(batch, first, count)
                        ? broken.range(super::recvBatch, batch, first, count)
                        : super.recvBatch(batch, first, count);
            }
        });
    }

    // What is invalid is left to the working backend to refuse.
    private static boolean valid(DatagramBatch batch, int first, int count) {
        return batch != null && first >= 0 && count > 0 && count <= batch.slots() - first;
    }

    private static void consume(ByteBuffer payload) {
        payload.position(payload.limit());
    }

    /** As Netty has it: the array of messages skips what is empty, and the count is taken for one of slots. */
    private static final class EmptySkipper extends ForwardingSocket {
        EmptySkipper(UdpSocket working) {
            super(working);
        }

        @Override
        public int sendBatch(DatagramBatch batch, int first, int count) throws UdpException {
            if (!valid(batch, first, count)) {
                return super.sendBatch(batch, first, count);
            }
            int sent = 0;
            for (int slot = first; slot < first + count; slot++) {
                ByteBuffer payload = batch.buffer(slot);
                SendInfo info = batch.sendInfo(slot);
                if (payload.hasRemaining() && super.send(payload.duplicate(), info) >= 0) {
                    sent++;
                }
            }
            int counted = Math.max(1, sent);
            for (int slot = first; slot < first + counted; slot++) {
                consume(batch.buffer(slot));
            }
            return counted;
        }
    }

    /** One mark for all batches of this JVM will do: a rule uses one at a time. */
    private static final class InUseForEver extends ForwardingSocket {
        private static final Set<DatagramBatch> STUCK = Collections.newSetFromMap(new WeakHashMap<>());
        private static final AtomicBoolean BUSY = new AtomicBoolean();

        InUseForEver(UdpSocket working) {
            super(working);
        }

        @Override
        public int recvBatch(DatagramBatch batch, int first, int count) throws UdpException {
            synchronized (STUCK) {
                if (STUCK.contains(batch) || !BUSY.compareAndSet(false, true)) {
                    STUCK.add(batch);
                    throw new IllegalStateException("in use");
                }
            }
            LockSupport.parkNanos(HOLD_NANOS);
            try {
                return super.recvBatch(batch, first, count);
            } finally {
                BUSY.set(false);
            }
        }
    }
}
