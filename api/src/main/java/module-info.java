/** The datagram4j API: interfaces and values, no implementation and no dependencies. */
module org.datagram4j {
    requires static osgi.annotation;
}
