/** The datagram4j backend on {@code java.nio} channels. Exports nothing: it is found as a service. */
module org.datagram4j.nio {
    requires transitive org.datagram4j;
    requires static osgi.annotation;
    requires static osgi.core;

    provides org.datagram4j.UdpBackend with
            org.datagram4j.nio.NioBackend;
}
