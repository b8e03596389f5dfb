package org.datagram4j.conformance;

import java.util.List;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpBackends;

/**
 * Certifies the backend that is on the class path, without a class of the vendor's: for builds that run the tests of a
 * dependency, such as Surefire by {@code dependenciesToScan}. If there are several, the one that is forced by the system
 * property {@code datagram4j.backend} is certified.
 */
public final class InstalledBackendTest extends UdpBackendConformance {
    /** For JUnit. */
    public InstalledBackendTest() {}

    @Override
    protected UdpBackend backend() {
        List<UdpBackend> all = UdpBackends.all();
        if (all.size() > 1 && System.getProperty(UdpBackend.NAME_PROPERTY) == null) {
            throw new IllegalStateException("there are several backends: choose by the system property "
                    + UdpBackend.NAME_PROPERTY + " among "
                    + all.stream().map(UdpBackend::name).toList());
        }
        return UdpBackends.select();
    }
}
