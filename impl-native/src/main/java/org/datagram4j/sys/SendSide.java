package org.datagram4j.sys;

import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import org.datagram4j.Capability;
import org.datagram4j.ErrorKind;
import org.datagram4j.SendInfo;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.spi.Arguments;
import org.datagram4j.spi.EventList;
import org.datagram4j.spi.Pool;
import org.datagram4j.sys.contract.NetworkSystem;

/**
 * The sending half of a socket. A caller's payload is copied into memory of ours; slots of a batch are such memory and
 * are sent in place. Segments are cut by the system, until it refuses: from then on, here.
 */
final class SendSide {
    private static final System.Logger LOG = System.getLogger(SendSide.class.getName());

    /** The most that one system call takes in segments: what an IPv4 datagram can hold. */
    private static final int MOST_AT_ONCE = 65_507;

    private static final Set<Capability> CONTROLS =
            EnumSet.of(Capability.SOURCE_SELECTION, Capability.SEND_TRAFFIC_CLASS, Capability.SEND_HOP_LIMIT);

    private final NativeSocket socket;
    private final NetworkSystem system;
    private final long handle;
    private final Lifetime lifetime;
    private final Pool<Scratch> pool;
    private final AddressBits bits;
    private final boolean v4Socket;
    private final boolean errorQueue;

    /** Whether there is control that must be refused; where all of it works, nobody looks. */
    private final boolean lacksControl;

    /** Whether the system cuts segments; set to false once and for all. */
    private volatile boolean systemCuts;

    SendSide(NativeSocket socket, SocketState state) {
        this.socket = socket;
        this.system = socket.system();
        this.handle = state.handle();
        this.lifetime = socket.lifetime();
        this.pool = socket.backend().scratch();
        this.bits = socket.backend().bits();
        this.v4Socket = state.family() == StandardProtocolFamily.INET;
        this.errorQueue = state.errorQueue();
        this.lacksControl = !system.capabilities().containsAll(CONTROLS);
        this.systemCuts = system.capabilities().contains(Capability.GSO);
    }

    /** Whether segments are cut by the system. */
    boolean systemCuts() {
        return systemCuts;
    }

    /**
     * Sends one datagram, or several.
     *
     * @param payload the bytes
     * @param destination whom to, or null for the peer
     * @param info control, or null
     * @param segmentBytes the length of each datagram, or {@link SendInfo#UNSET}
     * @return how many bytes were sent, or {@link UdpSocket#WOULD_BLOCK}
     */
    int send(ByteBuffer payload, InetSocketAddress destination, SendInfo info, int segmentBytes) throws UdpException {
        check(payload, destination, segmentBytes);
        check(info);
        lifetime.enter(lifetime.sending);
        Scratch scratch = pool.borrow();
        try {
            socket.throwDeferred();
            scratch.route.plan(socket, bits, destination, info);
            int sent = isCut(payload, segmentBytes)
                    ? segments(payload, scratch, segmentBytes)
                    : piece(payload, payload.remaining(), SendInfo.UNSET, scratch);
            if (sent == UdpSocket.WOULD_BLOCK) {
                socket.readiness().wouldBlock(EventList.WRITABLE);
            }
            return sent;
        } finally {
            pool.giveBack(scratch);
            lifetime.sending.leave();
        }
    }

    private void check(ByteBuffer payload, InetSocketAddress destination, int segmentBytes) {
        if (segmentBytes != SendInfo.UNSET) {
            Arguments.segments(payload.remaining(), segmentBytes, system.segments());
        }
        if (destination != null) {
            Arguments.destination(destination);
        }
        Arguments.access(payload);
    }

    private void check(SendInfo info) {
        if (lacksControl && info != null) {
            Arguments.control(NativeBackend.NAME, system.capabilities(), info);
        }
    }

    private static boolean isCut(ByteBuffer payload, int segmentBytes) {
        return segmentBytes != SendInfo.UNSET && segmentBytes < payload.remaining();
    }

    /** Sends as many segments as can be sent now, as many at once as the system takes. */
    private int segments(ByteBuffer payload, Scratch scratch, int segmentBytes) throws UdpException {
        int start = payload.position();
        try {
            while (payload.hasRemaining()) {
                int sent = systemCuts
                        ? manySegments(payload, scratch, segmentBytes)
                        : oneSegment(payload, scratch, segmentBytes);
                if (sent == UdpSocket.WOULD_BLOCK) {
                    break;
                }
            }
        } catch (UdpException e) {
            if (payload.position() == start) {
                throw e;
            }
            socket.defer(e);
        }
        return payload.position() == start ? UdpSocket.WOULD_BLOCK : payload.position() - start;
    }

    private int oneSegment(ByteBuffer payload, Scratch scratch, int segmentBytes) throws UdpException {
        return piece(payload, Math.min(segmentBytes, payload.remaining()), SendInfo.UNSET, scratch);
    }

    /** Has the system cut. If it refuses and a plain send of the first segment goes well, it is not asked again. */
    private int manySegments(ByteBuffer payload, Scratch scratch, int segmentBytes) throws UdpException {
        int most = Math.max(segmentBytes, MOST_AT_ONCE / segmentBytes * segmentBytes);
        int bytes = Math.min(payload.remaining(), most);
        if (bytes <= segmentBytes) {
            return oneSegment(payload, scratch, segmentBytes);
        }
        try {
            return piece(payload, bytes, segmentBytes, scratch);
        } catch (UdpException e) {
            if (!system.refusesSegments(e.code())) {
                throw e;
            }
        }
        int sent = oneSegment(payload, scratch, segmentBytes);
        if (sent != UdpSocket.WOULD_BLOCK) {
            stopCutting();
        }
        return sent;
    }

    private void stopCutting() {
        systemCuts = false;
        LOG.log(System.Logger.Level.DEBUG, "segments of {0} are sent one by one from now on", socket);
    }

    /** One system call: a datagram, or several. Moves the position over what was sent. */
    private int piece(ByteBuffer payload, int bytes, int segmentBytes, Scratch scratch) throws UdpException {
        if (bytes > Scratch.ROOM) {
            throw failure(bytes, scratch.route, -system.messageTooLong());
        }
        scratch.datagrams.payload(0).put(0, payload, payload.position(), bytes);
        int result = scratch.route.send(scratch.datagrams, handle, bytes, v4Socket, segmentBytes);
        if (result == NetworkSystem.WOULD_BLOCK) {
            return UdpSocket.WOULD_BLOCK;
        }
        if (result < 0) {
            reported();
            throw failure(bytes, scratch.route, result);
        }
        payload.position(payload.position() + bytes);
        return bytes;
    }

    /** With a queue of errors, each that is reported is taken from there as well. */
    private void reported() {
        if (errorQueue) {
            system.takeQueuedError(handle);
        }
    }

    private UdpException failure(int bytes, Route route, int result) {
        String what = "sending " + bytes + " bytes to " + route + " with " + socket;
        UdpException failure = Failures.of(system, what, result);
        // a source that is not this machine's has several codes, none of which says so
        boolean vague = failure.kind() == ErrorKind.INVALID_INPUT || failure.kind() == ErrorKind.NETWORK_UNREACHABLE;
        return vague && route.hasForeignSource()
                ? Failures.of(
                        system,
                        what + " from an address that is not this machine's",
                        result,
                        ErrorKind.ADDRESS_NOT_AVAILABLE)
                : failure;
    }

    // -- batches

    /** Sends slots of a batch. */
    int sendBatch(NativeBatch batch, int first, int count) throws UdpException {
        int most = Math.min(count, NativeBackend.MOST_SLOTS);
        for (int slot = first; slot < first + most; slot++) {
            SendInfo info = batch.sendInfo(slot);
            check(batch.buffer(slot), info.destination(), info.segmentBytes());
            check(info);
        }
        lifetime.enter(lifetime.sending);
        int sent = 0;
        try {
            socket.throwDeferred();
            while (sent < most) {
                int more = sendRun(batch, first + sent, most - sent);
                if (more == UdpSocket.WOULD_BLOCK) {
                    socket.readiness().wouldBlock(EventList.WRITABLE);
                    break;
                }
                sent += more;
            }
        } catch (UdpException e) {
            if (sent == 0) {
                throw e.kind() == ErrorKind.CLOSED ? e : e.atSlot(first);
            }
            socket.defer(e);
        } finally {
            lifetime.sending.leave();
        }
        return sent == 0 ? UdpSocket.WOULD_BLOCK : sent;
    }

    /**
     * Sends as many slots as one system call takes. If a slot fails after others went, the call tells how many went and
     * the next one tries that slot again: what lasts is met then. A refusal does not last, and of one that the kernel
     * met between two slots (sendmmsg drops the error) nothing is ever heard; the datagrams after it are refused, too.
     */
    private int sendRun(NativeBatch batch, int first, int count) throws UdpException {
        int ready = 0;
        while (ready < count) {
            int slot = first + ready;
            SendInfo info = batch.sendInfo(slot);
            ByteBuffer payload = batch.buffer(slot);
            boolean cut = isCut(payload, info.segmentBytes());
            if (cut && (!systemCuts || payload.remaining() > MOST_AT_ONCE)) {
                break;
            }
            batch.route.plan(socket, bits, info.destination(), info);
            batch.route.prepare(
                    batch.datagrams,
                    slot,
                    payload.position(),
                    payload.remaining(),
                    v4Socket,
                    cut ? info.segmentBytes() : SendInfo.UNSET);
            ready++;
        }
        if (ready == 0) {
            return sendCutHere(batch, first);
        }
        int result = batch.datagrams.send(handle, first, ready);
        if (result == NetworkSystem.WOULD_BLOCK) {
            return UdpSocket.WOULD_BLOCK;
        }
        if (result < 0) {
            if (isCut(batch.buffer(first), batch.sendInfo(first).segmentBytes()) && system.refusesSegments(-result)) {
                return sendCutHere(batch, first); // which asks again, and learns
            }
            reported();
            ByteBuffer payload = batch.buffer(first);
            batch.route.plan(socket, bits, batch.sendInfo(first).destination(), batch.sendInfo(first));
            throw failure(payload.remaining(), batch.route, result);
        }
        for (int slot = first; slot < first + result; slot++) {
            ByteBuffer payload = batch.buffer(slot);
            payload.position(payload.limit());
        }
        return result;
    }

    /** Sends one slot whose segments cannot go with those of others. */
    private int sendCutHere(NativeBatch batch, int slot) throws UdpException {
        ByteBuffer payload = batch.buffer(slot);
        SendInfo info = batch.sendInfo(slot);
        Scratch scratch = pool.borrow();
        try {
            scratch.route.plan(socket, bits, info.destination(), info);
            int sent = segments(payload, scratch, info.segmentBytes());
            return sent == UdpSocket.WOULD_BLOCK || payload.hasRemaining() ? UdpSocket.WOULD_BLOCK : 1;
        } finally {
            pool.giveBack(scratch);
        }
    }
}
