package org.datagram4j.nio;

import org.datagram4j.UdpBackend;
import org.datagram4j.conformance.UdpBackendConformance;

/** Certifies the backend, as any vendor would. */
class NioConformanceTest extends UdpBackendConformance {
    @Override
    protected UdpBackend backend() {
        return new NioBackend();
    }
}
