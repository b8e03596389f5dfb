package org.datagram4j.conformance.mutant;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.datagram4j.Capability;
import org.datagram4j.DatagramBatch;
import org.datagram4j.DatagramInfo;
import org.datagram4j.ErrorKind;
import org.datagram4j.Event;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.spi.EventList;
import org.datagram4j.spi.ForwardingSocket;

/** Broken backends for the area ERR. */
final class ErrMutants {
    static final List<Mutant> ALL = List.of(
            Mutant.ofSockets(
                    "ReportsWhenUnconnected",
                    "UDP-ERR-01",
                    "an unconnected socket reports a refusal by its next receive, as Windows does by default",
                    socket -> new Reporting(socket) {
                        @Override
                        public int sendTo(ByteBuffer payload, InetSocketAddress destination) throws UdpException {
                            int count = super.sendTo(payload, destination);
                            if (nobodyListensAt(destination)) {
                                pending = refused();
                            }
                            return count;
                        }
                    }),
            Mutant.ofSockets(
                    "RefusalNamesSomebody",
                    "UDP-ERR-15",
                    "the info of a receive that throws a refusal names the peer",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public int receive(ByteBuffer buffer, DatagramInfo info) throws UdpException {
                            try {
                                return super.receive(buffer, info);
                            } catch (UdpException e) {
                                if (isRefused(e)) {
                                    info.fill().sender(super.peerAddress());
                                }
                                throw e;
                            }
                        }
                    }),
            Mutant.ofSockets(
                    "RefusalInBatchIsLost",
                    "UDP-ERR-11",
                    "recvBatch forgets a refusal if there is a datagram, too",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public int recvBatch(DatagramBatch batch, int first, int count) throws UdpException {
                            try {
                                return super.recvBatch(batch, first, count);
                            } catch (UdpException e) {
                                int filled = isRefused(e) ? super.recvBatch(batch, first, count) : WOULD_BLOCK;
                                if (filled == WOULD_BLOCK) {
                                    throw e;
                                }
                                return filled;
                            }
                        }
                    }),
            Mutant.ofSockets(
                    "RefusalOfBatchIsLost",
                    "UDP-ERR-16",
                    "after a batch was sent, the first refusal is forgotten",
                    socket -> new ReceivingMutant(socket) {
                        private boolean forgets;

                        @Override
                        public int sendBatch(DatagramBatch batch, int first, int count) throws UdpException {
                            int sent = super.sendBatch(batch, first, count);
                            forgets = true;
                            return sent;
                        }

                        @Override
                        int take(Take working, boolean peek, ByteBuffer buffer, DatagramInfo info) throws UdpException {
                            try {
                                return working.into(buffer, info);
                            } catch (UdpException e) {
                                if (!isRefused(e) || !forgets) {
                                    throw e;
                                }
                                forgets = false;
                                return WOULD_BLOCK;
                            }
                        }
                    }),
            Mutant.ofSockets(
                    "RecvFromHidesRefusal",
                    "UDP-ERR-02",
                    "recvFrom takes a refusal for would-block",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public InetSocketAddress recvFrom(ByteBuffer buffer) throws UdpException {
                            try {
                                return super.recvFrom(buffer);
                            } catch (UdpException e) {
                                if (isRefused(e)) {
                                    return null;
                                }
                                throw e;
                            }
                        }
                    }),
            Mutant.ofSockets(
                    "ReportsTwice",
                    "UDP-ERR-03",
                    "a refusal is reported by two receives",
                    socket -> new Reporting(socket) {
                        @Override
                        public int recv(ByteBuffer buffer) throws UdpException {
                            boolean again = pending != null;
                            try {
                                return super.recv(buffer);
                            } catch (UdpException e) {
                                pending = isRefused(e) && !again ? e : null;
                                throw e;
                            }
                        }
                    }),
            Mutant.ofSockets(
                    "SendsAndReports",
                    "UDP-ERR-04",
                    "a send that meets a pending refusal sends all the same, and throws",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public int send(ByteBuffer payload) throws UdpException {
                            try {
                                return super.send(payload);
                            } catch (UdpException e) {
                                if (isRefused(e)) {
                                    super.send(payload.duplicate());
                                }
                                throw e;
                            }
                        }
                    }),
            Mutant.ofSockets(
                    "RefusalDisconnects",
                    "UDP-ERR-05",
                    "a refusal ends the connection",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public int recv(ByteBuffer buffer) throws UdpException {
                            try {
                                return super.recv(buffer);
                            } catch (UdpException e) {
                                if (isRefused(e)) {
                                    disconnect();
                                }
                                throw e;
                            }
                        }
                    }),
            Mutant.ofSockets(
                    "RefusalIsNoEvent",
                    "UDP-ERR-06",
                    "a refusal waits for the next receive without an event",
                    socket -> new Reporting(socket) {
                        @Override
                        public int send(ByteBuffer payload) throws UdpException {
                            int count = super.send(payload);
                            pending = super.takeError();
                            return count;
                        }

                        @Override
                        public UdpException takeError() throws UdpException {
                            UdpException taken = pending;
                            pending = null;
                            return taken == null ? super.takeError() : taken;
                        }
                    }),
            Mutant.ofDeclared(
                    "DeclaresErrorReadiness",
                    "UDP-ERR-07",
                    "ERROR_READINESS is declared by a backend whose events do not say it",
                    Capability.ERROR_READINESS,
                    socket -> socket),
            Mutant.ofSockets(
                    "TakeErrorKeepsError",
                    "UDP-ERR-08",
                    "takeError returns the same error twice",
                    socket -> new Reporting(socket) {
                        @Override
                        public UdpException takeError() throws UdpException {
                            UdpException again = pending;
                            pending = again == null ? super.takeError() : null;
                            return again == null ? pending : again;
                        }

                        @Override
                        public int recv(ByteBuffer buffer) throws UdpException {
                            return delegate().recv(buffer);
                        }
                    }),
            Mutant.ofSockets(
                    "TakeErrorDropsDatagram",
                    "UDP-ERR-09",
                    "takeError looks for errors by receiving, and drops what it receives",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public UdpException takeError() throws UdpException {
                            try {
                                recv(ByteBuffer.allocate(65_535));
                                return null;
                            } catch (UdpException e) {
                                return e;
                            }
                        }
                    }),
            Mutant.ofDeclared(
                    "DeclaresErrorCode",
                    "UDP-ERR-10",
                    "ERROR_CODE is declared by a backend that does not know the system's numbers",
                    Capability.ERROR_CODE,
                    socket -> socket),
            Mutant.ofSockets(
                    "RefusalTakesDatagram",
                    "UDP-ERR-11",
                    "a receive that meets a refusal drops a datagram with it",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public int receive(ByteBuffer buffer, DatagramInfo info) throws UdpException {
                            try {
                                return super.receive(buffer, info);
                            } catch (UdpException e) {
                                recv(ByteBuffer.allocate(65_535));
                                throw e;
                            }
                        }
                    }),
            Mutant.ofSockets(
                    "DisconnectKeepsRefusal",
                    "UDP-ERR-12",
                    "a refusal that is pending when the socket is disconnected is reported later",
                    socket -> new Reporting(socket) {
                        @Override
                        public void disconnect() throws UdpException {
                            pending = super.takeError();
                            super.disconnect();
                        }
                    }),
            Mutant.ofSockets(
                    "SilenceIsRefusal",
                    "UDP-ERR-13",
                    "a receive that would block after a send on a connected socket reports a refusal",
                    socket -> new ForwardingSocket(socket) {
                        private boolean sent;

                        @Override
                        public int send(ByteBuffer payload) throws UdpException {
                            sent = true;
                            return super.send(payload);
                        }

                        @Override
                        public int recv(ByteBuffer buffer) throws UdpException {
                            int count = super.recv(buffer);
                            if (count == WOULD_BLOCK && sent) {
                                sent = false;
                                throw refused();
                            }
                            return count;
                        }
                    }),
            Mutant.ofDeclaredConfigs(
                    "DeclaresErrorQueue",
                    "UDP-ERR-14",
                    "ERROR_QUEUE is declared, and withErrorQueue is ignored",
                    Capability.ERROR_QUEUE,
                    config -> config.withErrorQueue(false)),
            Mutant.ofPolls(
                    "HidesErrors",
                    "UDP-ERR-07",
                    "does not say that an event is an error",
                    poll -> new RewritingPoll(poll) {
                        @Override
                        void show(Event event, EventList shown) {
                            shown.add(event.token(), bits(event) & ~EventList.ERROR);
                        }
                    }),
            Mutant.ofSockets(
                    "LosesCode",
                    "UDP-ERR-10",
                    "loses the system's number on the way",
                    socket -> new ForwardingSocket(socket) {
                        @Override
                        public int recv(ByteBuffer buffer) throws UdpException {
                            try {
                                return super.recv(buffer);
                            } catch (UdpException e) {
                                throw new UdpException(e.kind(), e.getMessage());
                            }
                        }

                        @Override
                        public UdpException takeError() throws UdpException {
                            UdpException error = super.takeError();
                            return error == null ? null : new UdpException(error.kind(), error.getMessage());
                        }
                    }));

    private ErrMutants() {}

    private static boolean isRefused(UdpException e) {
        return e.kind() == ErrorKind.CONNECTION_REFUSED;
    }

    private static UdpException refused() {
        return new UdpException(ErrorKind.CONNECTION_REFUSED, "nobody listens there");
    }

    private static boolean nobodyListensAt(InetSocketAddress address) {
        try (DatagramSocket probe = new DatagramSocket(address)) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** Throws an error of its own from the next {@code recv}. */
    private static class Reporting extends ForwardingSocket {
        UdpException pending;

        Reporting(UdpSocket socket) {
            super(socket);
        }

        @Override
        public int recv(ByteBuffer buffer) throws UdpException {
            UdpException error = pending;
            pending = null;
            if (error != null) {
                throw error;
            }
            return super.recv(buffer);
        }
    }
}
