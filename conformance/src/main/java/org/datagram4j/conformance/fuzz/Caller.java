package org.datagram4j.conformance.fuzz;

import static org.datagram4j.ErrorKind.ADDRESS_IN_USE;
import static org.datagram4j.ErrorKind.ADDRESS_NOT_AVAILABLE;
import static org.datagram4j.ErrorKind.ALREADY_REGISTERED;
import static org.datagram4j.ErrorKind.CLOSED;
import static org.datagram4j.ErrorKind.INVALID_INPUT;
import static org.datagram4j.ErrorKind.MESSAGE_TRUNCATED;
import static org.datagram4j.ErrorKind.NOT_CONNECTED;
import static org.datagram4j.ErrorKind.NOT_REGISTERED;
import static org.datagram4j.ErrorKind.NOT_SUPPORTED;
import static org.datagram4j.ErrorKind.NO_BUFFER_SPACE;
import static org.datagram4j.ErrorKind.NO_SUCH_DEVICE;
import static org.datagram4j.ErrorKind.OTHER;
import static org.datagram4j.ErrorKind.PERMISSION_DENIED;
import static org.datagram4j.ErrorKind.TOO_MANY_OPEN_FILES;
import static org.datagram4j.ErrorKind.WRONG_FAMILY;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.datagram4j.DatagramBatch;
import org.datagram4j.DatagramInfo;
import org.datagram4j.ErrorKind;
import org.datagram4j.Event;
import org.datagram4j.Events;
import org.datagram4j.IoOperation;
import org.datagram4j.Limit;
import org.datagram4j.Poll;
import org.datagram4j.Registry;
import org.datagram4j.SendInfo;
import org.datagram4j.Source;
import org.datagram4j.Token;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.Waker;

/** One thread that calls, and judges how each call ends. */
final class Caller extends Thread {
    private static final int REMEMBERED = 12;
    private static final int DEEPEST = 3;

    /** Nothing that I/O on a socket can meet. */
    private static final Set<ErrorKind> NOT_OF_IO = EnumSet.of(
            OTHER, ADDRESS_IN_USE, ALREADY_REGISTERED, NOT_REGISTERED, TOO_MANY_OPEN_FILES, MESSAGE_TRUNCATED);

    private static final Set<ErrorKind> OF_SENDS = EnumSet.complementOf(EnumSet.copyOf(NOT_OF_IO));
    private static final Set<ErrorKind> OF_RECEIVES = with(OF_SENDS, MESSAGE_TRUNCATED);

    /** Java may bind a socket again when it disconnects it, and find that another has taken the port meanwhile. */
    private static final Set<ErrorKind> OF_CONNECTIONS = with(OF_SENDS, ADDRESS_IN_USE);

    private static final Set<ErrorKind> OF_REGISTRIES = EnumSet.of(ALREADY_REGISTERED, NOT_REGISTERED, CLOSED);
    private static final Set<ErrorKind> OF_OPTIONS =
            EnumSet.of(CLOSED, INVALID_INPUT, NOT_SUPPORTED, NOT_CONNECTED, PERMISSION_DENIED, NO_SUCH_DEVICE);
    private static final Set<ErrorKind> OF_GROUPS = EnumSet.of(
            ADDRESS_IN_USE,
            ADDRESS_NOT_AVAILABLE,
            WRONG_FAMILY,
            NO_SUCH_DEVICE,
            CLOSED,
            NO_BUFFER_SPACE,
            INVALID_INPUT);
    private static final Set<ErrorKind> OF_OPENING = EnumSet.of(
            ADDRESS_IN_USE,
            ADDRESS_NOT_AVAILABLE,
            PERMISSION_DENIED,
            TOO_MANY_OPEN_FILES,
            WRONG_FAMILY,
            NO_SUCH_DEVICE,
            INVALID_INPUT);
    private static final Set<ErrorKind> OF_HANDLES = EnumSet.of(CLOSED, INVALID_INPUT);
    private static final Set<ErrorKind> CLOSED_ONLY = EnumSet.of(CLOSED);

    private final Toys toys;
    private final long seed;
    private final int number;
    private final int steps;
    private final Random random;
    private final Hostile any;
    private final DatagramInfo info = new DatagramInfo();
    private final SendInfo control = new SendInfo();
    private final Deque<String> calls = new ArrayDeque<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private Events events;
    private int depth;

    private volatile Poll waitingIn;
    private volatile int step;
    private volatile boolean stopped;
    private volatile Throwable failure;

    Caller(Toys toys, long seed, int number, int steps) {
        super("fuzz " + number);
        setDaemon(true);
        this.toys = toys;
        this.seed = seed;
        this.number = number;
        this.steps = steps;
        this.random = new Random(seed * 31 + number);
        this.any = new Hostile(random, toys);
    }

    private static Set<ErrorKind> with(Set<ErrorKind> kinds, ErrorKind more) {
        Set<ErrorKind> all = EnumSet.copyOf(kinds);
        all.add(more);
        return all;
    }

    @Override
    public void run() {
        try {
            events = toys.polls.get(0).newEvents(3);
            while (step < steps && !stopped) {
                one();
                step++;
            }
        } catch (Throwable e) {
            failure = e;
        }
    }

    /** Makes a wait that may be going on end, by one of the means there are. */
    void prod(int round) {
        Poll poll = waitingIn;
        if (poll == null) {
            return;
        }
        switch (round % 7) {
            case 0 -> poll.close();
            case 1, 2 -> interrupt();
            default -> {
                try {
                    poll.registry().newWaker(new Token(round)).wake();
                } catch (UdpException e) {
                    continueIfClosed(e);
                }
            }
        }
    }

    private static void continueIfClosed(UdpException e) {
        if (e.kind() != CLOSED) {
            throw new AssertionError("a new waker", e);
        }
    }

    void giveUp() {
        stopped = true;
    }

    Throwable failure() {
        return failure;
    }

    int steps() {
        return step;
    }

    Map<String, Integer> counts() {
        return counts;
    }

    /** Where it is, and what it called before, the latest last. */
    String story() {
        StringBuilder text = new StringBuilder("seed " + seed + ", thread " + number + ", step " + step + ", calls:");
        synchronized (calls) {
            calls.forEach(call -> text.append("\n    ").append(call));
        }
        return text.toString();
    }

    /** A call of something that returns nothing of interest. */
    private interface Call {
        void run() throws IOException;
    }

    private interface Transfer {
        int run(ByteBuffer buffer) throws IOException;
    }

    private void remember(String call) {
        synchronized (calls) {
            calls.addLast(call);
            if (calls.size() > REMEMBERED) {
                calls.removeFirst();
            }
        }
    }

    /** Makes a call and judges its end. */
    private void call(String what, Set<ErrorKind> kinds, Call call) throws IOException {
        remember(what);
        boolean nulls = any.gaveNull();
        String end = "ok";
        try {
            call.run();
        } catch (IOException | RuntimeException e) {
            judge(what, kinds, nulls, e);
            end = BackendFuzz.nameOf(e);
        }
        counts.merge(what.substring(0, what.indexOf('(')) + " " + end, 1, Integer::sum);
    }

    private void judge(String what, Set<ErrorKind> kinds, boolean nulls, Exception e) {
        boolean documented = e instanceof UdpException known
                ? kinds.contains(known.kind())
                : e instanceof Toys.Mine
                        || e instanceof NullPointerException && (nulls || any.gaveNull())
                        || e instanceof IllegalArgumentException
                        || e instanceof IllegalStateException
                        || e instanceof UnsupportedOperationException
                        || e instanceof IndexOutOfBoundsException && (what.contains("atch") || what.contains("vents"));
        if (!documented) {
            throw new AssertionError(what + " must not end with " + BackendFuzz.nameOf(e) + ": " + e, e);
        }
    }

    private void one() throws IOException {
        any.begin();
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3 -> send();
            case 4, 5, 6, 7 -> receive();
            case 8 -> connection();
            case 9 -> option();
            case 10 -> group();
            case 11, 12 -> registration();
            case 13, 14, 15 -> poll();
            case 16 -> waker();
            case 17 -> question();
            case 18 -> batch();
            default -> replace();
        }
    }

    // -- transfers

    private void transfer(String what, Set<ErrorKind> kinds, boolean writes, Transfer transfer) throws IOException {
        Guarded guarded = new Guarded(random);
        ByteBuffer buffer = any.perhaps(guarded.buffer);
        int[] moved = {0};
        int room = guarded.limit - guarded.position;
        call(what + (buffer == null ? " null" : " " + buffer), kinds, () -> {
            try {
                int result = transfer.run(buffer);
                if (result < UdpSocket.WOULD_BLOCK || result > room) {
                    throw new AssertionError(what + " returned " + result + " with room for " + room);
                }
                moved[0] = Math.max(0, result);
            } catch (UdpException e) {
                moved[0] = e.deliveredBytes();
                throw e;
            }
        });
        guarded.check(moved[0], writes ? room : 0);
    }

    private void send() throws IOException {
        UdpSocket socket = any.from(toys.sockets);
        switch (random.nextInt(8)) {
            case 0, 1 -> transfer("send()", OF_SENDS, false, socket::send);
            case 2, 3 -> {
                InetSocketAddress to = any.destination();
                transfer("sendTo(" + to + ")", OF_SENDS, false, buffer -> socket.sendTo(buffer, to));
            }
            case 4, 5 -> {
                SendInfo how = any.perhaps(any.control(control));
                transfer("send(info)", OF_SENDS, false, buffer -> socket.send(buffer, how));
            }
            default -> {
                InetSocketAddress to = any.oneIn(3) ? null : any.destination();
                int bytes = any.number();
                transfer(
                        "sendSegmented(" + to + ", " + bytes + ")",
                        OF_SENDS,
                        false,
                        buffer -> socket.sendSegmented(buffer, to, bytes));
            }
        }
    }

    private void receive() throws IOException {
        UdpSocket socket = any.from(toys.sockets);
        DatagramInfo told = any.perhaps(info);
        switch (random.nextInt(6)) {
            case 0 -> transfer("recv()", OF_RECEIVES, true, socket::recv);
            case 1 -> transfer("peek()", OF_RECEIVES, true, socket::peek);
            case 2 -> transfer("recvFrom()", OF_RECEIVES, true, buffer -> moved(buffer, socket::recvFrom));
            case 3 -> transfer("peekFrom()", OF_RECEIVES, true, buffer -> moved(buffer, socket::peekFrom));
            case 4 -> transfer("peek(info)", OF_RECEIVES, true, buffer -> socket.peek(buffer, told));
            default -> transfer("receive(info)", OF_RECEIVES, true, buffer -> socket.receive(buffer, told));
        }
        if (info.senderPort() != DatagramInfo.UNKNOWN && info.sender() == null) {
            throw new AssertionError("a sender with a port and without an address: " + info);
        }
    }

    private interface From {
        InetSocketAddress run(ByteBuffer buffer) throws IOException;
    }

    private static int moved(ByteBuffer buffer, From receive) throws IOException {
        int before = buffer == null ? 0 : buffer.position();
        return receive.run(buffer) == null ? UdpSocket.WOULD_BLOCK : buffer.position() - before;
    }

    private void batch() throws IOException {
        UdpSocket socket = any.from(toys.sockets);
        DatagramBatch batch = any.perhaps(any.oneIn(12) ? toys.foreignBatch : any.from(toys.batches));
        int slots = batch == null ? 1 : batch.slots();
        int first = any.index(slots);
        int count = any.index(slots + 1);
        switch (random.nextInt(6)) {
            case 0, 1 -> call("recvBatch()", OF_SENDS, () -> socket.recvBatch(batch, first, count));
            case 2, 3 -> call("sendBatch()", OF_SENDS, () -> socket.sendBatch(batch, first, count));
            case 4 ->
                // also while another thread sends it
                call("batch.buffer()", CLOSED_ONLY, () -> {
                    ByteBuffer slot = batch.buffer(first);
                    slot.limit(random.nextInt(slot.capacity() + 1)).position(0);
                    slot.position(random.nextInt(slot.limit() + 1));
                });
            default ->
                call("batch.info()", CLOSED_ONLY, () -> {
                    any.control(batch.sendInfo(first));
                    batch.info(first).sender();
                    batch.info(first).localAddress();
                });
        }
    }

    // -- sockets

    private void connection() throws IOException {
        UdpSocket socket = any.from(toys.sockets);
        InetSocketAddress peer = any.destination();
        if (any.oneIn(2)) {
            call("connect(" + peer + ")", OF_CONNECTIONS, () -> socket.connect(peer));
        } else {
            call("disconnect()", OF_CONNECTIONS, socket::disconnect);
        }
    }

    @SuppressWarnings("unchecked") // that is the point
    private void option() throws IOException {
        UdpSocket socket = any.from(toys.sockets);
        SocketOption<Object> option = (SocketOption<Object>) any.option();
        if (any.oneIn(2)) {
            call("getOption(" + option + ")", OF_OPTIONS, () -> socket.getOption(option));
        } else {
            Object value = any.value(option);
            call("setOption(" + option + ", " + value + ")", OF_OPTIONS, () -> socket.setOption(option, value));
        }
    }

    private void group() throws IOException {
        UdpSocket socket = any.from(toys.sockets);
        InetAddress group = any.group();
        InetAddress source = any.groupSource();
        int index = any.oneIn(2) ? any.networkInterface().getIndex() : any.oneIn(2) ? -1 : Integer.MAX_VALUE;
        Inet4Address v4 = (Inet4Address) InetAddress.getByName(any.oneIn(3) ? "192.0.2.1" : "127.0.0.1");
        String with = "(" + group + ", " + source + ")";
        switch (random.nextInt(8)) {
            case 0 -> call("join" + with, OF_GROUPS, () -> socket.join(group, any.networkInterface(), source));
            case 1 -> call("leave" + with, OF_GROUPS, () -> socket.leave(group, any.networkInterface(), source));
            case 2 -> call("leave(" + group + ")", OF_GROUPS, () -> socket.leave(group, any.networkInterface()));
            case 3 ->
                call("joinMulticastV4" + with, OF_GROUPS, () -> {
                    if (group instanceof Inet4Address) {
                        socket.joinMulticastV4((Inet4Address) group, v4);
                    }
                });
            case 4, 5 ->
                call("joinMulticastV6(" + group + ", " + index + ")", OF_GROUPS, () -> {
                    if (group instanceof Inet6Address) {
                        socket.joinMulticastV6((Inet6Address) group, index);
                    }
                });
            default -> call("join(" + group + ")", OF_GROUPS, () -> socket.join(group, any.networkInterface()));
        }
    }

    private void question() throws IOException {
        UdpSocket socket = any.from(toys.sockets);
        switch (random.nextInt(12)) {
            case 0 -> call("localAddress()", CLOSED_ONLY, socket::localAddress);
            case 1 -> call("peerAddress()", EnumSet.of(CLOSED, NOT_CONNECTED), socket::peerAddress);
            case 2 -> call("takeError()", CLOSED_ONLY, socket::takeError);
            case 3 -> call("setTruncationPolicy()", CLOSED_ONLY, () -> socket.setTruncationPolicy(any.policy()));
            case 4 -> call("truncationPolicy()", CLOSED_ONLY, socket::truncationPolicy);
            case 5 -> call("rawHandle()", CLOSED_ONLY, socket::rawHandle);
            case 6 -> call("toString()", Set.of(), () -> (socket + " " + toys.backend).length());
            case 7 ->
                call(
                        "supportedOptions()",
                        Set.of(),
                        () -> socket.supportedOptions().clear());
            case 8 -> call("limit()", Set.of(), () -> toys.backend.limit(any.perhaps(Limit.SEGMENTS)));
            case 9 ->
                call("family()", Set.of(), () -> {
                    socket.family();
                    socket.isOpen();
                    socket.backend();
                });
            default -> tryIo(socket);
        }
    }

    /** Runs something inside tryIo: another call, or what ends in an unusual way. */
    private void tryIo(UdpSocket socket) throws IOException {
        IoOperation operation = switch (random.nextInt(6)) {
            case 0 ->
                () -> {
                    throw new Toys.Mine();
                };
            case 1 -> () -> Integer.MIN_VALUE;
            case 2 -> () -> UdpSocket.WOULD_BLOCK;
            case 3 ->
                () -> {
                    socket.close();
                    return 0;
                };
            case 4 ->
                () -> {
                    socket.releaseHandle();
                    return 0;
                };
            default ->
                () -> {
                    if (depth < DEEPEST) {
                        depth++;
                        one();
                        depth--;
                    }
                    return random.nextInt(3) - 1;
                };
        };
        IoOperation given = any.perhaps(operation);
        call("tryIo()", CLOSED_ONLY, () -> socket.tryIo(any.interest(), given));
    }

    // -- polls

    private void registration() throws IOException {
        Registry registry = (any.oneIn(30) ? toys.foreignPoll : any.from(toys.polls)).registry();
        Source source = any.perhaps(
                switch (random.nextInt(20)) {
                    case 0 -> toys.foreignSocket;
                    case 1, 2 -> any.from(toys.sources);
                    default -> any.from(toys.sockets);
                });
        switch (random.nextInt(6)) {
            case 0, 1, 2 ->
                call("register()", OF_REGISTRIES, () -> registry.register(source, any.token(), any.interest()));
            case 3 ->
                call("reregister()", OF_REGISTRIES, () -> registry.reregister(source, any.token(), any.interest()));
            case 4 -> call("deregister()", OF_REGISTRIES, () -> registry.deregister(source));
            default ->
                call(
                        "source.register()",
                        OF_REGISTRIES,
                        () -> any.from(toys.sockets).register(any.perhaps(registry), any.token(), any.interest()));
        }
    }

    private void poll() throws IOException {
        Poll poll = any.from(toys.polls);
        Duration timeout = any.timeout();
        if (any.oneIn(20)) {
            int capacity = any.oneIn(2) ? 1 + random.nextInt(5) : -random.nextInt(3);
            call("newEvents(" + capacity + ")", Set.of(), () -> events = poll.newEvents(capacity));
        }
        Events into = any.perhaps(any.oneIn(30) ? toys.foreignPoll.newEvents(1) : events);
        waitingIn = poll;
        try {
            call("poll(" + timeout + ")", CLOSED_ONLY, () -> {
                int count = poll.poll(into, timeout);
                if (count != into.size() || count > into.capacity()) {
                    throw new AssertionError("poll returned " + count + ", events have " + into.size());
                }
            });
        } finally {
            waitingIn = null;
            Thread.interrupted();
        }
        call("events.get()", Set.of(), () -> {
            for (Event event : events) {
                if (event.token() == null || !(event.isReadable() || event.isWritable())) {
                    throw new AssertionError("an event of nothing: " + event);
                }
            }
            events.get(any.index(events.capacity()));
        });
    }

    private void waker() throws IOException {
        int index = random.nextInt(toys.wakers.length());
        switch (random.nextInt(8)) {
            case 0 ->
                call("newWaker()", CLOSED_ONLY, () -> {
                    Waker made = any.from(toys.polls).registry().newWaker(any.token());
                    toys.wakers.set(index, made);
                });
            case 1 ->
                call("waker.close()", Set.of(), () -> toys.wakers.get(index).close());
            default -> call("wake()", Set.of(), () -> toys.wakers.get(index).wake());
        }
    }

    // -- what comes and goes

    private void replace() throws IOException {
        int socket = random.nextInt(toys.sockets.length());
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3 ->
                call("open()", OF_OPENING, () -> {
                    UdpSocket made = toys.keep(toys.backend.open(any.perhaps(any.config())));
                    put(socket, made);
                });
            case 4 -> call("close()", Set.of(), () -> toys.sockets.get(socket).close());
            case 5 -> {
                int index = random.nextInt(toys.polls.length());
                Duration spin = any.oneIn(2) ? Duration.ZERO : any.timeout();
                call("openPoll(" + spin + ")", CLOSED_ONLY, () -> {
                    if (spin == null) {
                        any.noteNull();
                    }
                    Poll made = toys.keep(toys.backend.openPoll(spin));
                    toys.polls.getAndSet(index, made).close();
                });
            }
            case 6 -> {
                int slots = any.oneIn(2) ? 1 + random.nextInt(8) : any.number();
                int bytes = slots > 64 ? 1 : any.number();
                call("newBatch(" + slots + ", " + bytes + ")", Set.of(), () -> {
                    DatagramBatch made = toys.backend.newBatch(slots, bytes);
                    toys.batches.set(random.nextInt(toys.batches.length()), made);
                });
            }
            case 7 -> adoptNothing();
            case 8 ->
                call("releaseHandle()", CLOSED_ONLY, () -> {
                    long handle = toys.sockets.get(socket).releaseHandle();
                    put(socket, toys.keep(toys.backend.adopt(handle)));
                });
            case 9 ->
                call("releaseChannel()", CLOSED_ONLY, () -> {
                    DatagramChannel channel = toys.keep(toys.sockets.get(socket).releaseChannel());
                    put(socket, toys.keep(toys.backend.adopt(channel)));
                });
            case 10 -> adoptChannel(socket);
            default -> foreignSource();
        }
    }

    private void put(int index, UdpSocket made) {
        toys.sockets.getAndSet(index, made).close();
    }

    private void adoptNothing() throws IOException {
        long handle = any.noHandle();
        call("adopt(" + handle + ")", OF_HANDLES, () -> {
            toys.keep(toys.backend.adopt(handle));
            throw new AssertionError("adopted what is no handle: " + handle);
        });
        call("source(" + handle + ")", with(OF_HANDLES, PERMISSION_DENIED), () -> {
            Source source = toys.backend.source(handle);
            any.from(toys.polls).registry().register(source, new Token(1), any.interest());
            throw new AssertionError("registered what is no handle: " + handle);
        });
    }

    private void adoptChannel(int index) throws IOException {
        DatagramChannel channel = toys.keep(DatagramChannel.open());
        if (any.oneIn(2)) {
            channel.bind(new InetSocketAddress("127.0.0.1", 0));
        }
        if (any.oneIn(4)) {
            channel.close();
        }
        call("adopt(channel)", CLOSED_ONLY, () -> put(index, toys.keep(toys.backend.adopt(any.perhaps(channel)))));
    }

    private void foreignSource() throws IOException {
        Pipe pipe = Pipe.open();
        toys.keep(pipe.sink());
        SelectableChannel channel = toys.keep(pipe.source());
        channel.configureBlocking(any.oneIn(3));
        if (any.oneIn(4)) {
            channel.close();
        }
        call("source(channel)", CLOSED_ONLY, () -> {
            Source source = toys.backend.source(any.perhaps(channel));
            toys.sources.set(random.nextInt(toys.sources.length()), source);
        });
    }
}
