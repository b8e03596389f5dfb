package org.datagram4j.spi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class AddressCacheTest {
    private static final long MAPPED_192_0_2_1 = 0x0000_FFFF_C000_0201L;
    private final AddressCache cache = new AddressCache(16);

    @Test
    void mappedAddressesAreIpv4() throws Exception {
        InetSocketAddress address = cache.socketAddress(0, MAPPED_192_0_2_1, 65_535, 0);
        assertInstanceOf(Inet4Address.class, address.getAddress());
        assertEquals(new InetSocketAddress(InetAddress.getByName("192.0.2.1"), 65_535), address);
    }

    @Test
    void theSameSenderIsTheSameObject() {
        InetSocketAddress first = cache.socketAddress(0, MAPPED_192_0_2_1, 7, 0);
        assertSame(first, cache.socketAddress(0, MAPPED_192_0_2_1, 7, 0));
        assertNotSame(first, cache.socketAddress(0, MAPPED_192_0_2_1, 8, 0));
    }

    @Test
    void staysRightWhenSendersReplaceEachOther() {
        AddressCache tiny = new AddressCache(1);
        for (int port = 1; port < 1_000; port++) {
            assertEquals(port, tiny.socketAddress(0, MAPPED_192_0_2_1, port, 0).getPort());
        }
    }

    @Test
    void scopeIsKeptForLinkLocalAddressesAlone() {
        long linkLocal = 0xFE80_0000_0000_0000L;
        Inet6Address scoped = (Inet6Address) cache.address(linkLocal, 1, 3);
        assertEquals(3, scoped.getScopeId());
        Inet6Address global = (Inet6Address) cache.address(0x2001_0DB8_0000_0000L, 1, 3);
        assertEquals(0, global.getScopeId());
        InetSocketAddress first = cache.socketAddress(linkLocal, 1, 5, 3);
        InetSocketAddress other = cache.socketAddress(linkLocal, 1, 5, 4);
        assertEquals(4, ((Inet6Address) other.getAddress()).getScopeId());
        assertNotSame(first, other);
    }

    @Test
    void unpacksInNetworkOrder() {
        byte[] target = new byte[16];
        assertEquals(4, AddressCache.bytes(0, MAPPED_192_0_2_1, target));
        assertArrayEquals(new byte[] {(byte) 192, 0, 2, 1}, java.util.Arrays.copyOf(target, 4));
        assertEquals(16, AddressCache.bytes(0x0102_0304_0506_0708L, 0x090A_0B0C_0D0E_0F10L, target));
        for (int i = 0; i < 16; i++) {
            assertEquals(i + 1, target[i]);
        }
    }

    @Test
    void wantsAPowerOfTwo() {
        assertThrows(IllegalArgumentException.class, () -> new AddressCache(0));
        assertThrows(IllegalArgumentException.class, () -> new AddressCache(3));
    }
}
