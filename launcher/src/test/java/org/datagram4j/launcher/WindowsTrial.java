package org.datagram4j.launcher;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.datagram4j.Capability;
import org.datagram4j.DatagramInfo;
import org.datagram4j.ErrorKind;
import org.datagram4j.Event;
import org.datagram4j.Events;
import org.datagram4j.Interest;
import org.datagram4j.Poll;
import org.datagram4j.Token;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.Waker;
import org.datagram4j.conformance.Certification;
import org.datagram4j.conformance.Subject;
import org.datagram4j.conformance.catalogue.Outcome;
import org.datagram4j.conformance.fuzz.BackendFuzz;
import org.datagram4j.conformance.mutant.Mutant;
import org.datagram4j.conformance.mutant.Mutants;
import org.datagram4j.conformance.report.Progress;
import org.datagram4j.conformance.report.RuleResult;
import org.datagram4j.sys.NativeBackend;
import org.datagram4j.sys.linkage.Linkage;
import org.datagram4j.sys.linkage.Linkages;
import org.datagram4j.sys.linkage.Memory;
import org.datagram4j.sys.linkage.WindowsCalls;
import org.datagram4j.sys.windows.WindowsSystem;

/**
 * What the native backend does with faults and loads that no rule can make, against the real calls of Windows. Runs in a
 * Windows JVM, tells each trial that succeeded by a line, and ends with the first that does not.
 */
final class WindowsTrial {
    /** What is tried; the words of the lines. */
    static final List<String> NAMES = List.of(
            "many sockets",
            "handles that are none",
            "foreign close",
            "races of close",
            "random calls",
            "broken backends",
            "linked again");

    /** One of most areas. */
    private static final List<String> MUTANTS = List.of(
            "BindsWildcard",
            "CutsTooLarge",
            "DeliversRest",
            "TruncatesSilently",
            "TellsItselfAsPeer",
            "LevelTriggered",
            "OtherPollIsAlreadyRegistered",
            "WakesAreCounted",
            "RemembersAfterClose",
            "BroadcastOnAtFirst",
            "LeaveUnjoinedIgnored",
            "InventsScope",
            "NamesSlotZero",
            "SwapsPort",
            "InterruptClosesSocket");

    private static final int SOCKETS = 2_500;
    private static final int ROUNDS = 200;
    private static final int LINKED = 20;
    private static final int MOST_CHANGES = 100;
    private static final long SEED = 1;
    private static final int STEPS = 200;
    private static final InetSocketAddress ANYWHERE = new InetSocketAddress("127.0.0.1", 0);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What loading classes and starting threads may leave open; one forgotten for each socket would be far more. */
    private static final int SLACK = 20;

    /** Handles are multiples of 4, the lowest that are free; this is far above what is needed for so many sockets. */
    private static final long LAST_HANDLE = 0x8000;

    private static final int AF_INET = 2;
    private static final int SOCK_STREAM = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int IPPROTO_TCP = 6;
    private static final int IPPROTO_UDP = 17;
    private static final int WSAENOTSOCK = 10038;
    private static final long INVALID_HANDLE_VALUE = -1;

    private final UdpBackend backend = new NativeBackend();
    private final Linkage linkage = Linkages.best();
    private final WindowsCalls calls = linkage.windows();
    private final Memory scratch = new Memory(linkage, 8);

    private WindowsTrial() {}

    /** Runs all of it; exit code 0 if all went well. */
    public static void main(String[] arguments) throws Exception {
        Thread watchdog = new Thread(WindowsTrial::watch, "watchdog");
        watchdog.setDaemon(true);
        watchdog.start();
        WindowsTrial trial = new WindowsTrial();
        trial.run(NAMES.get(0), trial::manySockets);
        trial.run(NAMES.get(1), trial::handlesThatAreNone);
        trial.run(NAMES.get(2), trial::foreignClose);
        trial.run(NAMES.get(3), trial::races);
        trial.run(NAMES.get(4), trial::randomCalls);
        trial.run(NAMES.get(5), trial::brokenBackends);
        trial.run(NAMES.get(6), trial::linkedAgain);
        System.exit(0); // whatever thread is left
    }

    /** Tells where threads are if the whole takes too long. */
    private static void watch() {
        try {
            TimeUnit.MINUTES.sleep(10);
        } catch (InterruptedException e) {
            return;
        }
        Thread.getAllStackTraces().forEach((thread, frames) -> System.err.println(thread + " " + List.of(frames)));
        Runtime.getRuntime().halt(1);
    }

    private void run(String name, Callable<String> trial) throws Exception {
        trial.call(); // loads what stays
        int before = handles();
        long start = System.nanoTime();
        String told = trial.call();
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        int after = handles();
        for (long end = System.nanoTime() + PATIENCE.toNanos();
                after > before + SLACK && System.nanoTime() < end;
                after = handles()) {
            Thread.sleep(10); // ending threads close theirs
        }
        require(after <= before + SLACK, name + ": " + before + " handles before, " + after + " after");
        System.out.println(
                name + ": " + told + "; handles " + before + " before, " + after + " after; " + millis + " ms");
    }

    /** Counts by asking for each: Wine knows no number of them. */
    private int handles() {
        int open = 0;
        for (long handle = 4; handle <= LAST_HANDLE; handle += 4) {
            if (calls.handleInformation(handle, scratch.address) >= 0) {
                open++;
            }
        }
        scratch.keep();
        return open;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    private static UdpException requireFails(Callable<?> call, String what, Set<ErrorKind> kinds) throws Exception {
        try {
            Object result = call.call();
            throw new AssertionError(what + " gave " + result + " instead of " + kinds);
        } catch (UdpException e) {
            require(kinds.contains(e.kind()), what + " gave " + e.kind() + " instead of " + kinds + ": " + e);
            return e;
        }
    }

    // -- load

    private String manySockets() throws IOException {
        int before = handles();
        List<UdpSocket> sockets = new ArrayList<>();
        try (Poll poll = backend.openPoll();
                UdpSocket sender = backend.bind(ANYWHERE)) {
            for (int i = 0; i < SOCKETS; i++) {
                UdpSocket socket = backend.bind(ANYWHERE);
                sockets.add(socket);
                poll.registry().register(socket, new Token(i), Interest.READABLE);
            }
            require(
                    handles() - before >= SOCKETS,
                    "handles are not counted: " + handles() + " with " + SOCKETS + " sockets");
            Events events = poll.newEvents(256);
            ByteBuffer payload = ByteBuffer.allocate(1);
            for (UdpSocket socket : sockets) {
                sender.sendTo(payload.clear(), socket.localAddress());
            }
            Set<Token> ready = new HashSet<>();
            for (long end = System.nanoTime() + PATIENCE.toNanos();
                    ready.size() < SOCKETS && System.nanoTime() < end; ) {
                poll.poll(events, Duration.ofSeconds(1));
                for (Event event : events) {
                    require(event.isReadable() && !event.isError(), event + " is not readable");
                    UdpSocket socket = sockets.get((int) event.token().value());
                    InetSocketAddress from = socket.recvFrom(payload.clear());
                    require(from != null, event + " without a datagram");
                    for (; from != null; from = socket.recvFrom(payload.clear())) {
                        if (from.equals(sender.localAddress())) { // others may have sent to that port, too
                            require(ready.add(event.token()), "a second datagram for " + event);
                        }
                    }
                }
            }
            require(ready.size() == SOCKETS, "events of " + ready.size() + " sockets instead of " + SOCKETS);
        } finally {
            for (UdpSocket socket : sockets) {
                socket.close();
            }
        }
        return SOCKETS + " were ready";
    }

    // -- faults

    private String handlesThatAreNone() throws Exception {
        long port = calls.createCompletionPort(INVALID_HANDLE_VALUE, 0, 0, 0);
        long tcp = calls.socket(AF_INET, SOCK_STREAM, IPPROTO_TCP, 0, 0, 0);
        long unbound = calls.socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP, 0, 0, 0);
        require(port > 0 && tcp > 0 && unbound > 0, "handles to try cannot be opened");
        try {
            for (long handle : new long[] {port, tcp, unbound}) {
                requireFails(() -> backend.adopt(handle), "adopting " + handle, Set.of(ErrorKind.INVALID_INPUT));
            }
        } finally { // and they are open still
            require(calls.closeHandle(port) >= 0, "the completion port was closed");
            require(calls.close(tcp) >= 0, "the TCP socket was closed");
            require(calls.close(unbound) >= 0, "the UDP socket was closed");
        }
        for (long handle : new long[] {0x7FFF_FFF0L, 1L << 40}) {
            requireFails(() -> backend.adopt(handle), "adopting " + handle, Set.of(ErrorKind.CLOSED));
        }
        // the JVM may have got that number since
        requireFails(() -> backend.adopt(tcp), "adopting " + tcp, Set.of(ErrorKind.CLOSED, ErrorKind.INVALID_INPUT));
        return "6 were refused";
    }

    /** Between both closes nothing is opened that could get the handle. */
    private String foreignClose() throws Exception {
        ByteBuffer payload = ByteBuffer.allocate(8);
        try (Poll poll = backend.openPoll()) {
            UdpSocket socket = backend.bind(ANYWHERE);
            Events events = poll.newEvents(8);
            poll.registry().register(socket, new Token(7), Interest.READABLE);
            InetSocketAddress local = socket.localAddress();
            require(calls.close(socket.rawHandle()) >= 0, "closesocket failed");
            Set<ErrorKind> kinds = Set.of(ErrorKind.INVALID_INPUT);
            List<Callable<?>> doings =
                    List.of(() -> socket.recv(payload), () -> socket.sendTo(payload, local), socket::broadcast);
            for (Callable<?> doing : doings) {
                UdpException e = requireFails(doing, "a call on a socket that somebody else closed", kinds);
                require(e.code() == WSAENOTSOCK, "the code " + e.code() + " instead of " + WSAENOTSOCK);
            }
            poll.poll(events, PATIENCE);
            for (Event event : events) {
                require(event.isError() && event.token().value() == 7, event + " is no error");
            }
            require(events.size() == 1, events.size() + " events of a socket that somebody else closed");
            poll.registry().deregister(socket);
            socket.close();
            requireFails(() -> socket.recv(payload), "a receive after close", Set.of(ErrorKind.CLOSED));
        }
        return "it was told as an error";
    }

    // -- races

    private String races() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try (Poll poll = backend.openPoll();
                Waker waker = poll.registry().newWaker(new Token(-1))) {
            Future<Void> poller = threads.submit(() -> pollUntilWoken(poll));
            CyclicBarrier start = new CyclicBarrier(2);
            long changes = 0;
            for (int i = 0; i < ROUNDS; i++) {
                UdpSocket socket = backend.bind(ANYWHERE);
                Token token = new Token(i);
                int awaited = i % 10;
                AtomicInteger changed = new AtomicInteger();
                poll.registry().register(socket, token, Interest.READABLE.add(Interest.WRITABLE));
                Future<Integer> changer = threads.submit(() -> {
                    start.await();
                    return changeUntilClosed(poll, socket, token, changed);
                });
                Future<Void> closer = threads.submit(() -> {
                    start.await();
                    while (changed.get() < awaited) {
                        Thread.onSpinWait();
                    }
                    socket.close();
                    return null;
                });
                closer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                changes += changer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            waker.wake();
            poller.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return changes + " changes in " + ROUNDS + " rounds";
        } finally {
            threads.shutdownNow();
            require(threads.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS), "threads hang");
        }
    }

    private static Void pollUntilWoken(Poll poll) throws UdpException {
        Events events = poll.newEvents(64);
        while (true) {
            poll.poll(events, null);
            for (Event event : events) {
                if (event.token().value() < 0) {
                    return null;
                }
                require(!event.isError(), event + " of a socket that its owner closed");
            }
        }
    }

    private static int changeUntilClosed(Poll poll, UdpSocket socket, Token token, AtomicInteger changed)
            throws IOException {
        try {
            while (changed.get() < MOST_CHANGES) {
                int turn = changed.getAndIncrement() % 3;
                if (turn == 2) {
                    poll.registry().deregister(socket);
                    poll.registry().register(socket, token, Interest.READABLE);
                } else {
                    poll.registry().reregister(socket, token, turn == 0 ? Interest.READABLE : Interest.WRITABLE);
                }
            }
        } catch (UdpException e) {
            require(e.kind() == ErrorKind.CLOSED, "changing a socket that is being closed gave " + e);
            require(!socket.isOpen(), "an open socket was called closed: " + e);
        }
        return changed.get();
    }

    private String randomCalls() throws Exception {
        return new BackendFuzz(backend, new NativeBackend(), SEED, STEPS, 4).run();
    }

    // -- the kit itself

    /** Every mutant fails its rule, which its backend keeps. */
    private String brokenBackends() {
        Certification certification = Certification.prepare();
        Certification.Request request = Certification.Request.of(
                        backend, Subject.of(backend).identity())
                .withTimes(Duration.ofSeconds(20), Duration.ofSeconds(1));
        for (String name : MUTANTS) {
            Mutant mutant = Mutants.named(name).orElseThrow();
            Certification.Request ruled = request.withRules(List.of(mutant.rule()));
            Set<Outcome> whole = outcomes(certification, ruled);
            require(!whole.contains(Outcome.FAIL), mutant.rule() + " without " + name + ": " + whole);
            Set<Outcome> broken = outcomes(
                    certification, ruled.withMutant(name, mutant.breaks().apply(backend)));
            require(broken.contains(Outcome.FAIL), mutant.rule() + " with " + name + ": " + broken);
        }
        return MUTANTS.size() + " failed their rules";
    }

    // -- linkage

    /** What one user of the functions of Windows leaves, another one keeps, and a third one gets again. */
    private String linkedAgain() throws Exception {
        for (int i = 0; i < LINKED; i++) {
            WindowsSystem.open(Linkages.best()).leave();
            try (UdpSocket socket =
                    backend.open(UdpConfig.of(ANYWHERE).withMetadata(Set.of(Capability.LOCAL_ADDRESS)))) {
                ByteBuffer payload = ByteBuffer.allocate(1);
                DatagramInfo info = new DatagramInfo();
                socket.sendTo(payload, socket.localAddress());
                int received = UdpSocket.WOULD_BLOCK;
                for (long end = System.nanoTime() + PATIENCE.toNanos();
                        received == UdpSocket.WOULD_BLOCK && System.nanoTime() < end; ) {
                    received = socket.receive(payload.clear(), info);
                }
                require(received == 1, "nothing was received after others left the functions of Windows");
                require(
                        socket.localAddress().getAddress().equals(info.localAddress()),
                        info.localAddress() + " as the local address");
            }
        }
        return LINKED + " times";
    }

    private static Set<Outcome> outcomes(Certification certification, Certification.Request request) {
        return certification.run(request, Progress.NONE).results().stream()
                .map(RuleResult::outcome)
                .collect(Collectors.toSet());
    }
}
