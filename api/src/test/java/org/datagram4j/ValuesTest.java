package org.datagram4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.datagram4j.spi.Arguments;
import org.junit.jupiter.api.Test;

class ValuesTest {
    private static final InetSocketAddress LOCAL = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @Test
    void interestIsASetThatIsNeverEmpty() {
        for (Interest a : Interest.values()) {
            for (Interest b : Interest.values()) {
                Interest sum = a.add(b);
                assertEquals(a.isReadable() || b.isReadable(), sum.isReadable(), a + " + " + b);
                assertEquals(a.isWritable() || b.isWritable(), sum.isWritable(), a + " + " + b);
                Optional<Interest> rest = a.remove(b);
                assertEquals(
                        a.isReadable() && !b.isReadable(),
                        rest.filter(Interest::isReadable).isPresent());
                assertEquals(
                        a.isWritable() && !b.isWritable(),
                        rest.filter(Interest::isWritable).isPresent());
            }
        }
    }

    @Test
    void platformPolicyFollowsTheProfile() {
        assertEquals(TruncationPolicy.DISCARD, TruncationPolicy.PLATFORM.on(Profile.UNIX));
        assertEquals(TruncationPolicy.ERROR, TruncationPolicy.PLATFORM.on(Profile.WINDOWS));
        assertEquals(TruncationPolicy.ERROR, TruncationPolicy.ERROR.on(Profile.UNIX));
        assertEquals(TruncationPolicy.DISCARD, TruncationPolicy.DISCARD.on(Profile.WINDOWS));
    }

    @Test
    void truncationKeepsWhatWasDelivered() {
        UdpException e = UdpException.truncated(90, LOCAL, 4, 10).atSlot(2);
        assertEquals(ErrorKind.MESSAGE_TRUNCATED, e.kind());
        assertEquals(90, e.code());
        assertEquals(LOCAL, e.sender());
        assertEquals(4, e.deliveredBytes());
        assertEquals(10, e.originalBytes());
        assertEquals(2, e.slot());
        UdpException other = new UdpException(ErrorKind.CLOSED, "gone");
        assertNull(other.sender());
        assertEquals(-1, other.slot());
        assertEquals(-1, other.originalBytes());
        assertEquals(UdpException.NO_CODE, other.code());
    }

    @Test
    void configIsCopiedNotChanged() {
        UdpConfig plain = UdpConfig.of(LOCAL);
        UdpConfig changed = plain.withReuseAddress(true)
                .withReusePort(true)
                .withV6Only(true)
                .withReceiveBufferBytes(1)
                .withSendBufferBytes(2)
                .withDevice("lo")
                .withTruncationPolicy(TruncationPolicy.ERROR)
                .withMetadata(EnumSet.of(Capability.DROP_COUNT))
                .withCoalescing(true)
                .withErrorQueue(true);
        assertFalse(plain.reuseAddress() || plain.reusePort() || plain.v6Only() || plain.coalescing());
        assertTrue(changed.reuseAddress() && changed.reusePort() && changed.v6Only() && changed.errorQueue());
        assertEquals(Set.of(Capability.DROP_COUNT), changed.metadata());
        assertEquals(1, changed.receiveBufferBytes());
        assertEquals(2, changed.sendBufferBytes());
        assertEquals("lo", changed.device());
        assertEquals(TruncationPolicy.ERROR, changed.truncationPolicy());
        assertTrue(changed.toString().contains("receive buffer 1 bytes"), changed.toString());
    }

    @Test
    void configRefusesWhatCannotBe() {
        UdpConfig config = UdpConfig.of(LOCAL);
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("host.invalid", 1);
        assertThrows(IllegalArgumentException.class, () -> UdpConfig.of(unresolved));
        assertThrows(NullPointerException.class, () -> UdpConfig.of(null));
        assertThrows(IllegalArgumentException.class, () -> config.withReceiveBufferBytes(-1));
        assertThrows(IllegalArgumentException.class, () -> config.withSendBufferBytes(-1));
        assertThrows(IllegalArgumentException.class, () -> config.withDevice(""));
        assertThrows(IllegalArgumentException.class, () -> config.withMetadata(Set.of(Capability.GSO)));
        assertThrows(NullPointerException.class, () -> config.withTruncationPolicy(null));
    }

    @Test
    void sendInfoChecksItsRanges() {
        SendInfo info = new SendInfo();
        assertThrows(IllegalArgumentException.class, () -> info.ecn(4));
        assertThrows(IllegalArgumentException.class, () -> info.trafficClass(256));
        assertThrows(IllegalArgumentException.class, () -> info.hopLimit(0));
        assertThrows(IllegalArgumentException.class, () -> info.segmentBytes(0));
        assertThrows(IllegalArgumentException.class, () -> info.segmentBytes(65_528));
        assertThrows(IllegalArgumentException.class, () -> info.interfaceIndex(-2));
        info.ecn(2)
                .trafficClass(255)
                .hopLimit(1)
                .segmentBytes(65_527)
                .interfaceIndex(1)
                .destination(LOCAL);
        info.sourceAddress(LOCAL.getAddress()).clear();
        assertNull(info.destination());
        assertNull(info.sourceAddress());
        assertEquals(SendInfo.UNSET, info.ecn());
        assertEquals(SendInfo.UNSET, info.segmentBytes());
    }

    @Test
    void timeoutsSaturate() {
        assertEquals(-1, Arguments.timeoutNanos(null));
        assertEquals(0, Arguments.timeoutNanos(Duration.ZERO));
        assertEquals(Long.MAX_VALUE, Arguments.timeoutNanos(Duration.ofSeconds(Long.MAX_VALUE)));
        assertEquals(Long.MAX_VALUE, Arguments.timeoutNanos(Duration.ofNanos(Long.MAX_VALUE)));
        assertThrows(IllegalArgumentException.class, () -> Arguments.timeoutNanos(Duration.ofNanos(-1)));
    }

    @Test
    void slotRangesCannotOverflow() {
        Arguments.slots(4, 0, 4);
        Arguments.slots(4, 3, 1);
        assertThrows(IndexOutOfBoundsException.class, () -> Arguments.slots(4, 0, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> Arguments.slots(4, -1, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> Arguments.slots(4, 3, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> Arguments.slots(4, 3, Integer.MAX_VALUE));
    }

    @Test
    void segmentsAreCounted() {
        Arguments.segments(640, 10, 64);
        assertThrows(IllegalArgumentException.class, () -> Arguments.segments(641, 10, 64));
        assertThrows(IllegalArgumentException.class, () -> Arguments.segments(0, 10, 64));
        assertThrows(IllegalArgumentException.class, () -> Arguments.segments(10, 0, 64));
    }
}
