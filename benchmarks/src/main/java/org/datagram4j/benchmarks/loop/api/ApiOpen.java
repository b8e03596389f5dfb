package org.datagram4j.benchmarks.loop.api;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.datagram4j.UdpBackend;
import org.datagram4j.benchmarks.loop.Loopback;
import org.datagram4j.benchmarks.loop.Steps;

/** A socket opened, bound and closed. */
final class ApiOpen extends Steps {
    private final UdpBackend backend;
    private final InetSocketAddress any = Loopback.any();

    ApiOpen(UdpBackend backend) {
        this.backend = backend;
    }

    @Override
    protected int step() throws IOException {
        backend.bind(any).close();
        return 1;
    }

    @Override
    public void close() {
        // nothing stays open
    }
}
