package org.datagram4j.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.datagram4j.Capability;
import org.datagram4j.DatagramBatch;
import org.datagram4j.DatagramInfo;
import org.datagram4j.Interest;
import org.datagram4j.IoOperation;
import org.datagram4j.Poll;
import org.datagram4j.SendInfo;
import org.datagram4j.Source;
import org.datagram4j.Token;
import org.datagram4j.TruncationPolicy;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Whatever the caller passes: the promised exceptions, nothing sent, nothing moved, and the socket works afterwards. */
class HostileArgumentsTest {
    private static final long SEED = 20_260_101L;
    private static final int TRIES = 20_000;

    private final NioBackend backend = new NioBackend();

    @Test
    void nullIsRefusedEverywhere() throws Exception {
        ByteBuffer buffer = ByteBuffer.allocate(4);
        DatagramBatch batch = backend.newBatch(1, 4);
        InetAddress group = InetAddress.getByName("224.0.0.251");
        try (UdpSocket socket = Loopback.socket(backend);
                Poll poll = backend.openPoll()) {
            List<Executable> calls = List.of(
                    () -> socket.send(null),
                    () -> socket.send(null, new SendInfo()),
                    () -> socket.send(buffer, null),
                    () -> socket.sendTo(null, socket.localAddress()),
                    () -> socket.sendTo(buffer, null),
                    () -> socket.sendSegmented(null, socket.localAddress(), 1),
                    () -> socket.sendBatch(null, 0, 1),
                    () -> socket.recv(null),
                    () -> socket.recvFrom(null),
                    () -> socket.receive(null, new DatagramInfo()),
                    () -> socket.receive(buffer, null),
                    () -> socket.recvBatch(null, 0, 1),
                    () -> socket.peek(null),
                    () -> socket.peekFrom(null),
                    () -> socket.peek(buffer, null),
                    () -> socket.connect(null),
                    () -> socket.setTruncationPolicy(null),
                    () -> socket.tryIo(null, () -> 0),
                    () -> socket.tryIo(Interest.READABLE, null),
                    () -> socket.getOption(null),
                    () -> socket.setOption(null, true),
                    () -> socket.setOption(StandardSocketOptions.SO_BROADCAST, null),
                    () -> socket.join(null, null),
                    () -> socket.join(group, null, null),
                    () -> socket.leave(null, null),
                    () -> socket.leave(group, null, null),
                    () -> socket.register(null, new Token(1), Interest.READABLE),
                    () -> socket.register(poll.registry(), null, Interest.READABLE),
                    () -> socket.register(poll.registry(), new Token(1), null),
                    () -> poll.registry().register(null, new Token(1), Interest.READABLE),
                    () -> poll.registry().register(socket, null, Interest.READABLE),
                    () -> poll.registry().register(socket, new Token(1), null),
                    () -> poll.registry().deregister(null),
                    () -> poll.registry().newWaker(null),
                    () -> poll.poll(null, null),
                    () -> backend.open(null),
                    () -> backend.openPoll(null),
                    () -> backend.adopt((DatagramChannel) null),
                    () -> backend.source((SelectableChannel) null),
                    () -> backend.limit(null));
            for (int i = 0; i < calls.size(); i++) {
                assertThrows(NullPointerException.class, calls.get(i), "call " + i);
            }
            assertThrows(IllegalArgumentException.class, () -> poll.newEvents(0));
            assertThrows(IllegalArgumentException.class, () -> poll.poll(poll.newEvents(1), Duration.ofNanos(-1)));
            assertThrows(IllegalArgumentException.class, () -> backend.openPoll(Duration.ofNanos(-1)));
            assertThrows(IndexOutOfBoundsException.class, () -> socket.recvBatch(batch, 0, 2));
            assertThrows(IndexOutOfBoundsException.class, () -> socket.sendBatch(batch, 1, 1));
        }
    }

    @Test
    void whatIsNotDeclaredIsRefusedByName() throws Exception {
        InetSocketAddress v6 = new InetSocketAddress("::1", 0);
        try (UdpSocket socket = Loopback.socket(backend);
                UdpSocket peer = Loopback.socket(backend)) {
            ByteBuffer buffer = ByteBuffer.allocate(4);
            SendInfo info = new SendInfo();
            refused(Capability.SOURCE_SELECTION, () -> socket.send(buffer, info.interfaceIndex(1)));
            refused(
                    Capability.SEND_TRAFFIC_CLASS,
                    () -> socket.send(buffer, info.clear().ecn(1)));
            refused(
                    Capability.SEND_HOP_LIMIT,
                    () -> socket.send(buffer, info.clear().hopLimit(1)));
            refused(Capability.V6_ONLY, () -> backend.open(UdpConfig.of(v6).withV6Only(true)));
            refused(Capability.BIND_DEVICE, () -> backend.open(UdpConfig.of(v6).withDevice("lo")));
            refused(Capability.GRO, () -> backend.open(UdpConfig.of(v6).withCoalescing(true)));
            refused(Capability.ERROR_QUEUE, () -> backend.open(UdpConfig.of(v6).withErrorQueue(true)));
            refused(
                    Capability.DROP_COUNT,
                    () -> backend.open(UdpConfig.of(v6).withMetadata(Set.of(Capability.DROP_COUNT))));
            refused(Capability.RAW_HANDLE, socket::rawHandle);
            refused(Capability.RELEASE_HANDLE, socket::releaseHandle);
            refused(Capability.ADOPT_HANDLE, () -> backend.adopt(3));
            refused(Capability.HANDLE_SOURCE, () -> backend.source(3));
            refused(Capability.UNICAST_TTL, socket::ttl);
            refused(Capability.V6_ONLY, socket::onlyV6);
            socket.connect(peer.localAddress());
            refused(Capability.SEND_TO_WHEN_CONNECTED, () -> socket.sendTo(buffer, socket.localAddress()));
            assertEquals(0, buffer.position());
        }
    }

    private void refused(Capability capability, Executable call) {
        UnsupportedOperationException refusal = assertThrows(UnsupportedOperationException.class, call);
        assertTrue(refusal.getMessage().contains(capability.name()), refusal.getMessage());
        assertTrue(!backend.capabilities().contains(capability));
    }

    /** Random arguments, good and bad. Anything but the promised exceptions, or a buffer touched, is a failure. */
    @Test
    void randomArgumentsMeetThePromisedExceptionsOnly() throws Exception {
        Random random = new Random(SEED);
        try (UdpSocket socket = Loopback.socket(backend);
                UdpSocket peer = Loopback.socket(backend);
                Poll poll = backend.openPoll()) {
            DatagramBatch batch = backend.newBatch(4, 32);
            for (int i = 0; i < TRIES; i++) {
                ByteBuffer buffer = anyBuffer(random);
                int position = buffer.position();
                int limit = buffer.limit();
                try {
                    anyCall(random, socket, peer, poll, batch, buffer);
                    assertEquals(limit, buffer.limit(), "seed " + SEED + ", try " + i);
                } catch (IOException
                        | IllegalArgumentException
                        | UnsupportedOperationException
                        | IndexOutOfBoundsException expected) {
                    if (!(expected instanceof UdpException e)
                            || e.kind() != org.datagram4j.ErrorKind.MESSAGE_TRUNCATED) {
                        assertEquals(position, buffer.position(), "seed " + SEED + ", try " + i + ": " + expected);
                    }
                    assertEquals(limit, buffer.limit());
                } catch (RuntimeException e) {
                    fail("seed " + SEED + ", try " + i, e);
                }
            }
            socket.disconnect();
            ByteBuffer buffer = ByteBuffer.allocate(64);
            while (peer.recv(buffer.clear()) != UdpSocket.WOULD_BLOCK) {}
            Loopback.send(socket, peer, 1, 2, 3);
            poll.registry().register(peer, new Token(1), Interest.READABLE);
            assertEquals(3, Loopback.receive(poll, poll.newEvents(1), peer, buffer.clear()));
        }
    }

    private static void anyCall(
            Random random, UdpSocket socket, UdpSocket peer, Poll poll, DatagramBatch batch, ByteBuffer buffer)
            throws Exception {
        InetSocketAddress address = anyAddress(random, peer);
        switch (random.nextInt(16)) {
            case 0 -> socket.send(buffer);
            case 1, 2 -> socket.sendTo(buffer, address);
            case 3 -> socket.sendSegmented(buffer, address, random.nextInt(70_000) - 10);
            case 4 -> socket.send(buffer, new SendInfo().destination(address).segmentBytes(1 + random.nextInt(9)));
            case 5 -> socket.recv(buffer);
            case 6 -> socket.receive(buffer, new DatagramInfo());
            case 7 -> socket.peek(buffer, new DatagramInfo());
            case 8 -> peer.sendTo(buffer, socket.localAddress());
            case 9 -> {
                batch.sendInfo(0).destination(address);
                batch.buffer(0).limit(random.nextInt(33)).position(0);
                socket.sendBatch(batch, random.nextInt(5) - 1, random.nextInt(6));
            }
            case 10 -> socket.recvBatch(batch, random.nextInt(5) - 1, random.nextInt(6));
            case 11 -> socket.connect(address);
            case 12 -> socket.disconnect();
            case 13 -> socket.setTruncationPolicy(TruncationPolicy.values()[random.nextInt(3)]);
            case 14 -> socket.takeError();
            default ->
                socket.join(
                        address.getAddress() == null ? InetAddress.getLoopbackAddress() : address.getAddress(),
                        NetworkInterface.getByIndex(1));
        }
    }

    private static ByteBuffer anyBuffer(Random random) {
        int size = random.nextInt(20) == 0 ? 70_000 : random.nextInt(40);
        ByteBuffer buffer = random.nextBoolean() ? ByteBuffer.allocate(size) : ByteBuffer.allocateDirect(size);
        buffer.limit(random.nextInt(size + 1));
        buffer.position(random.nextInt(buffer.limit() + 1));
        return switch (random.nextInt(4)) {
            case 0 -> buffer.asReadOnlyBuffer();
            case 1 -> buffer.slice();
            default -> buffer;
        };
    }

    private static InetSocketAddress anyAddress(Random random, UdpSocket peer) throws Exception {
        return switch (random.nextInt(8)) {
            case 0 -> InetSocketAddress.createUnresolved("nowhere.invalid", 9);
            case 1 -> new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            case 2 -> new InetSocketAddress("::1", 9);
            case 3 -> new InetSocketAddress("255.255.255.255", 9);
            case 4 -> new InetSocketAddress("0.0.0.0", peer.localAddress().getPort());
            case 5 -> new InetSocketAddress("224.0.0.77", 9);
            default -> peer.localAddress();
        };
    }

    @Test
    void foreignObjectsAreRefused() throws Exception {
        try (UdpSocket socket = Loopback.socket(backend);
                Poll poll = backend.openPoll()) {
            SocketOption<String> foreign = new SocketOption<>() {
                @Override
                public String name() {
                    return "IP_DONTFRAGMENT"; // the name alone is no key to the JDK's option
                }

                @Override
                public Class<String> type() {
                    return String.class;
                }
            };
            assertThrows(UnsupportedOperationException.class, () -> socket.setOption(foreign, "x"));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> poll.poll(new org.datagram4j.spi.EventList(1, "other"), Duration.ZERO));
            IoOperation failing = () -> {
                throw new IOException("mine");
            };
            assertEquals(
                    "mine",
                    assertThrows(IOException.class, () -> socket.tryIo(Interest.READABLE, failing))
                            .getMessage());
            Source selfish = backend.source(DatagramChannel.open().bind(null).configureBlocking(false));
            poll.registry().register(selfish, new Token(1), Interest.WRITABLE);
            Loopback.await(poll, poll.newEvents(1));
        }
    }
}
