package org.datagram4j.conformance.rules;

import static org.datagram4j.UdpSocket.WOULD_BLOCK;
import static org.datagram4j.conformance.lab.Lab.bytes;
import static org.datagram4j.conformance.lab.Lab.expectError;
import static org.datagram4j.conformance.lab.Lab.expectThrown;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.datagram4j.ErrorKind;
import org.datagram4j.Interest;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpSocket;
import org.datagram4j.conformance.lab.Lab;
import org.datagram4j.conformance.lab.Message;
import org.datagram4j.conformance.lab.Peer;
import org.datagram4j.conformance.lab.Watch;
import org.datagram4j.conformance.run.Rule;
import org.datagram4j.spi.Interfaces;

/** Area MCAST. */
public final class McastRules {
    private static final long TOKEN = 7;

    // Other kits may be at work on this network: no two of them should use the same groups.
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(1 << 16));

    /** For JUnit. */
    public McastRules() {}

    @Rule("UDP-MCAST-01")
    void joinDelivers(Lab lab) throws Exception {
        InetAddress group = group(lab);
        UdpSocket socket = receiver(lab);
        Peer sender = sender(lab);
        socket.join(group, netIf(lab));
        expectHeard(lab, socket, sender, group, "first");
        expectHeard(lab, socket, sender, group, "second");
        assertEquals(WOULD_BLOCK, socket.recv(ByteBuffer.allocate(8)), "the next receive");
    }

    @Rule("UDP-MCAST-02")
    void senderIsExact(Lab lab) throws Exception {
        InetAddress group = group(lab);
        UdpSocket socket = receiver(lab);
        Peer sender = sender(lab);
        Peer witness = lab.multicastPeer(group);
        socket.join(group, netIf(lab));
        sender.send(
                bytes("to the witness"),
                new InetSocketAddress(group, witness.address().getPort()));
        Message seen = witness.receive();
        assertEquals(sender.address().getPort(), seen.sender().getPort(), "port that the witness saw");
        sender.send(bytes("to the socket"), new InetSocketAddress(group, port(lab, socket)));
        Message received = lab.receive(socket);
        assertEquals("to the socket", received.text(), "received by the group");
        assertEquals(seen.sender(), received.sender(), "sender, as against an independent peer");
        // Equality of IPv6 addresses ignores the scope, and their text tells a scope of 0 from none.
        assertEquals(
                scope(seen.sender()), scope(received.sender()), "scope of the sender, as against an independent peer");
    }

    private static int scope(InetSocketAddress address) {
        return address.getAddress() instanceof Inet6Address scoped ? scoped.getScopeId() : 0;
    }

    @Rule("UDP-MCAST-03")
    void leaveStops(Lab lab) throws Exception {
        InetAddress left = group(lab);
        InetAddress kept = group(lab);
        UdpSocket socket = receiver(lab);
        Peer sender = sender(lab);
        socket.join(left, netIf(lab));
        socket.join(kept, netIf(lab));
        expectHeard(lab, socket, sender, left, "before leave");
        socket.leave(left, netIf(lab));
        for (String text : new String[] {"first", "second"}) {
            sender.send(bytes("to the group that was left"), new InetSocketAddress(left, port(lab, socket)));
            expectHeard(lab, socket, sender, kept, text);
        }
    }

    @Rule("UDP-MCAST-04")
    void rejoinDelivers(Lab lab) throws Exception {
        InetAddress group = group(lab);
        UdpSocket socket = receiver(lab);
        Peer sender = sender(lab);
        for (String text : new String[] {"first", "second", "third"}) {
            socket.join(group, netIf(lab));
            expectHeard(lab, socket, sender, group, text);
            socket.leave(group, netIf(lab));
        }
    }

    @Rule("UDP-MCAST-05")
    void joinTwiceIsRefused(Lab lab) throws Exception {
        InetAddress group = group(lab);
        UdpSocket socket = receiver(lab);
        Peer sender = sender(lab);
        socket.join(group, netIf(lab));
        expectError(ErrorKind.ADDRESS_IN_USE, () -> socket.join(group, netIf(lab)));
        expectHeard(lab, socket, sender, group, "once");
        expectHeard(lab, socket, sender, group, "again");
        socket.leave(group, netIf(lab));
        expectError(ErrorKind.ADDRESS_NOT_AVAILABLE, () -> socket.leave(group, netIf(lab)));
    }

    @Rule("UDP-MCAST-06")
    void leaveUnjoinedIsRefused(Lab lab) throws Exception {
        InetAddress joined = group(lab);
        InetAddress other = group(lab);
        UdpSocket socket = receiver(lab);
        Peer sender = sender(lab);
        expectError(ErrorKind.ADDRESS_NOT_AVAILABLE, () -> socket.leave(joined, netIf(lab)));
        socket.join(joined, netIf(lab));
        expectError(ErrorKind.ADDRESS_NOT_AVAILABLE, () -> socket.leave(other, netIf(lab)));
        expectHeard(lab, socket, sender, joined, "still joined");
    }

    @Rule("UDP-MCAST-07")
    void unicastGroupIsRefused(Lab lab) throws Exception {
        UdpSocket socket = receiver(lab);
        InetAddress host = lab.loopback(0).getAddress();
        NetworkInterface netIf = netIf(lab);
        expectThrown(IllegalArgumentException.class, () -> socket.join(host, netIf));
        expectThrown(IllegalArgumentException.class, () -> socket.leave(host, netIf));
        expectThrown(NullPointerException.class, () -> socket.join(null, netIf));
        expectThrown(NullPointerException.class, () -> socket.leave(null, netIf));
        if (lab.v6()) {
            Inet6Address six = (Inet6Address) host;
            expectThrown(IllegalArgumentException.class, () -> socket.joinMulticastV6(six, 0));
            expectThrown(IllegalArgumentException.class, () -> socket.leaveMulticastV6(six, 0));
        } else {
            Inet4Address four = (Inet4Address) host;
            Inet4Address any = (Inet4Address) Lab.ip("0.0.0.0");
            expectThrown(IllegalArgumentException.class, () -> socket.joinMulticastV4(four, any));
            expectThrown(IllegalArgumentException.class, () -> socket.leaveMulticastV4(four, any));
        }
    }

    @Rule("UDP-MCAST-08")
    void unknownInterfaceIsRefused(Lab lab) throws Exception {
        InetAddress group = group(lab);
        UdpSocket socket = receiver(lab);
        if (lab.v6()) {
            int index = 1_000_000;
            while (NetworkInterface.getByIndex(index) != null) {
                index++;
            }
            int unknown = index;
            expectError(ErrorKind.NO_SUCH_DEVICE, () -> socket.joinMulticastV6((Inet6Address) group, unknown));
            expectThrown(IllegalArgumentException.class, () -> socket.joinMulticastV6((Inet6Address) group, -1));
        } else {
            Inet4Address unknown = (Inet4Address) Lab.ip("192.0.0.8"); // RFC 7600: nobody's own
            if (NetworkInterface.getByInetAddress(unknown) != null) {
                throw lab.notApplicable("an interface has the address " + unknown);
            }
            expectError(ErrorKind.NO_SUCH_DEVICE, () -> socket.joinMulticastV4((Inet4Address) group, unknown));
        }
        expectError(ErrorKind.ADDRESS_NOT_AVAILABLE, () -> socket.leave(group, netIf(lab)));
    }

    @Rule("UDP-MCAST-09")
    void mioMethodsNameTheInterface(Lab lab) throws Exception {
        InetAddress group = group(lab);
        UdpSocket socket = receiver(lab);
        Peer sender = sender(lab);
        NetworkInterface netIf = netIf(lab);
        if (lab.v6()) {
            socket.joinMulticastV6((Inet6Address) group, netIf.getIndex());
            expectHeard(lab, socket, sender, group, "by index");
            socket.leaveMulticastV6((Inet6Address) group, netIf.getIndex());
        } else {
            Inet4Address address = addressOf(netIf);
            socket.joinMulticastV4((Inet4Address) group, address);
            expectHeard(lab, socket, sender, group, "by address");
            socket.leaveMulticastV4((Inet4Address) group, address);
        }
        expectError(ErrorKind.ADDRESS_NOT_AVAILABLE, () -> socket.leave(group, netIf));
    }

    private static Inet4Address addressOf(NetworkInterface netIf) {
        return netIf.inetAddresses()
                .filter(Inet4Address.class::isInstance)
                .map(Inet4Address.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @Rule("UDP-MCAST-10")
    void anyInterfaceIsTheDocumentedOne(Lab lab) throws Exception {
        NetworkInterface any = Interfaces.any();
        if (!any.equals(netIf(lab))) {
            throw lab.notApplicable("multicast does not come back on " + any + ", which stands for any interface");
        }
        InetAddress group = group(lab);
        UdpSocket socket = receiver(lab);
        Peer sender = sender(lab);
        socket.join(group, null);
        expectHeard(lab, socket, sender, group, "by null");
        expectError(ErrorKind.ADDRESS_IN_USE, () -> socket.join(group, any));
        socket.leave(group, null);
        joinAny(lab, socket, group);
        expectHeard(lab, socket, sender, group, "by wildcard");
        expectError(ErrorKind.ADDRESS_IN_USE, () -> socket.join(group, any));
    }

    private static void joinAny(Lab lab, UdpSocket socket, InetAddress group) throws IOException {
        if (lab.v6()) {
            socket.joinMulticastV6((Inet6Address) group, 0);
        } else {
            socket.joinMulticastV4((Inet4Address) group, (Inet4Address) Lab.ip("0.0.0.0"));
        }
    }

    @Rule("UDP-MCAST-11")
    void severalGroups(Lab lab) throws Exception {
        UdpSocket socket = receiver(lab);
        Peer sender = sender(lab);
        InetAddress[] groups = {group(lab), group(lab), group(lab)};
        for (InetAddress group : groups) {
            socket.join(group, netIf(lab));
        }
        for (InetAddress group : groups) {
            expectHeard(lab, socket, sender, group, "to " + group.getHostAddress());
        }
        sender.send(bytes("to the host"), lab.loopback(port(lab, socket)));
        assertEquals("to the host", lab.receive(socket).text(), "received by unicast");
    }

    @Rule("UDP-MCAST-12")
    void oneSourceIsHeard(Lab lab) throws Exception {
        InetAddress group = group(lab);
        InetAddress deaf = group(lab);
        InetAddress open = group(lab);
        Peer sender = sender(lab);
        InetAddress source = sourceOf(lab, sender);
        InetAddress foreign = Lab.ip(lab.v6() ? "2001:db8::77" : "192.0.2.177");
        if (NetworkInterface.getByInetAddress(foreign) != null) {
            throw lab.notApplicable("an interface has the address " + foreign);
        }
        UdpSocket socket = receiver(lab);
        socket.join(group, netIf(lab), source);
        socket.join(deaf, netIf(lab), foreign);
        socket.join(open, netIf(lab));
        expectHeard(lab, socket, sender, group, "from the source");
        sender.send(bytes("from another than the source"), new InetSocketAddress(deaf, port(lab, socket)));
        expectHeard(lab, socket, sender, open, "from anybody");
        socket.leave(group, netIf(lab), source);
        sender.send(bytes("after leave"), new InetSocketAddress(group, port(lab, socket)));
        expectHeard(lab, socket, sender, open, "from anybody again");
    }

    // Which of its addresses a sender's datagrams come from is told by somebody who received one.
    private static InetAddress sourceOf(Lab lab, Peer sender) throws IOException {
        InetAddress group = group(lab);
        Peer witness = lab.multicastPeer(group);
        sender.send(bytes("who"), new InetSocketAddress(group, witness.address().getPort()));
        return witness.receive().sender().getAddress();
    }

    @Rule("UDP-MCAST-13")
    void sourceIsChecked(Lab lab) throws Exception {
        InetAddress group = group(lab);
        UdpSocket socket = receiver(lab);
        NetworkInterface netIf = netIf(lab);
        InetAddress source = Lab.ip(lab.v6() ? "2001:db8::77" : "192.0.2.177");
        InetAddress other = Lab.ip(lab.v6() ? "192.0.2.177" : "2001:db8::77");
        expectThrown(IllegalArgumentException.class, () -> socket.join(source, netIf, source));
        expectThrown(IllegalArgumentException.class, () -> socket.join(group, netIf, group));
        expectThrown(IllegalArgumentException.class, () -> socket.join(group, netIf, other));
        expectThrown(
                IllegalArgumentException.class,
                () -> socket.join(group, netIf, lab.wildcard(0).getAddress()));
        expectThrown(NullPointerException.class, () -> socket.join(group, netIf, null));
        expectError(ErrorKind.ADDRESS_NOT_AVAILABLE, () -> socket.leave(group, netIf, source));
        socket.join(group, netIf, source);
        expectError(ErrorKind.ADDRESS_IN_USE, () -> socket.join(group, netIf, source));
        socket.leave(group, netIf, source);
        expectError(ErrorKind.ADDRESS_NOT_AVAILABLE, () -> socket.leave(group, netIf, source));
    }

    @Rule("UDP-MCAST-14")
    void loopOffKeepsItOut(Lab lab) throws Exception {
        if (netIf(lab).isLoopback()) {
            throw lab.lacks("multicast comes back on loopback only, where everything does");
        }
        InetAddress group = group(lab);
        Peer listener = lab.multicastPeer(group);
        UdpSocket socket = receiver(lab);
        if (!socket.supportedOptions().contains(StandardSocketOptions.IP_MULTICAST_IF)) {
            throw lab.notApplicable("a socket of the backend cannot choose the interface for multicast");
        }
        socket.setOption(StandardSocketOptions.IP_MULTICAST_IF, netIf(lab));
        InetSocketAddress to = new InetSocketAddress(group, listener.address().getPort());
        for (String text : new String[] {"loop on", "loop on again"}) {
            setLoop(lab, socket, false);
            lab.sendTo(socket, "loop off", to);
            setLoop(lab, socket, true);
            lab.sendTo(socket, text, to);
            assertEquals(text, listener.receive().text(), "what the group's member on this machine received");
        }
        socket.connect(to);
        for (String text : new String[] {"loop on", "loop on again"}) {
            setLoop(lab, socket, false);
            lab.send(socket, "");
            setLoop(lab, socket, true);
            lab.send(socket, text);
            assertEquals(text, listener.receive().text(), "what the group's member received from one connected to it");
        }
    }

    @Rule("UDP-MCAST-22")
    void receiverLoopOffKeepsItOut(Lab lab) throws Exception {
        if (netIf(lab).isLoopback()) {
            throw lab.lacks("multicast comes back on loopback only, where everything does");
        }
        InetAddress group = group(lab);
        UdpSocket socket = receiver(lab);
        Peer sender = sender(lab);
        socket.join(group, netIf(lab));
        InetSocketAddress to = new InetSocketAddress(group, port(lab, socket));
        for (String text : new String[] {"loop on", "loop on again"}) {
            setLoop(lab, socket, false);
            sender.send(bytes("loop off"), to);
            // Comes in any case; what comes behind it all the same is met by the receive after it.
            lab.peer().send(bytes("marker"), lab.loopback(to.getPort()));
            assertEquals("marker", lab.receive(socket).text(), "what a member with loop off received");
            setLoop(lab, socket, true);
            expectHeard(lab, socket, sender, group, text);
        }
    }

    private static void setLoop(Lab lab, UdpSocket socket, boolean on) throws IOException {
        if (lab.v6()) {
            socket.setMulticastLoopV6(on);
        } else {
            socket.setMulticastLoopV4(on);
        }
    }

    @Rule("UDP-MCAST-15")
    void groupsOfOthersAreNotHeardV4(Lab lab) throws Exception {
        expectIsolation(lab);
    }

    @Rule("UDP-MCAST-16")
    void groupsOfOthersAreNotHeardV6(Lab lab) throws Exception {
        expectIsolation(lab);
    }

    private static void expectIsolation(Lab lab) throws IOException {
        InetAddress own = group(lab);
        InetAddress others = neighbour(own);
        Peer member = lab.multicastPeer(others);
        Peer sender = sender(lab);
        UdpSocket joined = receiver(lab);
        joined.join(own, netIf(lab));
        UdpSocket unjoined = receiver(lab);
        sender.send(
                bytes("to the member"),
                new InetSocketAddress(others, member.address().getPort()));
        assertEquals("to the member", member.receive().text(), "what the group's member received");
        sender.send(bytes("others' group"), new InetSocketAddress(others, port(lab, joined)));
        expectHeard(lab, joined, sender, own, "own group");
        sender.send(bytes("others' group"), new InetSocketAddress(others, port(lab, unjoined)));
        sender.send(bytes("unicast"), lab.loopback(port(lab, unjoined)));
        assertEquals("unicast", lab.receive(unjoined).text(), "received by a socket that joined nothing");
        assertEquals(WOULD_BLOCK, unjoined.recv(ByteBuffer.allocate(8)), "its next receive");
    }

    @Rule("UDP-MCAST-17")
    void membershipSurvivesPeers(Lab lab) throws Exception {
        InetAddress group = group(lab);
        UdpSocket socket = receiver(lab);
        int port = port(lab, socket);
        Peer sender = sender(lab);
        // Of the sender's own address, because Linux goes on filtering IPv6 senders by it after disconnect.
        InetAddress source = sourceOf(lab, sender);
        socket.join(group, netIf(lab));
        socket.connect(new InetSocketAddress(source, 9));
        socket.connect(new InetSocketAddress(source, 10));
        socket.disconnect();
        assertEquals(port, port(lab, socket), "local port after disconnect");
        expectHeard(lab, socket, sender, group, "after disconnect");
        expectError(ErrorKind.ADDRESS_IN_USE, () -> socket.join(group, netIf(lab)));
        socket.leave(group, netIf(lab));
    }

    @Rule("UDP-MCAST-18")
    void v6GroupOfV4SocketIsRefused(Lab lab) throws Exception {
        UdpSocket socket = receiver(lab);
        Inet6Address group = (Inet6Address) Lab.ip("ff15::d4:1");
        expectError(ErrorKind.WRONG_FAMILY, () -> socket.join(group, netIf(lab)));
        expectError(
                ErrorKind.WRONG_FAMILY,
                () -> socket.joinMulticastV6(group, netIf(lab).getIndex()));
        InetAddress usable = group(lab);
        socket.join(usable, netIf(lab));
        expectHeard(lab, socket, sender(lab), usable, "after refusals");
    }

    @Rule("UDP-MCAST-19")
    void membersShareAPort(Lab lab) throws Exception {
        InetAddress group = group(lab);
        UdpSocket first = lab.open(lab.wildcardConfig().withReuseAddress(true));
        UdpSocket second = lab.open(UdpConfig.of(lab.wildcard(port(lab, first))).withReuseAddress(true));
        Peer sender = sender(lab);
        first.join(group, netIf(lab));
        second.join(group, netIf(lab));
        sender.send(bytes("to all"), new InetSocketAddress(group, port(lab, first)));
        assertEquals("to all", lab.receive(first).text(), "received by the first member");
        assertEquals("to all", lab.receive(second).text(), "received by the second member");
    }

    @Rule("UDP-MCAST-20")
    void groupDatagramIsAnEvent(Lab lab) throws Exception {
        InetAddress group = group(lab);
        UdpSocket socket = receiver(lab);
        Peer sender = sender(lab);
        Watch watch = lab.watch();
        watch.register(socket, TOKEN, Interest.READABLE);
        socket.join(group, netIf(lab));
        for (String text : new String[] {"first", "second"}) {
            sender.send(bytes(text), new InetSocketAddress(group, port(lab, socket)));
            watch.expectReadable(TOKEN);
            assertEquals(text, lab.receive(socket).text(), "received after the event");
            assertEquals(WOULD_BLOCK, socket.recv(ByteBuffer.allocate(8)), "the next receive");
        }
    }

    @Rule("UDP-MCAST-21")
    void membershipsAreTheSocketsOwn(Lab lab) throws Exception {
        InetAddress group = group(lab);
        UdpSocket socket = receiver(lab);
        UdpSocket leaver = receiver(lab);
        UdpSocket closer = receiver(lab);
        Peer sender = sender(lab);
        for (UdpSocket member : new UdpSocket[] {leaver, socket, closer}) {
            member.join(group, netIf(lab));
        }
        leaver.leave(group, netIf(lab));
        expectHeard(lab, socket, sender, group, "after another left");
        closer.close();
        expectHeard(lab, socket, sender, group, "after another was closed");
        expectError(ErrorKind.ADDRESS_NOT_AVAILABLE, () -> leaver.leave(group, netIf(lab)));
    }

    private static void expectHeard(Lab lab, UdpSocket socket, Peer sender, InetAddress group, String text)
            throws IOException {
        sender.send(bytes(text), new InetSocketAddress(group, port(lab, socket)));
        assertEquals(text, lab.receive(socket).text(), "received by the group " + group.getHostAddress());
    }

    private static NetworkInterface netIf(Lab lab) {
        NetworkInterface netIf = lab.multicastInterface();
        if (netIf == null) {
            throw lab.lacks("no interface brings multicast of " + lab.family() + " back");
        }
        return netIf;
    }

    private static UdpSocket receiver(Lab lab) throws IOException {
        netIf(lab);
        return lab.open(lab.wildcardConfig());
    }

    private static Peer sender(Lab lab) throws IOException {
        netIf(lab);
        return lab.multicastPeer();
    }

    private static int port(Lab lab, UdpSocket socket) {
        return lab.address(socket).getPort();
    }

    // A group of its own for each use, as is its neighbour.
    private static InetAddress group(Lab lab) {
        int number = NEXT.addAndGet(2) & 0xFFFE;
        return Lab.ip(
                lab.v6()
                        ? "ff15::d4:" + Integer.toHexString(number)
                        : "239.255." + (number >>> 8) + "." + (number & 0xFF));
    }

    private static InetAddress neighbour(InetAddress group) throws IOException {
        byte[] address = group.getAddress();
        address[address.length - 1] ^= 1;
        return InetAddress.getByAddress(address);
    }
}
