package org.datagram4j.nio;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.datagram4j.Capability;
import org.datagram4j.DatagramBatch;
import org.datagram4j.Limit;
import org.datagram4j.Poll;
import org.datagram4j.Profile;
import org.datagram4j.Source;
import org.datagram4j.TruncationPolicy;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpException;
import org.datagram4j.UdpOptions;
import org.datagram4j.UdpSocket;
import org.datagram4j.spi.Arguments;
import org.datagram4j.spi.OpenResources;
import org.datagram4j.spi.Pool;

/**
 * The backend on {@code java.nio} channels, which works wherever a JVM does. {@link java.util.ServiceLoader} and the
 * OSGi activator make it; nobody names it.
 */
public final class NioBackend implements UdpBackend {
    static final String NAME = "nio";

    private static final int MOST_SLOTS = 1024;
    private static final int MOST_SLOT_BYTES = 65_535;
    private static final int MOST_SEGMENTS = 64;

    private final OpenResources resources = new OpenResources(NAME);
    /**
     * A few direct buffers with room for any datagram. A receive borrows one for the length of its call, so that it sees
     * the whole datagram and knows how long it was.
     */
    private final Pool<Scratch> pool = Pool.perProcessor(Scratch::new);

    private final Set<Capability> capabilities;

    /** Finds out what channels can do here. */
    public NioBackend() {
        capabilities = Collections.unmodifiableSet(findOut());
    }

    private static EnumSet<Capability> findOut() {
        EnumSet<Capability> found = EnumSet.of(
                Capability.ADOPT_CHANNEL,
                Capability.RELEASE_CHANNEL,
                Capability.CHANNEL_SOURCE,
                Capability.MULTICAST_SOURCE,
                Capability.ORIGINAL_LENGTH);
        if (NioQuirks.isolatesMulticastV4()) {
            found.add(Capability.MULTICAST_ISOLATION_V4);
        }
        if (NioQuirks.isolatesMulticastV6()) {
            found.add(Capability.MULTICAST_ISOLATION_V6);
        }
        if (NioQuirks.disconnectHearsAllV6()) {
            found.add(Capability.DISCONNECT_HEARS_ALL_V6);
        }
        try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
            if (channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
                found.add(Capability.REUSE_PORT);
            }
            if (NioQuirks.optionNamed(UdpOptions.IP_DONTFRAGMENT.name(), channel.supportedOptions()) != null) {
                found.add(Capability.DONT_FRAGMENT);
            }
        } catch (IOException e) {
            System.getLogger(NioBackend.class.getName())
                    .log(System.Logger.Level.WARNING, "no channel can be opened: optional options are off", e);
        }
        return found;
    }

    OpenResources resources() {
        return resources;
    }

    Pool<Scratch> pool() {
        return pool;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int ranking() {
        return 0;
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities;
    }

    @Override
    public Profile profile() {
        return NioQuirks.profile();
    }

    @Override
    public long limit(Limit limit) {
        return switch (limit) {
            case PAYLOAD_V4_BYTES -> NioQuirks.PAYLOAD_V4;
            case PAYLOAD_V6_BYTES -> NioQuirks.PAYLOAD_V6;
            case RECV_BATCH_SLOTS, SEND_BATCH_SLOTS -> MOST_SLOTS;
            case SEGMENTS -> MOST_SEGMENTS;
            case SENDERS_CACHED -> 1; // DatagramChannelImpl.sourceSocketAddress
        };
    }

    @Override
    public Poll openPoll(Duration spin) throws UdpException {
        Objects.requireNonNull(spin, "spin");
        if (spin.isNegative()) {
            throw new IllegalArgumentException("the time to spin " + spin + " is negative");
        }
        resources.requireRunning();
        try {
            return resources.add(new NioPoll(this, Selector.open(), Arguments.timeoutNanos(spin)));
        } catch (IOException e) {
            throw NioQuirks.translate("opening a poll", e);
        }
    }

    @Override
    public UdpSocket open(UdpConfig config) throws UdpException {
        Objects.requireNonNull(config, "config");
        resources.requireRunning();
        InetSocketAddress local = config.localAddress();
        StandardProtocolFamily family = NioQuirks.family(local.getAddress());
        Arguments.config(this, config);
        NioQuirks.requireScope(local);
        NioSocket socket;
        try {
            DatagramChannel channel = NioQuirks.open(family);
            try {
                socket = bind(channel, config);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw NioQuirks.bindFailure(local, e);
        }
        return resources.add(socket);
    }

    private NioSocket bind(DatagramChannel channel, UdpConfig config) throws IOException {
        channel.configureBlocking(false);
        if (config.reuseAddress()) {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        }
        if (config.reusePort()) {
            channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
        }
        if (config.receiveBufferBytes() != UdpConfig.SYSTEM_DEFAULT) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, config.receiveBufferBytes());
        }
        if (config.sendBufferBytes() != UdpConfig.SYSTEM_DEFAULT) {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, config.sendBufferBytes());
        }
        if (config.localAddress().getPort() == 0 && !config.reuseAddress() && !config.reusePort()) {
            NioQuirks.bindToFreePort(channel, config.localAddress());
        } else {
            channel.bind(config.localAddress());
        }
        return new NioSocket(this, channel, config.truncationPolicy());
    }

    @Override
    public UdpSocket adopt(DatagramChannel channel) throws UdpException {
        resources.requireRunning();
        NioSocket socket;
        try {
            if (channel.getLocalAddress() == null) {
                throw new IllegalArgumentException(channel + " is not bound: bind it first");
            }
            if (channel.isRegistered()) {
                throw new IllegalArgumentException(
                        channel + " is registered with a selector: cancel its key and let the selector select");
            }
            channel.configureBlocking(false);
            socket = new NioSocket(this, channel, TruncationPolicy.PLATFORM);
        } catch (IOException e) {
            throw NioQuirks.translate("adopting " + channel, e);
        }
        return resources.add(socket);
    }

    @Override
    public UdpSocket adopt(long handle) {
        throw Arguments.unsupported(NAME, Capability.ADOPT_HANDLE);
    }

    @Override
    public Source source(long handle) {
        throw Arguments.unsupported(NAME, Capability.HANDLE_SOURCE);
    }

    @Override
    public Source source(SelectableChannel channel) throws UdpException {
        Objects.requireNonNull(channel, "channel");
        resources.requireRunning();
        if (!channel.isOpen()) {
            throw Arguments.closed(channel);
        }
        if (channel.isBlocking()) {
            throw new IllegalArgumentException(channel + " is in blocking mode: configureBlocking(false) first");
        }
        return new ChannelSource(channel);
    }

    @Override
    public DatagramBatch newBatch(int slots, int slotBytes) {
        Arguments.range(slots, 1, MOST_SLOTS, "number of slots");
        Arguments.range(slotBytes, 0, MOST_SLOT_BYTES, "size of a slot");
        return new NioBatch(slots, slotBytes);
    }

    @Override
    public String toString() {
        return "backend '" + NAME + "' on java.nio of Java " + Runtime.version();
    }
}
