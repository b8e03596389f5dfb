/**
 * The datagram4j backend on system calls. Exports nothing: it is found as a service. JNA is needed on Java 17 to 21 only,
 * and there it has to be added to the modules by {@code --add-modules com.sun.jna}.
 */
module org.datagram4j.sys {
    requires transitive org.datagram4j;
    requires static com.sun.jna;
    requires static osgi.annotation;
    requires static osgi.core;

    provides org.datagram4j.UdpBackend with
            org.datagram4j.sys.NativeBackend;
}
