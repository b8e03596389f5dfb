package org.datagram4j.sys;

import org.datagram4j.UdpBackend;
import org.datagram4j.conformance.UdpBackendConformance;

/** Certifies the backend, as any vendor would. */
class NativeConformanceTest extends UdpBackendConformance {
    @Override
    protected UdpBackend backend() {
        return new NativeBackend();
    }
}
