package org.datagram4j.nio;

import org.datagram4j.UdpBackend;
import org.datagram4j.conformance.MutantsKilled;

/** Breaks the backend in every way that the kit knows, to show that its rules notice. */
class NioMutantsTest extends MutantsKilled {
    @Override
    protected UdpBackend backend() {
        return new NioBackend();
    }
}
