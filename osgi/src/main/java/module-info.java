/** What applications in OSGi frameworks use beside the api: the best backend that is there, as backends come and go. */
module org.datagram4j.osgi {
    requires transitive org.datagram4j;
    requires static org.osgi.service.cm;
    requires static osgi.annotation;
    requires static osgi.core;

    exports org.datagram4j.osgi;
}
