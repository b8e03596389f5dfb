package org.datagram4j.conformance.lab;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.datagram4j.Capability;
import org.datagram4j.DatagramInfo;
import org.datagram4j.ErrorKind;
import org.datagram4j.Poll;
import org.datagram4j.Profile;
import org.datagram4j.Token;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.conformance.catalogue.Outcome;

/**
 * What one run of one rule works with. Everything made here is closed when the rule ends, in the reverse order.
 *
 * <p>Waiting is always for something that happens, with {@link #patience()} as the limit; that nothing happens is shown
 * by {@link Watch#expectNothing()}.
 */
public final class Lab implements AutoCloseable {
    /** The token of sentinels, which rules do not use. */
    static final Token SENTINEL = new Token(0x5E17_1E75_5E17_1E75L);

    /** Buffer sizes for bursts: every system grants this much, or as much as it grants at all. */
    static final int ROOMY_BYTES = 1 << 18;

    private static final int WINE_SLOWNESS = 4;

    // Ports that no system chooses by itself, for where the kit has to.
    private static final int LOWEST_CHOSEN = 20_000;
    private static final int LOWEST_EPHEMERAL = 32_768;
    private static final AtomicInteger CHOSEN = new AtomicInteger(new Random().nextInt(LOWEST_EPHEMERAL));

    private final UdpBackend backend;
    private final Profile profile;
    private final String variant;
    private final Environment environment;
    private final Duration patience;
    private final long seed;
    private volatile int tries;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    /**
     * A lab for one run.
     *
     * @param backend the backend under test
     * @param profile the profile that it is judged by
     * @param variant the cell of the rule's matrix, such as {@code v4} or {@code v6-self}
     * @param environment what the machine has
     * @param patience how long to wait for anything
     * @param seed what {@link #random()} starts from
     */
    public Lab(
            UdpBackend backend,
            Profile profile,
            String variant,
            Environment environment,
            Duration patience,
            long seed) {
        this.backend = backend;
        this.profile = profile;
        this.variant = variant;
        this.environment = environment;
        this.patience = patience;
        this.seed = seed;
    }

    /**
     * The backend under test.
     *
     * @return the backend
     */
    public UdpBackend backend() {
        return backend;
    }

    /**
     * The profile that the backend is judged by, whatever it calls its own: that one is for UDP-PLAT-05.
     *
     * @return the profile of the run
     */
    public Profile profile() {
        return profile;
    }

    /**
     * Whether a capability is declared.
     *
     * @param capability which
     * @return true if it is
     */
    public boolean has(Capability capability) {
        return backend.capabilities().contains(capability);
    }

    /**
     * The cell of the rule's matrix.
     *
     * @return the variant's name
     */
    public String variant() {
        return variant;
    }

    /**
     * Whether this run is about IPv6.
     *
     * @return true in variants that start with {@code v6}
     */
    public boolean v6() {
        return variant.startsWith("v6");
    }

    /**
     * The IP version of this run.
     *
     * @return INET6 in variants that start with {@code v6}, otherwise INET
     */
    public StandardProtocolFamily family() {
        return v6() ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
    }

    /**
     * What the machine has.
     *
     * @return the environment
     */
    public Environment environment() {
        return environment;
    }

    /**
     * The interface for multicast of this run's IP version.
     *
     * @return an interface that brings multicast back
     */
    public NetworkInterface multicastInterface() {
        return v6() ? environment.multicastV6() : environment.multicastV4();
    }

    /**
     * How long to wait for anything before the rule fails.
     *
     * @return the limit of one wait
     */
    public Duration patience() {
        return patience;
    }

    /**
     * Random numbers that are the same again for the same seed.
     *
     * @return a new generator
     */
    public Random random() {
        return new Random(seed);
    }

    /**
     * Says how often a stochastic rule tries its luck, which the result tells beside the seed. Under Wine, where every
     * system call takes most of a millisecond, that is less often.
     *
     * @param count how often, 1 or more
     * @return the same, or less under Wine
     */
    public int tries(int count) {
        tries = Wine.isHere() ? Math.max(1, count / WINE_SLOWNESS) : count;
        return tries;
    }

    /**
     * How long the JVM's compilers may take until they have what a rule calls again and again.
     *
     * @return as long as a wait; longer where each call takes long
     */
    public Duration warmUp() {
        return Wine.isHere() ? patience.multipliedBy(WINE_SLOWNESS) : patience;
    }

    /**
     * What {@link #tries(int)} was told.
     *
     * @return the count, 0 for rules that are the same every time
     */
    public int tries() {
        return tries;
    }

    /**
     * Ends the rule, because the test could not decide.
     *
     * @param reason why
     * @return never; declared so that callers can throw it
     */
    public RuleSkip inconclusive(String reason) {
        return new RuleSkip(Outcome.INCONCLUSIVE, reason);
    }

    /**
     * Ends the rule, because it does not concern this backend.
     *
     * @param reason why
     * @return never; declared so that callers can throw it
     */
    public RuleSkip notApplicable(String reason) {
        return new RuleSkip(Outcome.NOT_APPLICABLE, reason);
    }

    /**
     * Ends the rule, because the machine lacks what it needs.
     *
     * @param reason what is missing
     * @return never; declared so that callers can throw it
     */
    public RuleSkip lacks(String reason) {
        return new RuleSkip(Outcome.ENV_LACKS, reason);
    }

    /**
     * Ends the rule if the machine lacks a feature that it needs for some backends only.
     *
     * @param feature one of the names of {@link Environment}
     */
    public void need(String feature) {
        environment.lack(feature).ifPresent(reason -> {
            throw lacks(feature + ": " + reason);
        });
    }

    /**
     * How many bytes the current thread has allocated so far. Asking allocates nothing.
     *
     * @return the count
     */
    public long allocatedBytes() {
        if (!AllocationCounter.available()) {
            throw lacks("the JVM has no allocation counter");
        }
        return AllocationCounter.allocatedBytes();
    }

    /**
     * How much time of a processor the current thread has used so far, which does not grow while it waits.
     *
     * @return nanoseconds
     */
    public long processorNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        if (!threads.isCurrentThreadCpuTimeSupported() || !threads.isThreadCpuTimeEnabled()) {
            throw lacks("the JVM does not tell how much of a processor a thread uses");
        }
        return threads.getCurrentThreadCpuTime();
    }

    /**
     * An address without the need to catch.
     *
     * @param literal a numeric address, with scope where needed
     * @return the address
     */
    public static InetAddress ip(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not a numeric address: " + literal, e);
        }
    }

    /**
     * The loopback address of this run's IP version.
     *
     * @param port the port, or 0
     * @return 127.0.0.1 or ::1
     */
    public InetSocketAddress loopback(int port) {
        return new InetSocketAddress(ip(v6() ? "::1" : "127.0.0.1"), port);
    }

    /**
     * The wildcard address of this run's IP version.
     *
     * @param port the port, or 0
     * @return 0.0.0.0 or ::
     */
    public InetSocketAddress wildcard(int port) {
        return new InetSocketAddress(ip(v6() ? "::" : "0.0.0.0"), port);
    }

    /**
     * A socket of the backend under test, bound to loopback.
     *
     * @return the socket, open until the rule ends
     * @throws UdpException if it cannot be opened
     */
    public UdpSocket socket() throws UdpException {
        return track(backend.bind(bindable(loopback(0))));
    }

    /**
     * A socket of the backend under test.
     *
     * @param config where and how
     * @return the socket, open until the rule ends
     * @throws UdpException if it cannot be opened
     */
    public UdpSocket open(UdpConfig config) throws UdpException {
        return track(backend.open(config));
    }

    /**
     * What {@link #socket()} opens, to be changed.
     *
     * @return a configuration for loopback, any port
     */
    public UdpConfig config() {
        return UdpConfig.of(bindable(loopback(0)));
    }

    /**
     * A configuration for the wildcard address, with a port that survives changes of the peer.
     *
     * @return a configuration for the wildcard address of this run's IP version
     */
    public UdpConfig wildcardConfig() {
        return UdpConfig.of(bindable(wildcard(0)));
    }

    /** The address itself where disconnecting keeps a port that the system chose, else with one that we choose. */
    private InetSocketAddress bindable(InetSocketAddress local) {
        if (environment.lack(Environment.KEPT_PORT).isEmpty()) {
            return local;
        }
        return chosen(local.getAddress());
    }

    private InetSocketAddress chosen(InetAddress local) {
        for (int i = 0; i < LOWEST_EPHEMERAL - LOWEST_CHOSEN; i++) {
            int port = LOWEST_CHOSEN + Math.floorMod(CHOSEN.getAndIncrement(), LOWEST_EPHEMERAL - LOWEST_CHOSEN);
            InetSocketAddress chosen = new InetSocketAddress(local, port);
            try {
                new DatagramSocket(chosen).close();
                return chosen;
            } catch (SocketException e) {
                continue; // in use
            }
        }
        throw inconclusive("no port from " + LOWEST_CHOSEN + " to " + LOWEST_EPHEMERAL + " is free");
    }

    /**
     * A socket of the backend under test on loopback, with buffers that hold a datagram of any size and bursts of small
     * ones, on every system.
     *
     * @return the socket, open until the rule ends
     * @throws UdpException if it cannot be opened
     */
    public UdpSocket roomySocket() throws UdpException {
        return track(backend.open(roomy(bindable(loopback(0)))));
    }

    private static UdpConfig roomy(InetSocketAddress local) {
        return UdpConfig.of(local).withReceiveBufferBytes(ROOMY_BYTES).withSendBufferBytes(ROOMY_BYTES);
    }

    /**
     * A poll of the backend under test.
     *
     * @return the poll, open until the rule ends
     * @throws UdpException if it cannot be opened
     */
    public Poll poll() throws UdpException {
        return track(backend.openPoll());
    }

    /**
     * A poll with what it takes to look at its events.
     *
     * @return the watch, open until the rule ends
     * @throws IOException if it cannot be opened
     */
    public Watch watch() throws IOException {
        return track(new Watch(this, backend.openPoll()));
    }

    /**
     * The other end: plain JDK sockets, or the backend itself in {@code self} variants.
     *
     * @return a peer bound to loopback, open until the rule ends
     * @throws IOException if it cannot be opened
     */
    public Peer peer() throws IOException {
        return peer(loopback(0));
    }

    /**
     * The other end, bound elsewhere.
     *
     * @param local where
     * @return the peer, open until the rule ends
     * @throws IOException if it cannot be opened
     */
    public Peer peer(InetSocketAddress local) throws IOException {
        return track(
                variant.endsWith("self")
                        ? new BackendPeer(this, backend.open(roomy(local)))
                        : new JdkPeer(local, patience));
    }

    /**
     * The other end for multicast: bound to the wildcard address, sends groups by {@link #multicastInterface()}.
     *
     * @param groups what it joins there
     * @return the peer, open until the rule ends
     * @throws IOException if it cannot be opened
     */
    public Peer multicastPeer(InetAddress... groups) throws IOException {
        if (multicastInterface() == null) {
            throw lacks("no interface brings multicast of " + family() + " back");
        }
        return track(
                variant.endsWith("self")
                        ? new BackendPeer(this, backend.bind(wildcard(0)), multicastInterface(), groups)
                        : new JdkPeer(wildcard(0), patience, family(), multicastInterface(), groups));
    }

    /**
     * An address of loopback where nobody listens, and where nobody comes to listen who lets the system choose.
     *
     * @return an address with a port that is free
     */
    public InetSocketAddress deadAddress() {
        return chosen(loopback(0).getAddress());
    }

    /**
     * Keeps something until the rule ends.
     *
     * @param resource what to close then
     * @param <T> its type
     * @return the same
     */
    public <T extends AutoCloseable> T track(T resource) {
        synchronized (open) {
            open.push(resource);
        }
        return resource;
    }

    /**
     * Starts a thread.
     *
     * @param name what it does, for messages
     * @param action what it runs
     * @return the thread, running; to be joined by the rule
     */
    public Worker start(String name, Action action) {
        return track(new Worker(this, name, action));
    }

    /**
     * Where a socket is bound, without the need to catch.
     *
     * @param socket the socket
     * @return its local address
     */
    public InetSocketAddress address(UdpSocket socket) {
        try {
            return socket.localAddress();
        } catch (UdpException e) {
            throw new AssertionError("expected a local address, actual: " + e, e);
        }
    }

    /**
     * Sends a text to the peer of a connected socket, waiting until the system takes it.
     *
     * @param socket a socket of the backend under test
     * @param text the payload, see {@link #bytes}
     * @throws IOException if the send fails
     */
    public void send(UdpSocket socket, String text) throws IOException {
        ByteBuffer payload = ByteBuffer.wrap(bytes(text));
        eventually("a send of \"" + text + "\"", () -> socket.send(payload) != UdpSocket.WOULD_BLOCK);
    }

    /**
     * Sends a text, waiting until the system takes it.
     *
     * @param socket a socket of the backend under test
     * @param text the payload, see {@link #bytes}
     * @param to whom
     * @throws IOException if the send fails
     */
    public void sendTo(UdpSocket socket, String text, InetSocketAddress to) throws IOException {
        sendTo(socket, bytes(text), to);
    }

    /**
     * Receives the next datagram, waiting for it.
     *
     * @param socket a socket of the backend under test
     * @return the datagram
     * @throws IOException if the receive fails
     * @throws AssertionError if none comes
     */
    public Message receive(UdpSocket socket) throws IOException {
        return receive(socket, ByteBuffer.allocate(65_535), new DatagramInfo());
    }

    /**
     * Receives the next datagram into a buffer, waiting for it.
     *
     * @param socket a socket of the backend under test
     * @param buffer gets the datagram
     * @param info is filled
     * @return what the buffer got
     * @throws IOException if the receive fails
     * @throws AssertionError if none comes
     */
    public Message receive(UdpSocket socket, ByteBuffer buffer, DatagramInfo info) throws IOException {
        int start = buffer.position();
        int[] count = new int[1];
        eventually("a datagram at " + socket, () -> (count[0] = socket.receive(buffer, info)) != UdpSocket.WOULD_BLOCK);
        byte[] payload = new byte[count[0]];
        for (int i = 0; i < payload.length; i++) {
            payload[i] = buffer.get(start + i);
        }
        return new Message(payload, info.sender());
    }

    /**
     * Sends a datagram, waiting for it to be taken.
     *
     * @param socket a socket of the backend under test
     * @param payload its bytes
     * @param to whom to
     * @throws IOException if it is refused
     */
    public void sendTo(UdpSocket socket, byte[] payload, InetSocketAddress to) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(payload);
        eventually("a send of " + payload.length + " bytes to " + to, () -> socket.sendTo(buffer, to) >= 0);
    }

    /**
     * Receives until it would block.
     *
     * @param socket a socket of the backend under test
     * @return how many datagrams there were
     * @throws IOException if a receive fails
     */
    public static int drain(UdpSocket socket) throws IOException {
        ByteBuffer sink = ByteBuffer.allocate(65_535);
        int count = 0;
        while (socket.recv(sink.clear()) != UdpSocket.WOULD_BLOCK) {
            count++;
        }
        return count;
    }

    /**
     * Waits until something is so.
     *
     * @param what what is waited for, for the message
     * @param condition looked at again and again
     * @throws IOException what the condition throws
     * @throws AssertionError if it does not come within {@link #patience()}
     */
    public void eventually(String what, Condition condition) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("expected " + what + ", actual: not within " + patience.toMillis() + " ms");
            }
            LockSupport.parkNanos(50_000);
        }
    }

    /**
     * Bytes of a text, for payloads.
     *
     * @param text characters of ISO 8859-1
     * @return its bytes
     */
    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * A payload whose every byte depends on its place.
     *
     * @param length how long
     * @return the payload
     */
    public static byte[] pattern(int length) {
        byte[] payload = new byte[length];
        for (int i = 0; i < length; i++) {
            payload[i] = (byte) (i * 31 + (i >>> 8));
        }
        return payload;
    }

    /**
     * Runs something that must fail with a kind.
     *
     * @param kind the kind expected
     * @param action what to run
     * @return the exception
     * @throws AssertionError if it does not throw, or throws something else
     */
    public static UdpException expectError(ErrorKind kind, Action action) {
        UdpException thrown = expectThrown(UdpException.class, action, "UdpException of kind " + kind);
        if (thrown.kind() != kind) {
            throw new AssertionError(
                    "expected UdpException of kind " + kind + ", actual: kind " + thrown.kind(), thrown);
        }
        return thrown;
    }

    /**
     * Runs something that must throw.
     *
     * @param type the exception expected
     * @param action what to run
     * @param <T> its type
     * @return the exception
     * @throws AssertionError if it does not throw, or throws something else
     */
    public static <T extends Throwable> T expectThrown(Class<T> type, Action action) {
        return expectThrown(type, action, type.getSimpleName());
    }

    private static <T extends Throwable> T expectThrown(Class<T> type, Action action, String expected) {
        try {
            action.run();
        } catch (Throwable thrown) {
            if (type.isInstance(thrown)) {
                return type.cast(thrown);
            }
            throw new AssertionError("expected " + expected + ", actual: " + thrown, thrown);
        }
        throw new AssertionError("expected " + expected + ", actual: nothing was thrown");
    }

    /** Something that may throw anything. */
    @FunctionalInterface
    public interface Action {
        /**
         * Runs it.
         *
         * @throws Exception whatever it meets
         */
        void run() throws Exception;
    }

    @Override
    public void close() {
        AssertionError failure = null;
        for (AutoCloseable resource = next(); resource != null; resource = next()) {
            try {
                resource.close();
            } catch (Exception e) {
                failure = new AssertionError("expected close to throw nothing, actual: " + e, e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private AutoCloseable next() {
        synchronized (open) {
            return open.poll();
        }
    }
}
