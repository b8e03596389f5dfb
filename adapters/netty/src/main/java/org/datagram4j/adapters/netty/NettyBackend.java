package org.datagram4j.adapters.netty;

import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.datagram4j.Capability;
import org.datagram4j.DatagramBatch;
import org.datagram4j.Limit;
import org.datagram4j.Poll;
import org.datagram4j.Profile;
import org.datagram4j.Source;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.spi.Arguments;
import org.datagram4j.spi.EventList;

/** What the adapters have in common; a transport of Netty's is a subclass. */
abstract class NettyBackend implements UdpBackend {
    /** Room for any datagram. Netty's own default, 2,048 bytes, cuts what is longer and does not tell. */
    static final int ROOM_BYTES = 65_536;

    private static final int MOST_SLOTS = 1024;
    private static final int MOST_SLOT_BYTES = 65_535;
    private static final int MOST_SEGMENTS = 64;
    private static final int RANKING = -1_000;

    private final String name;
    private final Set<Capability> capabilities;
    private final Loop loop;

    NettyBackend(String name, Set<Capability> capabilities, Supplier<IoHandlerFactory> transport) {
        this.name = name;
        this.capabilities = Collections.unmodifiableSet(capabilities);
        this.loop = new Loop(name, transport);
    }

    /** A channel of this transport, not registered and not bound. */
    abstract DatagramChannel newChannel(SocketProtocolFamily family);

    /** Sets what this transport has options of its own for, before the channel is registered. */
    abstract void configure(DatagramChannel channel, UdpConfig config);

    /** The option of Netty's that stands for SO_REUSEPORT, or null. */
    abstract ChannelOption<Boolean> reusePort();

    /** The descriptor of a channel. */
    abstract long handle(DatagramChannel channel);

    /**
     * Adds what is written to send a payload in segments.
     *
     * @param socket the sender
     * @param payload what to send
     * @param destination whom to, or null for the peer
     * @param segmentBytes the length of a segment
     * @param pieces where to add messages, in order
     * @throws UdpException if Netty has no way to say it
     */
    abstract void segments(
            NettySocket socket,
            ByteBuffer payload,
            InetSocketAddress destination,
            int segmentBytes,
            Outbox.Pieces pieces)
            throws UdpException;

    Loop loop() {
        return loop;
    }

    boolean has(Capability capability) {
        return capabilities.contains(capability);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int ranking() {
        return RANKING; // nobody gets Netty who does not ask for it
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities;
    }

    @Override
    public Profile profile() {
        return System.getProperty("os.name", "").startsWith("Windows") ? Profile.WINDOWS : Profile.UNIX;
    }

    @Override
    public long limit(Limit limit) {
        return switch (limit) {
            case PAYLOAD_V4_BYTES -> 65_507;
            case PAYLOAD_V6_BYTES -> 65_527;
            case RECV_BATCH_SLOTS, SEND_BATCH_SLOTS -> MOST_SLOTS;
            case SEGMENTS -> MOST_SEGMENTS;
            case SENDERS_CACHED -> 1; // the least there is: an address is made for each datagram
        };
    }

    @Override
    public Poll openPoll(Duration spin) {
        Objects.requireNonNull(spin, "spin");
        if (spin.isNegative()) {
            throw new IllegalArgumentException("the time to spin " + spin + " is negative");
        }
        return new NettyPoll(this, Arguments.timeoutNanos(spin));
    }

    @Override
    public UdpSocket open(UdpConfig config) throws UdpException {
        Objects.requireNonNull(config, "config");
        Arguments.config(this, config);
        SocketProtocolFamily family = config.localAddress().getAddress() instanceof Inet4Address
                ? SocketProtocolFamily.INET
                : SocketProtocolFamily.INET6;
        String doing = "cannot bind to " + config.localAddress();
        DatagramChannel channel;
        try {
            channel = newChannel(family);
        } catch (RuntimeException e) {
            throw Failures.translate(doing, e);
        }
        try {
            common(channel, config);
            configure(channel, config);
            NettySocket socket = new NettySocket(this, channel, config.truncationPolicy());
            loop.register(doing, channel);
            loop.await(doing, channel.bind(config.localAddress()));
            return socket.bound();
        } catch (UdpException | RuntimeException e) {
            if (channel.isRegistered()) {
                channel.close();
            } else {
                channel.unsafe().closeForcibly();
            }
            throw Failures.translate(doing, e);
        }
    }

    private void common(DatagramChannel channel, UdpConfig config) {
        if (config.reuseAddress()) {
            channel.config().setOption(ChannelOption.SO_REUSEADDR, true);
        }
        if (config.reusePort()) {
            channel.config().setOption(reusePort(), true);
        }
        if (config.receiveBufferBytes() != UdpConfig.SYSTEM_DEFAULT) {
            channel.config().setOption(ChannelOption.SO_RCVBUF, config.receiveBufferBytes());
        }
        if (config.sendBufferBytes() != UdpConfig.SYSTEM_DEFAULT) {
            channel.config().setOption(ChannelOption.SO_SNDBUF, config.sendBufferBytes());
        }
    }

    @Override
    public UdpSocket adopt(java.nio.channels.DatagramChannel channel) throws UdpException {
        throw Arguments.unsupported(name, Capability.ADOPT_CHANNEL);
    }

    @Override
    public UdpSocket adopt(long handle) {
        throw Arguments.unsupported(name, Capability.ADOPT_HANDLE);
    }

    @Override
    public Source source(long handle) {
        throw Arguments.unsupported(name, Capability.HANDLE_SOURCE);
    }

    @Override
    public Source source(SelectableChannel channel) {
        throw Arguments.unsupported(name, Capability.CHANNEL_SOURCE);
    }

    @Override
    public DatagramBatch newBatch(int slots, int slotBytes) {
        Arguments.range(slots, 1, MOST_SLOTS, "number of slots");
        Arguments.range(slotBytes, 0, MOST_SLOT_BYTES, "size of a slot");
        return new NettyBatch(this, slots, slotBytes);
    }

    /** What is ready, for messages of the class that asks. */
    static int directions(NettySocket socket) {
        return (socket.inbox().isEmpty() ? 0 : EventList.READABLE)
                | (socket.channel().isWritable() ? EventList.WRITABLE : 0);
    }

    @Override
    public String toString() {
        return "backend '" + name + "' on Netty "
                + io.netty.channel.Channel.class.getPackage().getImplementationVersion();
    }
}
