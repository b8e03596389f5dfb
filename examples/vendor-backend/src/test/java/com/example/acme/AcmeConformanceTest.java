package com.example.acme;

import org.datagram4j.UdpBackend;
import org.datagram4j.conformance.UdpBackendConformance;

/** Certifies the backend: every rule of the contract is a test here. */
class AcmeConformanceTest extends UdpBackendConformance {
    @Override
    protected UdpBackend backend() {
        return new AcmeBackend();
    }
}
