/** The contract of datagram4j: UDP as mio does it, for the JVM. */
module org.datagram4j {
    requires static osgi.annotation;

    exports org.datagram4j;
    exports org.datagram4j.spi;

    uses org.datagram4j.UdpBackend;
}
