/** The conformance kit: what every datagram4j backend has to do, as tests. */
module org.datagram4j.conformance {
    requires transitive org.datagram4j;
    requires com.google.gson;
    requires com.samskivert.jmustache;
    requires java.management;
    requires java.xml;
    requires transitive org.junit.jupiter.api;
    requires org.junit.jupiter.engine;
    requires org.junit.platform.launcher;
    requires static osgi.annotation;
    requires static osgi.core;

    exports org.datagram4j.conformance.catalogue;
    exports org.datagram4j.conformance.claim;
    exports org.datagram4j.conformance.isolate;
    exports org.datagram4j.conformance.read;
    exports org.datagram4j.conformance.render;
    exports org.datagram4j.conformance.report;
    exports org.datagram4j.conformance;

    // JUnit makes the rules and the extension that runs them
    opens org.datagram4j.conformance.rules to
            org.junit.platform.commons;
    opens org.datagram4j.conformance.run to
            org.junit.platform.commons;
}
