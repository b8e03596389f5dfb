/** The conformance kit: what every datagram4j backend has to do, as tests. */
module org.datagram4j.conformance {
    requires transitive org.datagram4j;
    requires com.google.gson;
    requires java.management;
    requires transitive org.junit.jupiter.api;
    requires org.junit.jupiter.engine;
    requires org.junit.platform.launcher;
    requires static osgi.annotation;
    requires static osgi.core;

    exports org.datagram4j.conformance.catalogue;
}
