package org.datagram4j.sys;

import java.io.Closeable;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
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
import org.datagram4j.spi.AddressCache;
import org.datagram4j.spi.Arguments;
import org.datagram4j.spi.OpenResources;
import org.datagram4j.spi.Pool;
import org.datagram4j.sys.contract.NetworkSystem;
import org.datagram4j.sys.contract.RawAddress;

/**
 * The backend on system calls. {@link java.util.ServiceLoader} and the OSGi activator make it; nobody names it.
 */
public final class NativeBackend implements UdpBackend {
    static final String NAME = "native";

    /** UIO_MAXIOV on Linux: what one call takes. */
    static final int MOST_SLOTS = 1024;

    private static final int RANKING = 100;
    private static final int MOST_SLOT_BYTES = 65_535;
    private static final int ADDRESSES_KEPT = 4096;

    private final NetworkSystem system;
    private final Gate users;
    private final OpenResources resources = new OpenResources(NAME);
    private final Pool<Scratch> scratch;
    private final AddressCache senders = new AddressCache(ADDRESSES_KEPT);
    private final AddressBits bits = new AddressBits(ADDRESSES_KEPT);

    /**
     * Finds out what works here.
     *
     * @throws UnsupportedOperationException if it cannot work here, saying why and what to do about it
     */
    public NativeBackend() {
        this(Systems.here());
    }

    NativeBackend(NetworkSystem system) {
        this(system, new Gate(() -> {}));
    }

    /**
     * One of several backends on a system.
     *
     * @param users every open handle is inside, so that the system can be left when the last is gone
     */
    NativeBackend(NetworkSystem system, Gate users) {
        this.system = system;
        this.users = users;
        this.scratch = Pool.perProcessor(() -> new Scratch(system));
    }

    NetworkSystem system() {
        return system;
    }

    Gate users() {
        return users;
    }

    OpenResources resources() {
        return resources;
    }

    Pool<Scratch> scratch() {
        return scratch;
    }

    AddressCache senders() {
        return senders;
    }

    AddressBits bits() {
        return bits;
    }

    /** The object for an address. */
    InetSocketAddress named(RawAddress address) {
        return senders.socketAddress(address.high, address.low, address.port, address.scopeId);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int ranking() {
        return RANKING;
    }

    @Override
    public Set<Capability> capabilities() {
        return system.capabilities();
    }

    @Override
    public Profile profile() {
        return system.profile();
    }

    @Override
    public long limit(Limit limit) {
        return switch (limit) {
            case PAYLOAD_V4_BYTES -> 65_507;
            case PAYLOAD_V6_BYTES -> 65_527;
            case RECV_BATCH_SLOTS, SEND_BATCH_SLOTS -> MOST_SLOTS;
            case SEGMENTS -> system.segments();
            case SENDERS_CACHED -> AddressCache.WAYS;
        };
    }

    @Override
    public Poll openPoll(Duration spin) throws UdpException {
        Objects.requireNonNull(spin, "spin");
        if (spin.isNegative()) {
            throw new IllegalArgumentException("the time to spin " + spin + " is negative");
        }
        return using(() -> new NativePoll(this, system.openPoll(), Arguments.timeoutNanos(spin)));
    }

    @Override
    public UdpSocket open(UdpConfig config) throws UdpException {
        Objects.requireNonNull(config, "config");
        resources.requireRunning();
        Arguments.config(this, config);
        return using(() -> new NativeSocket(this, Opening.open(this, config)));
    }

    @Override
    public UdpSocket adopt(long handle) throws UdpException {
        if (handle < 0) {
            throw new IllegalArgumentException("a handle is not negative: " + handle);
        }
        return using(() -> new NativeSocket(this, Opening.adopt(this, handle)));
    }

    private interface Opener<T> {
        T open() throws UdpException;
    }

    /** Opens something that is a user of the system until it is closed. */
    private <T extends Closeable> T using(Opener<T> opener) throws UdpException {
        resources.requireRunning();
        if (!users.enter()) {
            throw Arguments.closed(this);
        }
        T opened;
        try {
            opened = opener.open();
        } catch (UdpException | RuntimeException | Error e) {
            users.leave();
            throw e;
        }
        return resources.add(opened);
    }

    @Override
    public UdpSocket adopt(DatagramChannel channel) {
        throw Arguments.unsupported(NAME, Capability.ADOPT_CHANNEL);
    }

    @Override
    public Source source(long handle) throws UdpException {
        if (handle < 0) {
            throw new IllegalArgumentException("a handle is not negative: " + handle);
        }
        Arguments.require(NAME, capabilities(), Capability.HANDLE_SOURCE);
        resources.requireRunning();
        return new HandleSource(handle);
    }

    @Override
    public Source source(SelectableChannel channel) {
        throw Arguments.unsupported(NAME, Capability.CHANNEL_SOURCE);
    }

    @Override
    public DatagramBatch newBatch(int slots, int slotBytes) {
        Arguments.range(slots, 1, MOST_SLOTS, "number of slots");
        Arguments.range(slotBytes, 0, MOST_SLOT_BYTES, "size of a slot");
        return NativeBatch.make(system, slots, slotBytes);
    }

    @Override
    public String toString() {
        return "backend '" + NAME + "' on " + system.name();
    }
}
