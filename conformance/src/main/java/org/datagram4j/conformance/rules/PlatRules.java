package org.datagram4j.conformance.rules;

import static org.datagram4j.UdpSocket.WOULD_BLOCK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.datagram4j.BackendCandidate;
import org.datagram4j.Capability;
import org.datagram4j.DatagramBatch;
import org.datagram4j.DatagramInfo;
import org.datagram4j.ErrorKind;
import org.datagram4j.Events;
import org.datagram4j.Interest;
import org.datagram4j.Limit;
import org.datagram4j.Poll;
import org.datagram4j.Profile;
import org.datagram4j.SendInfo;
import org.datagram4j.Token;
import org.datagram4j.TruncationPolicy;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpBackends;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpException;
import org.datagram4j.UdpOptions;
import org.datagram4j.UdpSocket;
import org.datagram4j.conformance.catalogue.Outcome;
import org.datagram4j.conformance.lab.Environment;
import org.datagram4j.conformance.lab.Lab;
import org.datagram4j.conformance.lab.Message;
import org.datagram4j.conformance.lab.Peer;
import org.datagram4j.conformance.lab.RuleSkip;
import org.datagram4j.conformance.lab.Seen;
import org.datagram4j.conformance.lab.Watch;
import org.datagram4j.conformance.run.Rule;

/** Area PLAT. */
public final class PlatRules {
    private static final Token WAKE = new Token(-99);

    /** For JUnit. */
    public PlatRules() {}

    @Rule("UDP-PLAT-01")
    void missingOperationIsRefused(Lab lab) throws Exception {
        Capability capability = requireMissing(lab);
        UdpSocket socket = lab.open(UdpConfig.of(local(lab, capability)));
        Peer peer = lab.peer();
        List<Lab.Action> attempts = new ArrayList<>();
        addHandles(attempts, lab, capability, socket);
        addConfigurations(attempts, lab, capability);
        addOptions(attempts, capability, socket);
        addSends(attempts, lab, capability, socket, peer.address());
        assertFalse(attempts.isEmpty(), "expected a way to try " + capability + ", actual: the kit knows none");
        for (Lab.Action attempt : attempts) {
            expectRefusal(capability, attempt);
        }
        expectUsable(lab, socket, peer);
    }

    private static Capability requireMissing(Lab lab) {
        Capability capability = Capability.valueOf(lab.variant());
        if (lab.has(capability)) {
            throw lab.notApplicable("the backend declares " + capability + ", which has rules of its own");
        }
        return capability;
    }

    private static void expectRefusal(Capability capability, Lab.Action attempt) {
        UnsupportedOperationException refusal = Lab.expectThrown(UnsupportedOperationException.class, attempt);
        assertTrue(
                String.valueOf(refusal.getMessage()).contains(capability.name()),
                "expected a message that names " + capability + ", actual: " + refusal.getMessage());
    }

    private static boolean isV6(Capability capability) {
        return capability == Capability.V6_ONLY || capability == Capability.UNICAST_HOPS_V6;
    }

    private static InetSocketAddress local(Lab lab, Capability capability) {
        if (!isV6(capability)) {
            return lab.loopback(0);
        }
        lab.environment().lack(Environment.IPV6).ifPresent(reason -> {
            throw new RuleSkip(Outcome.ENV_LACKS, Environment.IPV6 + ": " + reason);
        });
        return new InetSocketAddress(Lab.ip("::1"), 0);
    }

    private static void expectUsable(Lab lab, UdpSocket socket, Peer peer) throws IOException {
        assertTrue(socket.isOpen(), "expected the socket to stay open, actual: closed");
        lab.sendTo(socket, Lab.bytes("to itself"), socket.localAddress());
        assertEquals("to itself", lab.receive(socket).text(), "what the socket receives afterwards");
        assertEquals(WOULD_BLOCK, socket.recv(ByteBuffer.allocate(10)), "a receive after it");
        if (socket.family() == lab.family()) {
            lab.sendTo(socket, Lab.bytes("first"), peer.address());
            assertEquals("first", peer.receive().text(), "the first that the peer receives");
        }
    }

    private static void addHandles(List<Lab.Action> attempts, Lab lab, Capability capability, UdpSocket socket)
            throws IOException {
        switch (capability) {
            case RAW_HANDLE -> attempts.add(socket::rawHandle);
            case RELEASE_HANDLE -> attempts.add(socket::releaseHandle);
            case RELEASE_CHANNEL -> attempts.add(socket::releaseChannel);
            case ADOPT_HANDLE -> attempts.add(() -> lab.backend().adopt(1_000_000L));
            case HANDLE_SOURCE -> attempts.add(() -> lab.backend().source(1_000_000L));
            case ADOPT_CHANNEL -> {
                DatagramChannel channel = lab.track(DatagramChannel.open()).bind(lab.loopback(0));
                attempts.add(() -> lab.backend().adopt(channel));
            }
            case CHANNEL_SOURCE -> {
                Pipe pipe = Pipe.open();
                lab.track(pipe.sink());
                SelectableChannel source = lab.track(pipe.source()).configureBlocking(false);
                attempts.add(() -> lab.backend().source(source));
            }
            default -> {
                return;
            }
        }
    }

    private static void addConfigurations(List<Lab.Action> attempts, Lab lab, Capability capability) {
        UdpConfig config = UdpConfig.of(local(lab, capability));
        UdpConfig wanting = switch (capability) {
            case REUSE_PORT -> config.withReusePort(true);
            case BIND_DEVICE -> config.withDevice("lo");
            case V6_ONLY -> config.withV6Only(true);
            case ERROR_QUEUE -> config.withErrorQueue(true);
            case GRO -> config.withCoalescing(true);
            default -> null;
        };
        if (wanting != null) {
            attempts.add(() -> lab.open(wanting));
        }
    }

    private static void addOptions(List<Lab.Action> attempts, Capability capability, UdpSocket socket) {
        switch (capability) {
            case UNICAST_TTL -> {
                addOption(attempts, socket, UdpOptions.IP_TTL, 10);
                attempts.add(() -> socket.setTtl(10));
                attempts.add(socket::ttl);
            }
            case UNICAST_HOPS_V6 -> {
                addOption(attempts, socket, UdpOptions.IPV6_UNICAST_HOPS, 10);
                attempts.add(() -> socket.setUnicastHopsV6(10));
                attempts.add(socket::unicastHopsV6);
            }
            case V6_ONLY -> attempts.add(socket::onlyV6);
            case DONT_FRAGMENT -> addOption(attempts, socket, UdpOptions.IP_DONTFRAGMENT, true);
            case PATH_MTU -> attempts.add(() -> socket.getOption(UdpOptions.IP_MTU));
            case BUSY_POLL -> addOption(attempts, socket, UdpOptions.SO_BUSY_POLL, 10);
            case MULTICAST_SOURCE -> {
                InetAddress group = Lab.ip("232.1.2.3");
                attempts.add(() -> socket.join(group, null, Lab.ip("127.0.0.1")));
                attempts.add(() -> socket.leave(group, null, Lab.ip("127.0.0.1")));
            }
            default -> {
                return;
            }
        }
    }

    private static <T> void addOption(List<Lab.Action> attempts, UdpSocket socket, SocketOption<T> option, T value) {
        assertFalse(
                socket.supportedOptions().contains(option),
                "expected supportedOptions() without " + option + ", actual: " + socket.supportedOptions());
        attempts.add(() -> socket.getOption(option));
        attempts.add(() -> socket.setOption(option, value));
    }

    private static void addSends(
            List<Lab.Action> attempts, Lab lab, Capability capability, UdpSocket socket, InetSocketAddress peer)
            throws IOException {
        switch (capability) {
            case SOURCE_SELECTION -> {
                addSend(attempts, lab, socket, new SendInfo().sourceAddress(Lab.ip("127.0.0.1")), peer);
                addSend(attempts, lab, socket, new SendInfo().interfaceIndex(1), peer);
            }
            case SEND_TRAFFIC_CLASS -> {
                addSend(attempts, lab, socket, new SendInfo().ecn(1), peer);
                addSend(attempts, lab, socket, new SendInfo().trafficClass(8), peer);
            }
            case SEND_HOP_LIMIT -> addSend(attempts, lab, socket, new SendInfo().hopLimit(5), peer);
            case SEND_TO_WHEN_CONNECTED -> {
                UdpSocket connected = lab.socket();
                connected.connect(socket.localAddress());
                attempts.add(() -> connected.sendTo(ByteBuffer.allocate(3), peer));
            }
            default -> {
                return;
            }
        }
    }

    private static void addSend(
            List<Lab.Action> attempts, Lab lab, UdpSocket socket, SendInfo info, InetSocketAddress peer) {
        info.destination(peer);
        ByteBuffer payload = ByteBuffer.allocate(3);
        attempts.add(() -> {
            try {
                socket.send(payload, info);
            } catch (UnsupportedOperationException refusal) {
                assertEquals(0, payload.position(), "position after a refused send");
                throw refusal;
            }
        });
        DatagramBatch batch = lab.backend().newBatch(2, 10);
        for (int slot = 0; slot < 2; slot++) {
            batch.buffer(slot).clear();
            batch.sendInfo(slot).destination(peer);
        }
        copy(info, batch.sendInfo(1));
        attempts.add(() -> socket.sendBatch(batch, 1, 1));
    }

    private static void copy(SendInfo from, SendInfo to) {
        if (from.sourceAddress() != null) {
            to.sourceAddress(from.sourceAddress());
        }
        if (from.interfaceIndex() != SendInfo.UNSET) {
            to.interfaceIndex(from.interfaceIndex());
        }
        if (from.ecn() != SendInfo.UNSET) {
            to.ecn(from.ecn());
        }
        if (from.trafficClass() != SendInfo.UNSET) {
            to.trafficClass(from.trafficClass());
        }
        if (from.hopLimit() != SendInfo.UNSET) {
            to.hopLimit(from.hopLimit());
        }
    }

    @Rule("UDP-PLAT-02")
    void missingFieldIsUnknown(Lab lab) throws Exception {
        Capability capability = requireMissing(lab);
        if (capability != Capability.ORIGINAL_LENGTH) {
            UdpConfig wanting = UdpConfig.of(lab.loopback(0)).withMetadata(Set.of(capability));
            expectRefusal(capability, () -> lab.open(wanting));
        }
        UdpSocket socket = lab.socket();
        lab.peer().send(Lab.pattern(100), lab.address(socket));
        socket.setTruncationPolicy(TruncationPolicy.DISCARD);
        DatagramInfo info = new DatagramInfo();
        info.fill()
                .localAddress(Lab.ip("192.0.2.1"))
                .interfaceIndex(5)
                .trafficClass(3)
                .hopLimit(9)
                .timestampNanos(1)
                .dropCount(4);
        lab.receive(socket, ByteBuffer.allocate(10), info);
        assertEquals(10, info.length(), "bytes received of a longer datagram");
        assertEquals(unknown(capability), value(info, capability), capability + " of a backend that does not have it");
    }

    private static String unknown(Capability capability) {
        return capability == Capability.LOCAL_ADDRESS ? "null" : "-1";
    }

    private static String value(DatagramInfo info, Capability capability) {
        Object value = switch (capability) {
            case ORIGINAL_LENGTH -> info.originalLength();
            case LOCAL_ADDRESS -> info.localAddress();
            case LOCAL_INTERFACE -> info.interfaceIndex();
            case RECV_TRAFFIC_CLASS -> Math.max(info.ecn(), info.trafficClass());
            case RECV_HOP_LIMIT -> info.hopLimit();
            case RECV_TIMESTAMP -> info.timestampNanos();
            case DROP_COUNT -> info.dropCount();
            default -> throw new AssertionError("no field of DatagramInfo: " + capability);
        };
        return String.valueOf(value);
    }

    @Rule("UDP-PLAT-03")
    void capabilitiesAreConstant(Lab lab) throws Exception {
        UdpBackend backend = lab.backend();
        Set<Capability> before = Set.copyOf(backend.capabilities());
        Class<UnsupportedOperationException> unsupported = UnsupportedOperationException.class;
        Lab.expectThrown(unsupported, () -> backend.capabilities().add(missing(before)));
        Lab.expectThrown(unsupported, () -> backend.capabilities().clear());
        lab.receive(sendToItself(lab));
        lab.poll().close();
        assertEquals(before, Set.copyOf(backend.capabilities()), "capabilities, asked for again");
    }

    private static Capability missing(Set<Capability> declared) {
        for (Capability capability : Capability.values()) {
            if (!declared.contains(capability)) {
                return capability;
            }
        }
        return Capability.RAW_HANDLE;
    }

    private static UdpSocket sendToItself(Lab lab) throws IOException {
        UdpSocket socket = lab.socket();
        lab.sendTo(socket, Lab.bytes("one"), socket.localAddress());
        return socket;
    }

    @Rule("UDP-PLAT-04")
    void limitsAreConstantAndInRange(Lab lab) throws Exception {
        UdpBackend backend = lab.backend();
        Map<Limit, Long> limits = new EnumMap<>(Limit.class);
        for (Limit limit : Limit.values()) {
            limits.put(limit, backend.limit(limit));
        }
        expectWithin(limits, Limit.PAYLOAD_V4_BYTES, 1, 65_507);
        expectWithin(limits, Limit.PAYLOAD_V6_BYTES, 1, 65_527);
        expectWithin(limits, Limit.RECV_BATCH_SLOTS, 1, Long.MAX_VALUE);
        expectWithin(limits, Limit.SEND_BATCH_SLOTS, 1, Long.MAX_VALUE);
        expectWithin(limits, Limit.SEGMENTS, 64, Long.MAX_VALUE);
        expectWithin(limits, Limit.SENDERS_CACHED, 1, Long.MAX_VALUE);
        lab.receive(sendToItself(lab));
        for (Limit limit : Limit.values()) {
            assertEquals(limits.get(limit), backend.limit(limit), "limit " + limit + ", asked for again");
        }
        Lab.expectThrown(NullPointerException.class, () -> backend.limit(null));
    }

    private static void expectWithin(Map<Limit, Long> limits, Limit limit, long least, long most) {
        long value = limits.get(limit);
        assertTrue(
                value >= least && value <= most,
                "expected " + limit + " from " + least + " to " + most + ", actual " + value);
    }

    @Rule("UDP-PLAT-05")
    void identityIsSound(Lab lab) throws Exception {
        UdpBackend backend = lab.backend();
        String name = backend.name();
        int ranking = backend.ranking();
        assertNotNull(name, "the backend's name");
        assertTrue(
                name.matches("[a-z0-9-]+"),
                "expected a name of lower-case letters, digits and hyphens, actual " + name);
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
        assertEquals(lab.profile(), backend.profile(), "profile of the backend, as against that of the run");
        assertEquals(windows ? Profile.WINDOWS : Profile.UNIX, backend.profile(), "profile of this system");
        lab.receive(sendToItself(lab));
        assertEquals(name, backend.name(), "name, asked for again");
        assertEquals(ranking, backend.ranking(), "ranking, asked for again");
        assertEquals(name, lab.socket().backend().name(), "name of the backend that a socket tells");
    }

    @Rule("UDP-PLAT-06")
    void spinningPollsWork(Lab lab) throws Exception {
        UdpBackend backend = lab.backend();
        Lab.expectThrown(IllegalArgumentException.class, () -> lab.track(backend.openPoll(Duration.ofNanos(-1))));
        Lab.expectThrown(NullPointerException.class, () -> lab.track(backend.openPoll(null)));
        for (Duration spin : List.of(Duration.ofNanos(1), Duration.ofMillis(20), Duration.ofSeconds(Long.MAX_VALUE))) {
            spin(lab, lab.track(backend.openPoll(spin)), spin);
        }
    }

    @Rule("UDP-PLAT-10")
    void quiet(Lab lab) throws Exception {
        UdpSocket socket = lab.socket();
        Watch watch = lab.watch();
        watch.register(socket, 1, Interest.READABLE);
        ByteBuffer buffer = ByteBuffer.allocate(100);
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream listener = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(listener);
        System.setErr(listener);
        try {
            for (int i = 0; i < 500; i++) {
                lab.sendTo(socket, "datagram " + i, socket.localAddress());
                watch.expectReadable(1);
                lab.receive(socket);
                if (i % 10 == 0) {
                    assertEquals(WOULD_BLOCK, socket.recv(buffer.clear()), "a receive from an empty queue");
                } else {
                    watch.reregister(socket, 1, Interest.READABLE);
                }
            }
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        assertTrue(
                printed.size() < 4_096,
                () -> "expected fewer than 4,096 bytes printed, actual: " + printed.size() + ", beginning with "
                        + printed.toString(StandardCharsets.UTF_8)
                                .lines()
                                .findFirst()
                                .orElse(""));
    }

    private static void spin(Lab lab, Poll poll, Duration spin) throws IOException {
        String what = " of a poll that spins for " + spin;
        Events events = poll.newEvents(4);
        UdpSocket socket = lab.socket();
        poll.registry().register(socket, new Token(1), Interest.READABLE);
        assertEquals(0, poll.poll(events, Duration.ZERO), "events at once" + what);
        long start = System.nanoTime();
        assertEquals(0, poll.poll(events, Duration.ofMillis(5)), "events in 5 ms" + what);
        long waited = System.nanoTime() - start;
        assertTrue(waited >= 5_000_000, "expected a wait of 5 ms" + what + ", actual " + waited + " ns");
        lab.peer().send(Lab.bytes("one"), lab.address(socket));
        assertEquals(1, poll.poll(events, lab.patience()), "events after a datagram" + what);
        assertEquals(new Token(1), events.get(0).token(), "token of the event" + what);
        lab.receive(socket);
        lab.track(poll.registry().newWaker(WAKE)).wake();
        assertEquals(1, poll.poll(events, lab.patience()), "events after a wake" + what);
        Thread.currentThread().interrupt();
        try {
            assertEquals(0, poll.poll(events, null), "events when interrupted" + what);
        } finally {
            assertTrue(Thread.interrupted(), "expected the interrupt status kept, actual: cleared");
        }
    }

    @Rule("UDP-PLAT-07")
    void badArgumentsAreRefused(Lab lab) throws Exception {
        UdpBackend backend = lab.backend();
        Class<IllegalArgumentException> illegal = IllegalArgumentException.class;
        Lab.expectThrown(NullPointerException.class, () -> backend.open(null));
        Lab.expectThrown(NullPointerException.class, () -> backend.bind(null));
        Lab.expectThrown(illegal, () -> backend.bind(InetSocketAddress.createUnresolved("localhost", 0)));
        int[][] wrong = {{0, 10}, {-1, 10}, {1_025, 10}, {1, -1}, {1, 65_536}, {Integer.MAX_VALUE, Integer.MAX_VALUE}};
        for (int[] size : wrong) {
            Lab.expectThrown(illegal, () -> backend.newBatch(size[0], size[1]));
        }
        for (int[] size : new int[][] {{1, 0}, {1, 65_535}, {1_024, 100}}) {
            DatagramBatch batch = backend.newBatch(size[0], size[1]);
            assertEquals(size[0], batch.slots(), "slots");
            assertEquals(size[1], batch.slotBytes(), "bytes of a slot");
            assertEquals(size[1], batch.buffer(size[0] - 1).capacity(), "capacity of the last slot's buffer");
        }
        expectIfDeclared(lab, Capability.ADOPT_HANDLE, illegal, () -> backend.adopt(-1L));
        expectIfDeclared(lab, Capability.HANDLE_SOURCE, illegal, () -> backend.source(-1L));
        Class<NullPointerException> npe = NullPointerException.class;
        expectIfDeclared(lab, Capability.ADOPT_CHANNEL, npe, () -> backend.adopt((DatagramChannel) null));
        expectIfDeclared(lab, Capability.CHANNEL_SOURCE, npe, () -> backend.source((SelectableChannel) null));
    }

    private static void expectIfDeclared(
            Lab lab, Capability capability, Class<? extends Throwable> type, Lab.Action action) {
        if (lab.has(capability)) {
            Lab.expectThrown(type, action);
        }
    }

    @Rule("UDP-PLAT-08")
    void guaranteesAreKept(Lab lab) throws Exception {
        Capability capability = Capability.valueOf(lab.variant());
        boolean declared = lab.has(capability);
        switch (capability) {
            case EMPTY_SEND_CONFIRMED -> emptySend(lab, declared);
            case CONNECT_KEEPS_QUEUE -> connect(lab, declared);
            case ERROR_READINESS -> errorReadiness(lab, declared);
            case ERROR_CODE -> errorCode(lab, declared);
            default -> throw new AssertionError("no such variant: " + capability);
        }
    }

    private static void emptySend(Lab lab, boolean declared) throws IOException {
        UdpSocket socket = lab.socket();
        Peer peer = lab.peer();
        for (int round = 0; round < 20; round++) {
            int result = socket.sendTo(ByteBuffer.allocate(0), peer.address());
            assertTrue(result == 0 || result == WOULD_BLOCK, "expected 0 or would-block, actual " + result);
            int most = result == 0 ? 1 : 0;
            lab.sendTo(socket, Lab.bytes("mark"), peer.address());
            int empty = 0;
            Message next = peer.receive();
            while (next.payload().length == 0) {
                empty++;
                next = peer.receive();
            }
            assertEquals("mark", next.text(), "the datagram after an empty one");
            boolean kept = declared ? empty == most : empty <= most;
            assertTrue(kept, "expected " + (declared ? "" : "at most ") + most + " empty datagram, actual " + empty);
        }
    }

    private static void connect(Lab lab, boolean declared) throws IOException {
        UdpSocket socket = lab.socket();
        Peer peer = lab.peer();
        peer.send(Lab.bytes("first"), lab.address(socket));
        peer.send(Lab.bytes("queued"), lab.address(socket));
        lab.receive(socket); // so the second has most probably arrived, too
        socket.connect(peer.address());
        peer.send(Lab.bytes("next"), lab.address(socket));
        String text = lab.receive(socket).text();
        if (declared || text.equals("queued")) {
            assertEquals("queued", text, "the datagram that was queued when the socket was connected");
            text = lab.receive(socket).text();
        }
        assertEquals("next", text, "the datagram after it");
        assertEquals(0, Lab.drain(socket), "datagrams left");
    }

    private static void errorReadiness(Lab lab, boolean declared) throws IOException {
        lab.environment().lack(Environment.ICMP).ifPresent(reason -> {
            throw new RuleSkip(Outcome.ENV_LACKS, Environment.ICMP + ": " + reason);
        });
        UdpSocket socket = lab.socket();
        socket.connect(lab.deadAddress());
        Watch watch = lab.watch();
        watch.register(socket, 1, Interest.READABLE);
        lab.eventually("a send to nobody", () -> socket.send(ByteBuffer.allocate(1)) == 1);
        List<Seen> seen = watch.expectReadable(1);
        if (declared) {
            assertTrue(seen.stream().anyMatch(Seen::error), "expected an error event, actual events: " + seen);
        }
        Lab.expectError(ErrorKind.CONNECTION_REFUSED, () -> socket.recv(ByteBuffer.allocate(1)));
    }

    private static void errorCode(Lab lab, boolean declared) throws IOException {
        InetSocketAddress taken = lab.socket().localAddress();
        UdpException error = Lab.expectError(
                ErrorKind.ADDRESS_IN_USE, () -> lab.track(lab.backend().bind(taken)));
        if (declared) {
            assertTrue(error.code() > 0, "expected the system's number, actual " + error.code() + ": " + error);
        }
        assertTrue(error.code() >= UdpException.NO_CODE, "expected a number or NO_CODE, actual " + error.code());
    }

    @Rule("UDP-PLAT-09")
    void backendIsFound(Lab lab) throws Exception {
        UdpBackend backend = lab.backend();
        if (UdpBackends.all().isEmpty()) {
            IllegalStateException none = Lab.expectThrown(IllegalStateException.class, UdpBackends::select);
            assertTrue(
                    none.getMessage().contains("service registry"),
                    "expected a hint to the service registry, actual: " + none.getMessage());
            throw lab.notApplicable("no provider is found here, as in an OSGi framework");
        }
        UdpBackend found = UdpBackends.select(backend.name());
        assertEquals(backend.name(), found.name(), "name of the provider");
        assertEquals(backend.ranking(), found.ranking(), "ranking of the provider");
        assertEquals(backend.profile(), found.profile(), "profile of the provider");
        List<BackendCandidate> candidates = UdpBackends.explain().stream()
                .filter(candidate -> candidate.name().equals(backend.name()))
                .toList();
        assertEquals(1, candidates.size(), "candidates of that name: " + candidates);
        assertSame(
                UdpBackends.select().name().equals(backend.name()),
                candidates.get(0).verdict() == BackendCandidate.Verdict.CHOSEN,
                "whether it is chosen, by select() and by explain()");
    }
}
