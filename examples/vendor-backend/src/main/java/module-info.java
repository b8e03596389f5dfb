/** A vendor's backend. It exports nothing: it is found as a service. */
module com.example.acme {
    requires org.datagram4j;

    uses org.datagram4j.UdpBackend;

    provides org.datagram4j.UdpBackend with
            com.example.acme.AcmeBackend;
}
