package org.datagram4j.adapters.netty;

import io.netty.channel.socket.DatagramChannel;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Set;
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
import org.datagram4j.spi.EventList;
import org.datagram4j.spi.JoinedGroups;

/** A socket on one of Netty's datagram channels. */
final class NettySocket implements UdpSocket {
    private static final int EMSGSIZE = 90;

    private final NettyBackend backend;
    private final DatagramChannel channel;
    private final Inbox inbox = new Inbox(this);
    private final Outbox outbox;
    private final Readiness readiness;
    private final Options options;
    private final JoinedGroups<Object> groups = new JoinedGroups<>(this);
    private volatile StandardProtocolFamily family = StandardProtocolFamily.INET;
    private volatile InetSocketAddress boundTo;
    private volatile TruncationPolicy policy;

    // A caller's own operations inside, and whether the socket has ended; guarded by the inbox.
    private int inside;
    private boolean ended;

    NettySocket(NettyBackend backend, DatagramChannel channel, TruncationPolicy policy) {
        this.backend = backend;
        this.channel = channel;
        this.policy = policy;
        this.outbox = new Outbox(this, backend, channel);
        this.readiness = new Readiness(this, () -> NettyBackend.directions(this));
        this.options = new Options(this, backend, channel);
        channel.pipeline().addLast(inbox);
    }

    /** Takes note of where the channel has been bound. */
    NettySocket bound() {
        boundTo = channel.localAddress();
        family = boundTo.getAddress() instanceof Inet4Address
                ? StandardProtocolFamily.INET
                : StandardProtocolFamily.INET6;
        return this;
    }

    DatagramChannel channel() {
        return channel;
    }

    Inbox inbox() {
        return inbox;
    }

    Readiness readiness() {
        return readiness;
    }

    void requireOpen() throws UdpException {
        if (!isOpen()) {
            throw Arguments.closed(this);
        }
    }

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
        synchronized (inbox) {
            return !ended && channel.isOpen();
        }
    }

    /** Keeps a refusal that a send met in the middle for the next receive: it is gone once Netty has told it. */
    void defer(UdpException error) {
        if (error.kind() == ErrorKind.CONNECTION_REFUSED) {
            inbox.add(channel, error);
        }
    }

    @Override
    public InetSocketAddress localAddress() throws UdpException {
        requireOpen();
        InetSocketAddress local = channel.localAddress();
        if (local == null) {
            throw new UdpException(ErrorKind.OTHER, "Netty knows no local address of " + this);
        }
        return local;
    }

    @Override
    public InetSocketAddress peerAddress() throws UdpException {
        requireOpen();
        InetSocketAddress peer = channel.remoteAddress();
        if (peer == null) {
            throw new UdpException(ErrorKind.NOT_CONNECTED, this + " has no peer: connect it first");
        }
        return peer;
    }

    @Override
    public void connect(InetSocketAddress peer) throws UdpException {
        Arguments.destination(peer);
        requireOpen();
        if (channel.isConnected()) {
            disconnect(); // a channel of Netty's connects once only
        }
        backend.loop().await("connecting " + this + " to " + peer, channel.connect(peer));
    }

    @Override
    public void disconnect() throws UdpException {
        requireOpen();
        if (!channel.isConnected()) {
            return;
        }
        backend.loop().await("disconnecting " + this, channel.disconnect());
        UdpException past;
        do {
            past = inbox.takeError(); // of the association that is over
        } while (past != null);
    }

    @Override
    public int send(ByteBuffer payload) throws UdpException {
        return outbox.send(payload, null, SendInfo.UNSET);
    }

    @Override
    public int sendTo(ByteBuffer payload, InetSocketAddress destination) throws UdpException {
        Objects.requireNonNull(destination, "destination");
        return outbox.send(payload, destination, SendInfo.UNSET);
    }

    @Override
    public int send(ByteBuffer payload, SendInfo info) throws UdpException {
        Objects.requireNonNull(payload, "payload");
        outbox.requireControls(info);
        return outbox.send(payload, info.destination(), info.segmentBytes());
    }

    @Override
    public int sendSegmented(ByteBuffer payload, InetSocketAddress destination, int segmentBytes) throws UdpException {
        Arguments.range(segmentBytes, 1, 65_527, "segment size");
        return outbox.send(payload, destination, segmentBytes);
    }

    @Override
    public int sendBatch(DatagramBatch batch, int first, int count) throws UdpException {
        NettyBatch own = NettyBatch.of(batch, backend);
        Arguments.slots(own.slots(), first, count);
        own.acquire();
        try {
            return outbox.sendBatch(own, first, count);
        } finally {
            own.release();
        }
    }

    @Override
    public int recv(ByteBuffer buffer) throws UdpException {
        int before = buffer.position();
        return take(buffer, null, false) == null ? WOULD_BLOCK : buffer.position() - before;
    }

    @Override
    public InetSocketAddress recvFrom(ByteBuffer buffer) throws UdpException {
        return take(buffer, null, false);
    }

    @Override
    public int receive(ByteBuffer buffer, DatagramInfo info) throws UdpException {
        Objects.requireNonNull(info, "info");
        int before = buffer.position();
        return take(buffer, info, false) == null ? WOULD_BLOCK : buffer.position() - before;
    }

    @Override
    public int recvBatch(DatagramBatch batch, int first, int count) throws UdpException {
        NettyBatch own = NettyBatch.of(batch, backend);
        Arguments.slots(own.slots(), first, count);
        own.acquire();
        try {
            requireOpen();
            int filled = 0;
            while (filled < count && takeSlot(own, first + filled, filled > 0)) {
                filled++;
            }
            return filled == 0 ? WOULD_BLOCK : filled;
        } finally {
            own.release();
        }
    }

    private boolean takeSlot(NettyBatch batch, int slot, boolean later) throws UdpException {
        if (later) {
            Inbox.Arrival next = inbox.peek();
            if (next == null || next.error() != null) {
                return false; // for the next call
            }
        }
        Inbox.Arrival arrival = next(false);
        if (arrival == null) {
            return false;
        }
        ByteBuffer buffer = batch.buffer(slot).clear();
        int delivered = Math.min(arrival.payload().length, buffer.capacity());
        buffer.put(arrival.payload(), 0, delivered).flip();
        describe(batch.info(slot).fill(), arrival, delivered);
        return true;
    }

    @Override
    public int peek(ByteBuffer buffer) throws UdpException {
        int before = buffer.position();
        return take(buffer, null, true) == null ? WOULD_BLOCK : buffer.position() - before;
    }

    @Override
    public InetSocketAddress peekFrom(ByteBuffer buffer) throws UdpException {
        return take(buffer, null, true);
    }

    @Override
    public int peek(ByteBuffer buffer, DatagramInfo info) throws UdpException {
        Objects.requireNonNull(info, "info");
        int before = buffer.position();
        return take(buffer, info, true) == null ? WOULD_BLOCK : buffer.position() - before;
    }

    private InetSocketAddress take(ByteBuffer buffer, DatagramInfo info, boolean peek) throws UdpException {
        DatagramInfo.Filler filler = info == null ? null : info.fill();
        Arguments.writable(buffer);
        Arguments.access(buffer);
        requireOpen();
        Inbox.Arrival arrival = next(peek);
        if (arrival == null) {
            return null;
        }
        int length = arrival.payload().length;
        int delivered = Math.min(length, buffer.remaining());
        buffer.put(arrival.payload(), 0, delivered);
        if (filler != null) {
            describe(filler, arrival, delivered);
        }
        if (delivered < length && policy.on(backend.profile()) == TruncationPolicy.ERROR) {
            throw UdpException.truncated(EMSGSIZE, arrival.sender(), delivered, length);
        }
        return arrival.sender();
    }

    private static void describe(DatagramInfo.Filler filler, Inbox.Arrival arrival, int delivered) {
        int length = arrival.payload().length;
        filler.sender(arrival.sender()).length(delivered, delivered < length, length);
    }

    /** The next datagram, or null if none is here after the event loop has looked for one. */
    private Inbox.Arrival next(boolean peek) throws UdpException {
        Inbox.Arrival arrival = first(peek);
        if (arrival == null) {
            backend.loop().look();
            requireOpen();
            arrival = first(peek);
        }
        if (arrival == null) {
            readiness.wouldBlock(EventList.READABLE);
        } else if (arrival.error() != null) {
            readiness.wouldBlock(EventList.READABLE); // whoever stops at an error gets another event
            throw arrival.error();
        }
        return arrival;
    }

    private Inbox.Arrival first(boolean peek) {
        Inbox.Arrival first = peek ? inbox.peek() : inbox.take(channel);
        return peek && first != null && first.error() != null ? inbox.take(channel) : first;
    }

    @Override
    public TruncationPolicy truncationPolicy() throws UdpException {
        requireOpen();
        return policy;
    }

    @Override
    public void setTruncationPolicy(TruncationPolicy newPolicy) throws UdpException {
        Objects.requireNonNull(newPolicy, "policy");
        requireOpen();
        policy = newPolicy;
    }

    @Override
    public UdpException takeError() throws UdpException {
        requireOpen();
        UdpException error = inbox.takeError();
        if (error == null) {
            backend.loop().look();
            requireOpen();
            error = inbox.takeError();
        }
        return error;
    }

    @Override
    public int tryIo(Interest interest, IoOperation operation) throws IOException {
        Objects.requireNonNull(interest, "interest");
        Objects.requireNonNull(operation, "operation");
        synchronized (inbox) {
            requireOpen();
            inside++;
        }
        try {
            int result = operation.run();
            if (result == WOULD_BLOCK) {
                readiness.wouldBlock((interest.isReadable() ? EventList.READABLE : 0)
                        | (interest.isWritable() ? EventList.WRITABLE : 0));
            }
            return result;
        } finally {
            boolean last;
            synchronized (inbox) {
                last = --inside == 0 && ended;
            }
            if (last) {
                channel.close();
            }
        }
    }

    @Override
    public long rawHandle() throws UdpException {
        requireOpen();
        return backend.handle(channel);
    }

    @Override
    public long releaseHandle() throws UdpException {
        requireOpen();
        throw Arguments.unsupported(backend.name(), Capability.RELEASE_HANDLE);
    }

    @Override
    public java.nio.channels.DatagramChannel releaseChannel() throws UdpException {
        requireOpen();
        throw Arguments.unsupported(backend.name(), Capability.RELEASE_CHANNEL);
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
        joinGroup(group, netIf, null);
    }

    @Override
    public void join(InetAddress group, NetworkInterface netIf, InetAddress source) throws UdpException {
        Arguments.source(Arguments.group(group), source);
        requireOpen();
        joinGroup(group, netIf, source);
    }

    private void joinGroup(InetAddress group, NetworkInterface netIf, InetAddress source) throws UdpException {
        String doing = this + " cannot join " + group.getHostAddress();
        groups.join(group, netIf, source, chosen -> {
            try {
                backend.loop().await(doing, channel.joinGroup(group, chosen, source));
            } catch (IllegalArgumentException e) { // how java.nio refuses the other IP version
                throw new UdpException(ErrorKind.WRONG_FAMILY, UdpException.NO_CODE, doing + ": " + e.getMessage(), e);
            }
            return this;
        });
    }

    @Override
    public void leave(InetAddress group, NetworkInterface netIf) throws UdpException {
        Arguments.group(group);
        requireOpen();
        leaveGroup(group, netIf, null);
    }

    @Override
    public void leave(InetAddress group, NetworkInterface netIf, InetAddress source) throws UdpException {
        Arguments.source(Arguments.group(group), source);
        requireOpen();
        leaveGroup(group, netIf, source);
    }

    private void leaveGroup(InetAddress group, NetworkInterface netIf, InetAddress source) throws UdpException {
        String doing = this + " cannot leave " + group.getHostAddress();
        groups.leave(
                group,
                netIf,
                source,
                (chosen, key) -> backend.loop().await(doing, channel.leaveGroup(group, chosen, source)));
    }

    @Override
    public void close() {
        boolean busy;
        synchronized (inbox) {
            if (ended) {
                return;
            }
            ended = true;
            busy = inside > 0;
        }
        readiness.close();
        if (!busy) { // else the last of them closes the channel
            channel.close();
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
        return backend.name() + " socket " + boundTo + (isOpen() ? "" : ", closed");
    }
}
