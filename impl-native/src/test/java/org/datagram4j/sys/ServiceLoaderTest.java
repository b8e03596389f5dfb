package org.datagram4j.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.datagram4j.UdpBackends;
import org.junit.jupiter.api.Test;

/** How the backend is found outside OSGi. What its activator does, the module {@code osgi} tests in frameworks. */
class ServiceLoaderTest {
    @Test
    void findsTheBackend() {
        assertEquals(NativeBackend.class, UdpBackends.select("native").getClass());
        assertEquals("native", UdpBackends.select("native").name());
    }
}
