package org.datagram4j.nio;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
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
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.spi.Arguments;

/** A socket on a {@link DatagramChannel}: puts the parts together and connects; what each part does is said there. */
final class NioSocket implements UdpSocket {
    private final NioBackend backend;
    private final DatagramChannel channel;
    private final InetSocketAddress boundTo;
    private final StandardProtocolFamily family;
    private final Readiness readiness;
    private final ReceiveSide receiving;
    private final SendSide sending;
    private final Lifetime lifetime;
    private final Memberships memberships;
    private final Options options;

    /** Whom it is connected to, or null; changes under both halves' locks. */
    private volatile InetSocketAddress peer;

    /** An error met in the middle of a batch or of segments, for the next call to report. */
    private final AtomicReference<UdpException> deferred = new AtomicReference<>();

    /**
     * Takes over a channel that is bound and non-blocking.
     *
     * @param backend whose socket it is
     * @param channel the channel
     * @param policy what a receive does with what does not fit
     * @throws IOException if the channel is closed
     */
    NioSocket(NioBackend backend, DatagramChannel channel, TruncationPolicy policy) throws IOException {
        this.backend = backend;
        this.channel = channel;
        this.boundTo = (InetSocketAddress) channel.getLocalAddress();
        this.peer = (InetSocketAddress) channel.getRemoteAddress();
        this.family = NioQuirks.family(boundTo.getAddress());
        this.receiving = new ReceiveSide(this, channel, backend.pool(), policy);
        this.sending = new SendSide(this, channel);
        this.readiness = new Readiness(this, channel, () -> receiving.isHolding() || deferred.get() != null);
        this.lifetime = new Lifetime(this, channel, readiness);
        this.memberships = new Memberships(this, channel);
        this.options = new Options(this, channel);
    }

    // -- what the parts need of each other

    Readiness readiness() {
        return readiness;
    }

    InetSocketAddress peer() {
        return peer;
    }

    boolean isConnected() {
        return peer != null;
    }

    /** Where it was bound to, also when closed. */
    InetSocketAddress knownAddress() {
        return boundTo;
    }

    void requireOpen() throws UdpException {
        if (!isOpen()) {
            throw Arguments.closed(this);
        }
    }

    /** Keeps an error for the next call that sends, receives, or asks for it. */
    void defer(UdpException error) {
        if (error.kind() != ErrorKind.CLOSED) {
            deferred.set(error);
            readiness.holding();
        }
    }

    UdpException takeDeferred() {
        return deferred.get() == null ? null : deferred.getAndSet(null);
    }

    void throwDeferred() throws UdpException {
        UdpException error = takeDeferred();
        if (error != null) {
            throw error;
        }
    }

    static UdpException wrongFamily(NioSocket socket, Object address) {
        return new UdpException(ErrorKind.WRONG_FAMILY, address + " is of the other IP version than " + socket);
    }

    // -- the socket

    @Override
    public UdpBackend backend() {
        return backend;
    }

    @Override
    public StandardProtocolFamily family() {
        return family;
    }

    @Override
    public boolean isOpen() {
        return lifetime.isOpen();
    }

    @Override
    public InetSocketAddress localAddress() throws UdpException {
        requireOpen();
        try {
            return (InetSocketAddress) channel.getLocalAddress();
        } catch (IOException e) {
            throw NioQuirks.translate(this, e);
        }
    }

    @Override
    public InetSocketAddress peerAddress() throws UdpException {
        requireOpen();
        InetSocketAddress connectedTo = peer;
        if (connectedTo == null) {
            throw new UdpException(ErrorKind.NOT_CONNECTED, this + " has no peer: connect it first");
        }
        return connectedTo;
    }

    @Override
    public void connect(InetSocketAddress newPeer) throws UdpException {
        Arguments.destination(newPeer);
        requireOpen();
        if (family == StandardProtocolFamily.INET && NioQuirks.family(newPeer.getAddress()) != family) {
            throw wrongFamily(this, newPeer);
        }
        exchangePeer(NioQuirks.concrete(newPeer, boundTo));
    }

    @Override
    public void disconnect() throws UdpException {
        exchangePeer(null);
    }

    /** A channel connects once only, so a new peer takes a disconnect first; nothing is sent or received in between. */
    private void exchangePeer(InetSocketAddress newPeer) throws UdpException {
        receiving.lock();
        sending.lock();
        try {
            requireOpen();
            if (peer == null && newPeer == null) {
                return;
            }
            peer = null; // whatever fails from here leaves it unconnected
            receiving.drop();
            deferred.set(null);
            channel.disconnect();
            if (newPeer != null) {
                channel.connect(newPeer);
                peer = newPeer;
            } else {
                receiving.forgetError();
            }
        } catch (IOException e) {
            throw NioQuirks.translate(
                    (newPeer == null ? "disconnecting " : "connecting to " + newPeer + " ") + this, e);
        } finally {
            sending.unlock();
            receiving.unlock();
        }
    }

    /** Sends an empty datagram while connected, which the channel does not; called under the sender's lock. */
    int sendEmptyConnected(DatagramChannel connected, InetSocketAddress to) throws IOException {
        if (NioQuirks.twoChannelsShareAPort()) {
            NioQuirks.sendEmptyBySecond(connected, to);
            return 0;
        }
        if (!receiving.tryLock()) {
            return WOULD_BLOCK; // whoever has it may be waiting for ours
        }
        try {
            NioQuirks.sendEmptyDisconnected(connected, to);
            return 0;
        } finally {
            receiving.unlock();
        }
    }

    @Override
    public int send(ByteBuffer payload) throws UdpException {
        return sending.send(payload, null, SendInfo.UNSET);
    }

    @Override
    public int sendTo(ByteBuffer payload, InetSocketAddress destination) throws UdpException {
        Objects.requireNonNull(destination, "destination");
        return sending.send(payload, destination, SendInfo.UNSET);
    }

    @Override
    public int send(ByteBuffer payload, SendInfo info) throws UdpException {
        Objects.requireNonNull(payload, "payload");
        sending.requireControls(info);
        return sending.send(payload, info.destination(), info.segmentBytes());
    }

    @Override
    public int sendSegmented(ByteBuffer payload, InetSocketAddress destination, int segmentBytes) throws UdpException {
        Arguments.range(segmentBytes, 1, NioQuirks.PAYLOAD_V6, "segment size");
        return sending.send(payload, destination, segmentBytes);
    }

    @Override
    public int sendBatch(DatagramBatch batch, int first, int count) throws UdpException {
        NioBatch own = NioBatch.of(batch);
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
        int before = buffer.position();
        return receiving.take(buffer, null, false) == null ? WOULD_BLOCK : buffer.position() - before;
    }

    @Override
    public InetSocketAddress recvFrom(ByteBuffer buffer) throws UdpException {
        return receiving.take(buffer, null, false);
    }

    @Override
    public int receive(ByteBuffer buffer, DatagramInfo info) throws UdpException {
        Objects.requireNonNull(info, "info");
        int before = buffer.position();
        return receiving.take(buffer, info, false) == null ? WOULD_BLOCK : buffer.position() - before;
    }

    @Override
    public int recvBatch(DatagramBatch batch, int first, int count) throws UdpException {
        NioBatch own = NioBatch.of(batch);
        Arguments.slots(own.slots(), first, count);
        own.acquire();
        try {
            return receiving.takeBatch(own, first, count);
        } finally {
            own.release();
        }
    }

    @Override
    public int peek(ByteBuffer buffer) throws UdpException {
        int before = buffer.position();
        return receiving.take(buffer, null, true) == null ? WOULD_BLOCK : buffer.position() - before;
    }

    @Override
    public InetSocketAddress peekFrom(ByteBuffer buffer) throws UdpException {
        return receiving.take(buffer, null, true);
    }

    @Override
    public int peek(ByteBuffer buffer, DatagramInfo info) throws UdpException {
        Objects.requireNonNull(info, "info");
        int before = buffer.position();
        return receiving.take(buffer, info, true) == null ? WOULD_BLOCK : buffer.position() - before;
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
        requireOpen();
        return receiving.takeError();
    }

    @Override
    public int tryIo(Interest interest, IoOperation operation) throws IOException {
        Objects.requireNonNull(interest, "interest");
        Objects.requireNonNull(operation, "operation");
        if (!lifetime.enter()) {
            throw Arguments.closed(this);
        }
        try {
            if (interest.isReadable()) {
                receiving.requireNothingHeld("tryIo");
            }
            int result = operation.run();
            if (result == WOULD_BLOCK) {
                readiness.wouldBlock((interest.isReadable() ? readiness.readOperations() : 0)
                        | (interest.isWritable() ? readiness.writeOperations() : 0));
            }
            return result;
        } finally {
            lifetime.leave();
        }
    }

    @Override
    public long rawHandle() throws UdpException {
        throw Arguments.unsupported(NioBackend.NAME, Capability.RAW_HANDLE);
    }

    @Override
    public long releaseHandle() throws UdpException {
        throw Arguments.unsupported(NioBackend.NAME, Capability.RELEASE_HANDLE);
    }

    @Override
    public DatagramChannel releaseChannel() throws UdpException {
        requireOpen();
        lifetime.release(receiving, sending);
        backend.resources().remove(this);
        return channel;
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return options.supported();
    }

    @Override
    public <T> T getOption(SocketOption<T> option) throws UdpException {
        return options.get(option);
    }

    @Override
    public <T> void setOption(SocketOption<T> option, T value) throws UdpException {
        options.set(option, value);
    }

    @Override
    public void join(InetAddress group, NetworkInterface netIf) throws UdpException {
        Arguments.group(group);
        requireOpen();
        memberships.join(group, netIf, null);
    }

    @Override
    public void join(InetAddress group, NetworkInterface netIf, InetAddress source) throws UdpException {
        Arguments.source(Arguments.group(group), source);
        requireOpen();
        memberships.join(group, netIf, source);
    }

    @Override
    public void leave(InetAddress group, NetworkInterface netIf) throws UdpException {
        Arguments.group(group);
        requireOpen();
        memberships.leave(group, netIf, null);
    }

    @Override
    public void leave(InetAddress group, NetworkInterface netIf, InetAddress source) throws UdpException {
        Arguments.source(Arguments.group(group), source);
        requireOpen();
        memberships.leave(group, netIf, source);
    }

    @Override
    public void close() {
        if (lifetime.close()) {
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

    @Override
    public String toString() {
        InetSocketAddress connectedTo = peer;
        return NioBackend.NAME + " socket " + boundTo + (connectedTo == null ? "" : " to " + connectedTo)
                + (isOpen() ? "" : ", closed");
    }
}
