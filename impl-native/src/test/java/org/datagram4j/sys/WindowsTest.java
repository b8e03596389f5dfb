package org.datagram4j.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.datagram4j.Capability;
import org.datagram4j.DatagramBatch;
import org.datagram4j.DatagramInfo;
import org.datagram4j.ErrorKind;
import org.datagram4j.Event;
import org.datagram4j.Events;
import org.datagram4j.Interest;
import org.datagram4j.Poll;
import org.datagram4j.Token;
import org.datagram4j.TruncationPolicy;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.sys.contract.NetworkSystem;
import org.datagram4j.sys.windows.WindowsSystem;
import org.junit.jupiter.api.Test;

/** The part for Windows against a Windows that does what a test says. */
class WindowsTest {
    private static final InetSocketAddress ANYWHERE = new InetSocketAddress("127.0.0.1", 0);
    private static final InetSocketAddress SENDER = new InetSocketAddress("127.0.0.9", 99);
    private static final int WSAEMSGSIZE = 10040;

    private final FakeWindows fake = new FakeWindows();
    private final NativeBackend backend = new NativeBackend(WindowsSystem.open(fake));
    private final DatagramInfo info = new DatagramInfo();
    private final ByteBuffer four = ByteBuffer.allocate(4);

    // -- arming

    @Test
    void whatWouldBlockIsArmedAgainAndNothingElseIs() throws IOException {
        try (Poll poll = backend.openPoll();
                UdpSocket socket = backend.bind(ANYWHERE)) {
            poll.registry().register(socket, new Token(1), Interest.READABLE.add(Interest.WRITABLE));
            assertEquals(2, fake.requests.size(), "requests after registering");
            fake.complete(asked(FakeWindows.SEND), FakeWindows.SEND);
            fake.complete(asked(FakeWindows.RECEIVE), FakeWindows.RECEIVE);

            List<Event> events = poll(poll);
            assertTrue(events.get(0).isReadable() && events.get(0).isWritable());
            assertEquals(List.of(), fake.requests, "requests after an event that nobody has answered");

            fake.receives.add((payload, name, flags) -> 0);
            assertEquals(0, socket.recv(four));
            assertEquals(List.of(), fake.requests, "requests after a receive");
            assertEquals(UdpSocket.WOULD_BLOCK, socket.recv(four));
            assertEquals(1, fake.requests.size(), "requests after a receive that would block");
            asked(FakeWindows.RECEIVE);
        }
    }

    @Test
    void memoryIsUsedAgainOnlyOnceItsRequestIsBack() throws IOException {
        try (Poll poll = backend.openPoll();
                UdpSocket one = backend.bind(ANYWHERE);
                UdpSocket two = backend.bind(ANYWHERE)) {
            poll.registry().register(one, new Token(1), Interest.READABLE);
            long memory = fake.requests.get(0).status();
            poll.registry().deregister(one);
            assertEquals(1, fake.cancelled);

            poll.registry().register(two, new Token(2), Interest.READABLE);
            assertNotEquals(memory, fake.requests.get(0).status(), "memory while the driver may write there");
            assertEquals(List.of(), poll(poll), "events of what was deregistered");

            poll.registry().register(one, new Token(1), Interest.READABLE);
            assertEquals(memory, fake.requests.get(1).status(), "memory of a request that is back");
        }
    }

    @Test
    void manySocketsTakeMoreHelpersAndEverythingIsClosed() throws IOException {
        int before = fake.openHandles;
        int helpers = fake.helpers;
        List<UdpSocket> sockets = new ArrayList<>();
        try (Poll poll = backend.openPoll()) {
            for (int i = 0; i < 65; i++) {
                sockets.add(backend.bind(ANYWHERE));
                poll.registry().register(sockets.get(i), new Token(i), Interest.READABLE);
            }
            assertEquals(3, fake.helpers - helpers, "helpers of AFD for 65 sockets");
            for (UdpSocket socket : sockets) {
                socket.close();
            }
            assertEquals(List.of(), poll(poll));
        }
        assertEquals(before, fake.openHandles, "open handles");
    }

    @Test
    void aSocketThatSomebodyElseClosedIsAnError() throws IOException {
        try (Poll poll = backend.openPoll();
                UdpSocket socket = backend.bind(ANYWHERE)) {
            poll.registry().register(socket, new Token(1), Interest.READABLE);
            fake.complete(asked(FakeWindows.RECEIVE), FakeWindows.LOCAL_CLOSE);
            assertTrue(poll(poll).get(0).isError());
        }
    }

    @Test
    void withoutAfdTheBackendSaysSo() {
        FakeWindows without = new FakeWindows();
        without.afdStatus = 0xC000_0034;
        String said = assertThrows(UnsupportedOperationException.class, () -> WindowsSystem.open(without))
                .getMessage();
        assertTrue(said.contains("Afd") && said.contains("nio"), said);
        assertEquals(0, without.openHandles, "open handles");
    }

    @Test
    void whatIsNoHandleIsToldFromWhatIsNoSocket() {
        for (long handle : new long[] {FakeWindows.NO_SOCKET, FakeWindows.NO_HANDLE}) {
            UdpException e = assertThrows(UdpException.class, () -> backend.adopt(handle));
            assertEquals(handle == FakeWindows.NO_HANDLE ? ErrorKind.CLOSED : ErrorKind.INVALID_INPUT, e.kind());
        }
    }

    // -- refusals of what was sent

    @Test
    void refusalsAreHeardOfThePeerAlone() throws IOException {
        try (UdpSocket socket = backend.bind(ANYWHERE)) {
            assertRefusals(socket, 0);
            socket.connect(SENDER);
            assertRefusals(socket, 1);
            socket.disconnect();
            assertRefusals(socket, 0);
        }
    }

    private void assertRefusals(UdpSocket socket, int expected) throws UdpException {
        assertEquals(expected, fake.controls.get(socket.rawHandle()).get(FakeWindows.CONNRESET), "SIO_UDP_CONNRESET");
        assertEquals(expected, fake.controls.get(socket.rawHandle()).get(FakeWindows.NETRESET), "SIO_UDP_NETRESET");
    }

    // -- truncation

    @Test
    void whatDoesNotFitIsTruncatedAndItsLengthKnown() throws IOException {
        try (UdpSocket socket = backend.open(config(TruncationPolicy.DISCARD))) {
            fake.receives.add((payload, name, flags) -> datagram(payload, name, "sixteen bytes ..", 16));
            assertEquals(4, socket.receive(four, info));
            assertTrue(info.truncated());
            assertEquals(16, info.originalLength());
        }
    }

    @Test
    void theErrorOfWhatDoesNotFitIsTruncationWhateverTheFlagsSay() throws IOException {
        for (boolean metadata : new boolean[] {false, true}) {
            for (int flags : new int[] {0, 0x100, 0x300}) {
                try (UdpSocket socket = backend.open(config(TruncationPolicy.DISCARD, metadata))) {
                    truncated(flags);
                    assertEquals(4, socket.receive(four.clear(), info));
                    assertEquals("sixt", new String(four.array(), StandardCharsets.US_ASCII));
                    assertTrue(info.truncated());
                    assertEquals(SENDER, info.sender());
                    assertEquals(DatagramInfo.UNKNOWN, info.originalLength());
                }
            }
        }
    }

    @Test
    void theErrorOfWhatDoesNotFitKeepsSenderAndBytes() throws IOException {
        try (UdpSocket socket = backend.open(config(TruncationPolicy.ERROR))) {
            truncated(0);
            UdpException e = assertThrows(UdpException.class, () -> socket.recv(four));
            assertEquals(ErrorKind.MESSAGE_TRUNCATED, e.kind());
            assertEquals(WSAEMSGSIZE, e.code());
            assertEquals(SENDER, e.sender());
            assertEquals(4, e.deliveredBytes());
            assertEquals(4, four.position());
        }
    }

    @Test
    void aSlotThatIsTooSmallIsFlagged() throws IOException {
        try (UdpSocket socket = backend.bind(ANYWHERE)) {
            DatagramBatch batch = backend.newBatch(2, 4);
            truncated(0);
            fake.receives.add((payload, name, flags) -> datagram(payload, name, "fits", 4));
            assertEquals(2, socket.recvBatch(batch, 0, 2));
            assertTrue(batch.info(0).truncated());
            assertFalse(batch.info(1).truncated());
            assertEquals(SENDER, batch.info(1).sender());
        }
    }

    @Test
    void controlThatWasCutIsNoTruncation() throws IOException {
        try (UdpSocket socket = backend.open(config(TruncationPolicy.DISCARD, true))) {
            truncated(0x200);
            UdpException e = assertThrows(UdpException.class, () -> socket.recv(four));
            assertEquals(ErrorKind.MESSAGE_TOO_LARGE, e.kind());
        }
    }

    @Test
    void anErrorBehindFilledSlotsComesWithTheNextReceive() throws IOException {
        try (UdpSocket socket = backend.bind(ANYWHERE)) {
            DatagramBatch batch = backend.newBatch(2, 4);
            fake.receives.add((payload, name, flags) -> datagram(payload, name, "fits", 4));
            fake.receives.add((payload, name, flags) -> -10054);
            assertEquals(1, socket.recvBatch(batch, 0, 2));
            UdpException e = assertThrows(UdpException.class, () -> socket.recvBatch(batch, 0, 2));
            assertEquals(ErrorKind.CONNECTION_REFUSED, e.kind());
        }
    }

    private void truncated(int told) {
        fake.receives.add((payload, name, flags) -> {
            datagram(payload, name, "sixteen bytes ..", 16);
            flags[0] = told;
            return -WSAEMSGSIZE;
        });
    }

    private static int datagram(ByteBuffer payload, ByteBuffer name, String text, int length) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        payload.put(0, bytes, 0, Math.min(bytes.length, payload.capacity()));
        name.putShort(0, (short) 2).putShort(2, Short.reverseBytes((short) 99)).putInt(4, 0x0900_007F);
        return length;
    }

    private static UdpConfig config(TruncationPolicy policy, boolean... metadata) {
        UdpConfig config = UdpConfig.of(ANYWHERE).withTruncationPolicy(policy);
        return metadata.length == 1 && metadata[0] ? config.withMetadata(Set.of(Capability.LOCAL_ADDRESS)) : config;
    }

    private FakeWindows.Request asked(int events) {
        return fake.requests.stream()
                .filter(request -> (request.events() & events) != 0)
                .findFirst()
                .orElseThrow(() -> new AssertionError("expected a request for " + events + " in " + fake.requests));
    }

    private static List<Event> poll(Poll poll) throws IOException {
        Events events = poll.newEvents(100);
        poll.poll(events, Duration.ZERO);
        List<Event> list = new ArrayList<>();
        events.forEach(list::add);
        return list;
    }

    @Test
    void theSystemIsWindows() {
        NetworkSystem system = backend.system();
        assertEquals(org.datagram4j.Profile.WINDOWS, system.profile());
        assertEquals(WSAEMSGSIZE, system.messageTooLong());
    }
}
