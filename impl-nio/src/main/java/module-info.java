/** The datagram4j backend on {@code java.nio} channels. */
module org.datagram4j.nio {
    requires transitive org.datagram4j;
    requires static osgi.annotation;
    requires static osgi.core;
}
