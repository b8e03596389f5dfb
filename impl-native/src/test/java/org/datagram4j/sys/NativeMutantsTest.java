package org.datagram4j.sys;

import java.util.Set;
import org.datagram4j.Capability;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpBackends;
import org.datagram4j.conformance.MutantsKilled;

/** Shows that the rules about what channels cannot do are able to fail; channels prove the others. */
class NativeMutantsTest extends MutantsKilled {
    private final Set<Capability> provenByChannels = UdpBackends.select("nio").capabilities();

    @Override
    protected UdpBackend backend() {
        return UdpBackends.select("native");
    }

    @Override
    protected boolean proves(Set<Capability> needed) {
        return !provenByChannels.containsAll(needed);
    }

    @Override
    protected boolean everyMutant() {
        return false;
    }
}
