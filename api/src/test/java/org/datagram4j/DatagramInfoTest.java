package org.datagram4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.datagram4j.spi.AddressCache;
import org.junit.jupiter.api.Test;

class DatagramInfoTest {
    private static final long MAPPED_192_0_2_1 = 0x0000_FFFF_C000_0201L;
    private static final long MAPPED_192_0_2_2 = 0x0000_FFFF_C000_0202L;
    private final DatagramInfo info = new DatagramInfo();

    @Test
    void knowsNothingAtFirst() {
        assertNull(info.sender());
        assertEquals(DatagramInfo.UNKNOWN, info.senderPort());
        assertEquals(0, info.senderAddress(new byte[16]));
        assertNull(info.localAddress());
        assertEquals(DatagramInfo.UNKNOWN, info.interfaceIndex());
        assertEquals(DatagramInfo.UNKNOWN, info.ecn());
        assertEquals(DatagramInfo.UNKNOWN, info.trafficClass());
        assertEquals(DatagramInfo.UNKNOWN, info.hopLimit());
        assertEquals(DatagramInfo.UNKNOWN, info.timestampNanos());
        assertEquals(DatagramInfo.UNKNOWN, info.dropCount());
        assertEquals(0, info.segmentSize());
    }

    @Test
    void rawAndReadyMadeSendersSayTheSame() throws Exception {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getByName("192.0.2.1"), 4_242);
        info.fill().sender(address);
        assertSender(address);
        info.fill().sender(0, MAPPED_192_0_2_1, 4_242, 0, new AddressCache(1));
        assertSender(address);
    }

    private void assertSender(InetSocketAddress address) {
        byte[] bytes = new byte[16];
        assertEquals(address, info.sender());
        assertEquals(4_242, info.senderPort());
        assertEquals(4, info.senderAddress(bytes));
        assertArrayEquals(address.getAddress().getAddress(), Arrays.copyOf(bytes, 4));
        assertThrows(IllegalArgumentException.class, () -> info.senderAddress(new byte[15]));
    }

    @Test
    void ecnIsTheLowTwoBits() {
        info.fill().trafficClass(0xBB);
        assertEquals(3, info.ecn());
        assertEquals(0xBB, info.trafficClass());
    }

    @Test
    void nothingIsLeftFromTheDatagramBefore() {
        info.fill()
                .sender(0, MAPPED_192_0_2_1, 1, 0, new AddressCache(1))
                .localAddress(0, MAPPED_192_0_2_2)
                .length(3, true, 9)
                .interfaceIndex(2)
                .trafficClass(1)
                .hopLimit(64)
                .timestampNanos(5)
                .segmentSize(100)
                .dropCount(7);
        assertEquals("192.0.2.2", info.localAddress().getHostAddress());
        assertTrue(info.truncated());
        info.fill();
        knowsNothingAtFirst();
        assertEquals(0, info.length());
        assertEquals(0, info.originalLength());
        assertTrue(!info.truncated());
    }
}
