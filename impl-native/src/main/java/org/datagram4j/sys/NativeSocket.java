package org.datagram4j.sys;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.datagram4j.Capability;
import org.datagram4j.DatagramBatch;
import org.datagram4j.DatagramInfo;
import org.datagram4j.ErrorKind;
import org.datagram4j.Interest;
import org.datagram4j.IoOperation;
import org.datagram4j.Registry;
import org.datagram4j.SendInfo;
import org.datagram4j.Token;
import org.datagram4j.TruncationPolicy;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.spi.Arguments;
import org.datagram4j.spi.JoinedGroups;
import org.datagram4j.sys.contract.NetworkSystem;
import org.datagram4j.sys.contract.RawAddress;

/** A socket of the system: puts the parts together; what each part does is said there. */
final class NativeSocket implements UdpSocket {
    private static final AtomicReferenceFieldUpdater<NativeSocket, UdpException> DEFERRED =
            AtomicReferenceFieldUpdater.newUpdater(NativeSocket.class, UdpException.class, "deferred");

    private final NativeBackend backend;
    private final SocketState state;
    private final Lifetime lifetime;
    private final Readiness readiness;
    private final ReceiveSide receiving;
    private final SendSide sending;
    private final Peer peer;
    private final Options options;
    private final JoinedGroups<Void> groups = new JoinedGroups<>(this);

    /** Who is inside a caller's own operation, for {@link #releaseHandle()} to notice. */
    private final ReentrantReadWriteLock inOperation = new ReentrantReadWriteLock();

    /** An error met in the middle of a batch or of segments, for the next call to report. */
    private volatile UdpException deferred;

    NativeSocket(NativeBackend backend, SocketState state) {
        this.backend = backend;
        this.state = state;
        this.lifetime = new Lifetime(this, backend.system(), state.handle(), backend.users()::leave);
        this.readiness = new Readiness(this, state.handle(), false);
        this.receiving = new ReceiveSide(this, state);
        this.sending = new SendSide(this, state);
        this.peer = new Peer(this, state);
        this.options = new Options(this, state);
    }

    // -- what the parts need of each other

    NetworkSystem system() {
        return backend.system();
    }

    Lifetime lifetime() {
        return lifetime;
    }

    Readiness readiness() {
        return readiness;
    }

    Peer peer() {
        return peer;
    }

    Options options() {
        return options;
    }

    SendSide sending() {
        return sending;
    }

    /** Keeps an error that is gone once it was thrown for the next call; any other comes again by itself. */
    void defer(UdpException error) {
        if (error.kind() == ErrorKind.CONNECTION_REFUSED) {
            deferred = error;
            readiness.raiseError();
        }
    }

    UdpException takeDeferred() {
        return deferred == null ? null : DEFERRED.getAndSet(this, null);
    }

    void throwDeferred() throws UdpException {
        if (deferred != null) {
            UdpException error = takeDeferred();
            if (error != null) {
                throw error;
            }
        }
    }

    /** Refuses an IPv4 address that a socket for IPv6 alone cannot reach; the system would say "no route". */
    void requireV4(InetSocketAddress address) throws UdpException {
        if (state.v6Only()) {
            throw new UdpException(ErrorKind.WRONG_FAMILY, address + " is of the other IP version than " + this);
        }
    }

    // -- the socket

    @Override
    public NativeBackend backend() {
        return backend;
    }

    @Override
    public StandardProtocolFamily family() {
        return state.family();
    }

    @Override
    public boolean isOpen() {
        return lifetime.isOpen();
    }

    @Override
    public InetSocketAddress localAddress() throws UdpException {
        lifetime.enter(lifetime.asking);
        try {
            return peer.localAddress();
        } finally {
            lifetime.asking.leave();
        }
    }

    @Override
    public InetSocketAddress peerAddress() throws UdpException {
        lifetime.enter(lifetime.asking);
        try {
            InetSocketAddress address = peer.address();
            if (address == null) {
                throw new UdpException(ErrorKind.NOT_CONNECTED, this + " has no peer: connect it first");
            }
            return address;
        } finally {
            lifetime.asking.leave();
        }
    }

    @Override
    public void connect(InetSocketAddress newPeer) throws UdpException {
        Arguments.destination(newPeer);
        lifetime.enter(lifetime.asking);
        try {
            peer.connect(newPeer, backend.bits());
        } finally {
            lifetime.asking.leave();
        }
    }

    @Override
    public void disconnect() throws UdpException {
        lifetime.enter(lifetime.asking);
        try {
            peer.disconnect();
        } finally {
            lifetime.asking.leave();
        }
    }

    @Override
    public int send(ByteBuffer payload) throws UdpException {
        return sending.send(payload, null, null, SendInfo.UNSET);
    }

    @Override
    public int sendTo(ByteBuffer payload, InetSocketAddress destination) throws UdpException {
        Objects.requireNonNull(destination, "destination");
        return sending.send(payload, destination, null, SendInfo.UNSET);
    }

    @Override
    public int send(ByteBuffer payload, SendInfo info) throws UdpException {
        Objects.requireNonNull(payload, "payload");
        return sending.send(payload, info.destination(), info, info.segmentBytes());
    }

    @Override
    public int sendSegmented(ByteBuffer payload, InetSocketAddress destination, int segmentBytes) throws UdpException {
        Arguments.range(segmentBytes, 1, 65_527, "segment size");
        return sending.send(payload, destination, null, segmentBytes);
    }

    @Override
    public int sendBatch(DatagramBatch batch, int first, int count) throws UdpException {
        NativeBatch own = NativeBatch.of(batch);
        Arguments.slots(own.slots(), first, count);
        own.acquire();
        try {
            return sending.sendBatch(own, first, count);
        } finally {
            own.release();
        }
    }

    @Override
    public int recv(ByteBuffer buffer) throws UdpException {
        return receiving.receive(buffer, null, false);
    }

    @Override
    public InetSocketAddress recvFrom(ByteBuffer buffer) throws UdpException {
        return receiving.receiveFrom(buffer, false);
    }

    @Override
    public int receive(ByteBuffer buffer, DatagramInfo info) throws UdpException {
        Objects.requireNonNull(info, "info");
        return receiving.receive(buffer, info, false);
    }

    @Override
    public int recvBatch(DatagramBatch batch, int first, int count) throws UdpException {
        NativeBatch own = NativeBatch.of(batch);
        Arguments.slots(own.slots(), first, count);
        own.acquire();
        try {
            return receiving.receiveBatch(own, first, count);
        } finally {
            own.release();
        }
    }

    @Override
    public int peek(ByteBuffer buffer) throws UdpException {
        return receiving.receive(buffer, null, true);
    }

    @Override
    public InetSocketAddress peekFrom(ByteBuffer buffer) throws UdpException {
        return receiving.receiveFrom(buffer, true);
    }

    @Override
    public int peek(ByteBuffer buffer, DatagramInfo info) throws UdpException {
        Objects.requireNonNull(info, "info");
        return receiving.receive(buffer, info, true);
    }

    @Override
    public TruncationPolicy truncationPolicy() throws UdpException {
        requireOpen();
        return receiving.policy();
    }

    @Override
    public void setTruncationPolicy(TruncationPolicy policy) throws UdpException {
        Objects.requireNonNull(policy, "policy");
        requireOpen();
        receiving.policy(policy);
    }

    @Override
    public UdpException takeError() throws UdpException {
        lifetime.enter(lifetime.asking);
        try {
            UdpException kept = takeDeferred();
            if (kept != null) {
                return kept;
            }
            int code = Failures.check(system(), "asking " + this + " for errors", system().takeError(state.handle()));
            if (code == 0) {
                return null;
            }
            if (state.errorQueue()) {
                system().takeQueuedError(state.handle());
            }
            return Failures.of(system(), "pending on " + this, -code);
        } finally {
            lifetime.asking.leave();
        }
    }

    @Override
    public int tryIo(Interest interest, IoOperation operation) throws IOException {
        Objects.requireNonNull(interest, "interest");
        Objects.requireNonNull(operation, "operation");
        lifetime.enter(lifetime.asking);
        inOperation.readLock().lock();
        try {
            int result = operation.run();
            if (result == WOULD_BLOCK) {
                readiness.wouldBlock(Readiness.directions(interest));
            }
            return result;
        } finally {
            inOperation.readLock().unlock();
            lifetime.asking.leave();
        }
    }

    @Override
    public long rawHandle() throws UdpException {
        requireOpen();
        return state.handle();
    }

    @Override
    public long releaseHandle() throws UdpException {
        if (inOperation.getReadHoldCount() > 0) {
            throw new IllegalStateException("inside tryIo of " + this + ": release it afterwards");
        }
        if (!lifetime.release(readiness::close)) {
            throw Arguments.closed(this);
        }
        backend.resources().remove(this);
        return state.handle();
    }

    @Override
    public DatagramChannel releaseChannel() throws UdpException {
        requireOpen();
        throw Arguments.unsupported(NativeBackend.NAME, Capability.RELEASE_CHANNEL);
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return options.supported();
    }

    @Override
    public <T> T getOption(SocketOption<T> option) throws UdpException {
        Objects.requireNonNull(option, "option");
        lifetime.enter(lifetime.asking);
        try {
            return options.get(option);
        } finally {
            lifetime.asking.leave();
        }
    }

    @Override
    public <T> void setOption(SocketOption<T> option, T value) throws UdpException {
        Objects.requireNonNull(option, "option");
        lifetime.enter(lifetime.asking);
        try {
            options.set(option, value);
        } finally {
            lifetime.asking.leave();
        }
    }

    @Override
    public void join(InetAddress group, NetworkInterface netIf) throws UdpException {
        membership(Arguments.group(group), netIf, null, true);
    }

    @Override
    public void join(InetAddress group, NetworkInterface netIf, InetAddress source) throws UdpException {
        InetAddress checked = Arguments.source(Arguments.group(group), source);
        Arguments.require(NativeBackend.NAME, system().capabilities(), Capability.MULTICAST_SOURCE);
        membership(group, netIf, checked, true);
    }

    @Override
    public void leave(InetAddress group, NetworkInterface netIf) throws UdpException {
        membership(Arguments.group(group), netIf, null, false);
    }

    @Override
    public void leave(InetAddress group, NetworkInterface netIf, InetAddress source) throws UdpException {
        InetAddress checked = Arguments.source(Arguments.group(group), source);
        Arguments.require(NativeBackend.NAME, system().capabilities(), Capability.MULTICAST_SOURCE);
        membership(group, netIf, checked, false);
    }

    private void membership(InetAddress group, NetworkInterface netIf, InetAddress source, boolean join)
            throws UdpException {
        lifetime.enter(lifetime.asking);
        try {
            if (family() == StandardProtocolFamily.INET && !(group instanceof Inet4Address)) {
                throw new UdpException(
                        ErrorKind.WRONG_FAMILY, group.getHostAddress() + " is of the other IP version than " + this);
            }
            if (join) {
                groups.join(group, netIf, source, chosen -> change(group, chosen, source, true));
            } else {
                groups.leave(group, netIf, source, (chosen, key) -> change(group, chosen, source, false));
            }
        } finally {
            lifetime.asking.leave();
        }
    }

    private Void change(InetAddress group, NetworkInterface netIf, InetAddress source, boolean join)
            throws UdpException {
        RawAddress rawGroup = new RawAddress();
        backend.bits().set(rawGroup, group, 0);
        RawAddress rawSource = source == null ? null : new RawAddress();
        if (source != null) {
            backend.bits().set(rawSource, source, 0);
        }
        int result = system().membership(state.handle(), rawGroup, netIf.getIndex(), rawSource, join);
        Failures.check(
                system(),
                (join ? "joining " : "leaving ") + group.getHostAddress() + " on " + netIf.getName() + " with " + this,
                result);
        return null;
    }

    @Override
    public void close() {
        if (lifetime.close(readiness::close)) {
            backend.resources().remove(this);
        }
    }

    @Override
    public void register(Registry registry, Token token, Interest interest) throws IOException {
        readiness.register(registry, token, interest);
    }

    @Override
    public void reregister(Registry registry, Token token, Interest interest) throws IOException {
        readiness.reregister(registry, token, interest);
    }

    @Override
    public void deregister(Registry registry) throws IOException {
        readiness.deregister(registry);
    }

    private void requireOpen() throws UdpException {
        if (!isOpen()) {
            throw Arguments.closed(this);
        }
    }

    @Override
    public String toString() {
        return NativeBackend.NAME + " socket " + state.boundTo() + " (handle " + state.handle() + ")"
                + (isOpen() ? "" : ", closed");
    }
}
