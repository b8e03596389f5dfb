package org.datagram4j.conformance.lab;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds out what the machine has, with plain JDK sockets, so that a backend is not blamed for it. */
public final class EnvironmentProbe {
    // Loopback answers within microseconds; this is for a machine that is busy.
    private static final int PATIENCE_MILLIS = 400;
    // Each interface that stays silent costs the patience, and all of them together less than two seconds.
    private static final int MOST_INTERFACES = 4;

    private final Map<String, String> lacks = new LinkedHashMap<>();

    private EnvironmentProbe() {}

    /**
     * Looks at everything, in a second or two at most for each feature, and much less where it is there.
     *
     * @return what the machine has
     */
    public static Environment probe() {
        return new EnvironmentProbe().all();
    }

    private Environment all() {
        look(Environment.IPV6, () -> roundTrip(Lab.ip("::1"), Lab.ip("::1")));
        look(Environment.SECOND_LOOPBACK, () -> roundTrip(Lab.ip("127.0.0.2"), Lab.ip("127.0.0.2")));
        NetworkInterface v4 = multicast(Environment.MULTICAST_V4, "239.255.77.77", Inet4Address.class);
        NetworkInterface v6 = multicast(Environment.MULTICAST_V6, "ff02::4d4d", Inet6Address.class);
        look(Environment.ICMP, EnvironmentProbe::icmp);
        look(Environment.LINK_LOCAL, EnvironmentProbe::linkLocal);
        look(Environment.DUAL_STACK, EnvironmentProbe::dualStack);
        look(Environment.KEPT_PORT, EnvironmentProbe::keptPort);
        look(Environment.DISCONNECT_V6, EnvironmentProbe::disconnectV6);
        look(Environment.PARKING_SELECTOR, EnvironmentProbe::parkingSelector);
        look(Environment.MULTICAST_SOURCE_V4, () -> multicastSource(v4, "239.255.77.78", "192.0.2.77"));
        look(Environment.MULTICAST_SOURCE_V6, () -> multicastSource(v6, "ff15::4d4e", "2001:db8::77"));
        look(Environment.MULTICAST_LOOP, EnvironmentProbe::multicastLoop);
        look(Environment.ALLOCATION_COUNTER, EnvironmentProbe::allocationCounter);
        look(Environment.DESCRIPTOR_LIST, EnvironmentProbe::descriptorList);
        return new Environment(Map.copyOf(lacks), v4, v6);
    }

    /** Throws if a feature is missing. */
    private interface Look {
        void run() throws IOException;
    }

    private void look(String feature, Look look) {
        try {
            look.run();
        } catch (IOException | RuntimeException | LinkageError e) {
            lacks.put(feature, e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private static void roundTrip(InetAddress receiver, InetAddress to) throws IOException {
        try (DatagramSocket in = new DatagramSocket(new InetSocketAddress(receiver, 0));
                DatagramSocket out = new DatagramSocket(new InetSocketAddress(to, 0))) {
            exchange(out, in, new InetSocketAddress(to, in.getLocalPort()));
        } catch (SocketException e) {
            throw new IOException("no datagram could be sent to " + to.getHostAddress() + ": " + e.getMessage(), e);
        }
    }

    // Only what was sent just now counts: anybody may send to these groups.
    private static void exchange(DatagramSocket out, DatagramSocket in, InetSocketAddress to) throws IOException {
        byte[] payload = ("datagram4j " + System.nanoTime()).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        out.send(new DatagramPacket(payload, payload.length, to));
        DatagramPacket datagram = new DatagramPacket(new byte[100], 100);
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
        for (long left = PATIENCE_MILLIS; left > 0; left = (end - System.nanoTime()) / 1_000_000L) {
            in.setSoTimeout((int) left);
            try {
                in.receive(datagram);
            } catch (java.net.SocketTimeoutException e) {
                break;
            }
            if (java.util.Arrays.equals(payload, java.util.Arrays.copyOf(datagram.getData(), datagram.getLength()))) {
                return;
            }
        }
        throw new IOException("a datagram sent to " + to + " did not arrive within " + PATIENCE_MILLIS + " ms");
    }

    private NetworkInterface multicast(String feature, String group, Class<? extends InetAddress> family) {
        List<String> tried = new ArrayList<>();
        for (NetworkInterface candidate : multicastInterfaces(family)) {
            try {
                multicastRoundTrip(candidate, group, family);
                return candidate;
            } catch (IOException | RuntimeException e) {
                tried.add(candidate.getName() + ": " + e.getMessage());
            }
        }
        lacks.put(
                feature,
                tried.isEmpty()
                        ? "no interface is up, has an address and can do multicast"
                        : "multicast came back on no interface: " + String.join("; ", tried));
        return null;
    }

    // Loopback last: it does multicast, but its datagrams take another way than those of real interfaces.
    private static List<NetworkInterface> multicastInterfaces(Class<? extends InetAddress> family) {
        Predicate<NetworkInterface> loopback = check(NetworkInterface::isLoopback);
        return interfaces()
                .filter(check(NetworkInterface::isUp))
                .filter(check(NetworkInterface::supportsMulticast).or(loopback))
                .filter(candidate -> candidate.inetAddresses().anyMatch(family::isInstance))
                .sorted(Comparator.comparing(loopback::test))
                .limit(MOST_INTERFACES)
                .toList();
    }

    private static void multicastRoundTrip(NetworkInterface on, String group, Class<? extends InetAddress> family)
            throws IOException {
        InetAddress local = on.inetAddresses()
                .filter(family::isInstance)
                .min(Comparator.comparing(address -> !address.isLinkLocalAddress()))
                .orElseThrow();
        StandardProtocolFamily version =
                family == Inet4Address.class ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
        String wildcard = version == StandardProtocolFamily.INET ? "0.0.0.0" : "::";
        try (MulticastSocket in = new MulticastSocket(new InetSocketAddress(Lab.ip(wildcard), 0));
                DatagramSocket out = new DatagramSocket(new InetSocketAddress(local, 0))) {
            in.joinGroup(new InetSocketAddress(Lab.ip(group), in.getLocalPort()), on);
            out.setOption(StandardSocketOptions.IP_MULTICAST_IF, on);
            out.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
            exchange(out, in, new InetSocketAddress(Lab.ip(group), in.getLocalPort()));
        }
    }

    private static void icmp() throws IOException {
        InetSocketAddress local = new InetSocketAddress(Lab.ip("127.0.0.1"), 0);
        try (DatagramChannel channel =
                        DatagramChannel.open(StandardProtocolFamily.INET).bind(local);
                Selector selector = Selector.open()) {
            InetSocketAddress dead; // found after the channel was bound, which might be given this very port
            try (DatagramSocket gone = new DatagramSocket(local)) {
                dead = (InetSocketAddress) gone.getLocalSocketAddress();
            }
            channel.connect(dead);
            channel.configureBlocking(false);
            channel.write(ByteBuffer.allocate(1));
            channel.register(selector, SelectionKey.OP_READ);
            selector.select(PATIENCE_MILLIS);
            channel.read(ByteBuffer.allocate(1));
            throw new IOException("a connected socket was not told that nobody listens, within " + PATIENCE_MILLIS
                    + " ms of sending to " + dead);
        } catch (PortUnreachableException e) {
            return; // as it should be
        }
    }

    private static void linkLocal() throws IOException {
        List<InetAddress> candidates = interfaces()
                .filter(check(NetworkInterface::isUp))
                .flatMap(NetworkInterface::inetAddresses)
                .filter(Inet6Address.class::isInstance)
                .filter(InetAddress::isLinkLocalAddress)
                .limit(MOST_INTERFACES)
                .toList();
        IOException last = new IOException("no interface that is up has an IPv6 link-local address");
        for (InetAddress candidate : candidates) {
            try {
                roundTrip(candidate, candidate);
                return;
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    private static void dualStack() throws IOException {
        try (DatagramChannel in = DatagramChannel.open(StandardProtocolFamily.INET6);
                DatagramSocket out = new DatagramSocket(new InetSocketAddress(Lab.ip("127.0.0.1"), 0))) {
            in.bind(new InetSocketAddress(Lab.ip("::"), 0));
            InetSocketAddress local = (InetSocketAddress) in.getLocalAddress();
            exchange(out, in.socket(), new InetSocketAddress(Lab.ip("127.0.0.1"), local.getPort()));
        } catch (UnsupportedOperationException e) {
            throw new IOException("the system has no IPv6 sockets", e);
        }
    }

    // Linux lets go of it, and the JDK takes it again; Wine on Linux refuses that.
    private static void keptPort() throws IOException {
        try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
            channel.bind(new InetSocketAddress(Lab.ip("127.0.0.1"), 0));
            SocketAddress before = channel.getLocalAddress();
            channel.connect(new InetSocketAddress(Lab.ip("127.0.0.1"), 9));
            channel.disconnect();
            if (!before.equals(channel.getLocalAddress())) {
                throw new IOException(
                        "a disconnected socket was at " + channel.getLocalAddress() + " instead of " + before);
            }
        } catch (SocketException e) {
            throw new IOException(
                    "a disconnected socket loses its port (" + e.getMessage() + "), so the kit chooses ports", e);
        }
    }

    // Backends tell what their system does, and under Wine they take it for Windows.
    private static void disconnectV6() throws IOException {
        if (Wine.isHere()) {
            throw new IOException("Wine leaves disconnecting to the system underneath, and Linux goes on comparing the"
                    + " address that an IPv6 socket had while it was connected");
        }
    }

    private static void parkingSelector() throws IOException {
        try (Selector selector = Selector.open()) {
            if (selector.getClass().getSimpleName().equals("WindowsSelectorImpl")) {
                throw new IOException("Java's older selector for Windows waits without telling the scheduler of virtual"
                        + " threads; the newer one frees memory that Wine still writes to");
            }
        }
    }

    private static void multicastSource(NetworkInterface on, String group, String source) throws IOException {
        if (on == null) {
            throw new IOException("there is no multicast at all");
        }
        boolean v4 = Lab.ip(source) instanceof Inet4Address;
        try (DatagramChannel channel =
                DatagramChannel.open(v4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6)) {
            channel.bind(new InetSocketAddress(Lab.ip(v4 ? "0.0.0.0" : "::"), 0));
            channel.join(Lab.ip(group), on, Lab.ip(source)).drop();
        } catch (SocketException | UnsupportedOperationException e) {
            throw new IOException("joining a group for one source is refused: " + e.getMessage(), e);
        }
    }

    // Known rather than tried: that nothing comes takes a wait to see, in every run.
    private static void multicastLoop() throws IOException {
        if (Wine.isHere()) {
            throw new IOException("Wine passes the option to the system underneath, where it is one of senders");
        }
    }

    private static void allocationCounter() throws IOException {
        if (!AllocationCounter.available()) {
            throw new IOException("this Java runtime does not count the bytes that a thread allocates");
        }
    }

    private static void descriptorList() throws IOException {
        Path list = Path.of("/proc/self/fd");
        if (!Files.isDirectory(list)) {
            throw new IOException(list + " is not there: it exists on Linux");
        }
        try (Stream<Path> descriptors = Files.list(list)) {
            if (descriptors.findAny().isEmpty()) {
                throw new IOException(list + " lists nothing");
            }
        }
    }

    private static Stream<NetworkInterface> interfaces() {
        try {
            return NetworkInterface.networkInterfaces();
        } catch (SocketException e) {
            return Stream.empty();
        }
    }

    /** A question to an interface that may fail. */
    private interface Question {
        boolean ask(NetworkInterface of) throws SocketException;
    }

    private static Predicate<NetworkInterface> check(Question question) {
        return of -> {
            try {
                return question.ask(of);
            } catch (SocketException e) {
                return false;
            }
        };
    }
}
