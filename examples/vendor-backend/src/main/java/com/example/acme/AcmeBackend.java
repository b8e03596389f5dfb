package com.example.acme;

import java.nio.channels.DatagramChannel;
import java.util.Comparator;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpConfig;
import org.datagram4j.UdpException;
import org.datagram4j.UdpSocket;
import org.datagram4j.spi.ForwardingBackend;

/** The backend {@code acme}: whatever is not overridden here, the other backend does. */
public final class AcmeBackend extends ForwardingBackend {
    private static final int ABOVE_THE_OTHER = 1;

    private final Counters counters = new Counters();

    /**
     * For {@link ServiceLoader}.
     *
     * @throws UnsupportedOperationException if no other backend works here
     */
    public AcmeBackend() {
        super(bestOfTheOthers());
    }

    @Override
    public String name() {
        return "acme";
    }

    @Override
    public int ranking() {
        return delegate().ranking() + ABOVE_THE_OTHER;
    }

    @Override
    public UdpSocket open(UdpConfig config) throws UdpException {
        return new AcmeSocket(this, delegate().open(config), counters);
    }

    @Override
    public UdpSocket adopt(DatagramChannel channel) throws UdpException {
        return new AcmeSocket(this, delegate().adopt(channel), counters);
    }

    @Override
    public UdpSocket adopt(long handle) throws UdpException {
        return new AcmeSocket(this, delegate().adopt(handle), counters);
    }

    /**
     * What it has done so far.
     *
     * @return the counters of all its sockets
     */
    public Counters counters() {
        return counters;
    }

    @Override
    public String toString() {
        return "acme on " + delegate();
    }

    // UdpBackends.select() would make this backend, too, and that one another.
    private static UdpBackend bestOfTheOthers() {
        return ServiceLoader.load(UdpBackend.class).stream()
                .filter(provider -> provider.type() != AcmeBackend.class)
                .flatMap(provider -> made(provider).stream())
                .max(Comparator.comparingInt(UdpBackend::ranking))
                .orElseThrow(() -> new UnsupportedOperationException(
                        "acme counts what another backend does, and there is none: add datagram4j-nio"));
    }

    private static Optional<UdpBackend> made(ServiceLoader.Provider<UdpBackend> provider) {
        try {
            return Optional.of(provider.get());
        } catch (ServiceConfigurationError e) {
            return Optional.empty(); // it does not work here, and UdpBackends.explain() says why
        }
    }
}
