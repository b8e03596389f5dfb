package org.datagram4j.nio;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.datagram4j.UdpBackend;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;

/**
 * Offers the backend in an OSGi framework. Each bundle that uses it gets a backend of its own, so that what the bundle
 * left open is closed when it lets the service go; when this bundle stops, all of them are stopped.
 */
public final class Activator implements BundleActivator, ServiceFactory<UdpBackend> {
    private final Set<NioBackend> lent = ConcurrentHashMap.newKeySet();
    private ServiceRegistration<UdpBackend> registration;

    /** For the framework. */
    public Activator() {}

    @Override
    public void start(BundleContext context) {
        String forced = context.getProperty(UdpBackend.NAME_PROPERTY); // the framework's property, else the system's
        if (forced != null && !forced.equals(NioBackend.NAME)) {
            System.getLogger(Activator.class.getName())
                    .log(
                            System.Logger.Level.INFO,
                            "the backend '" + NioBackend.NAME + "' is not registered: " + UdpBackend.NAME_PROPERTY + "="
                                    + forced + " forces another");
            return;
        }
        UdpBackend described = new NioBackend();
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(UdpBackend.NAME_PROPERTY, described.name());
        properties.put(UdpBackend.PROFILE_PROPERTY, described.profile().name());
        properties.put(
                UdpBackend.CAPABILITIES_PROPERTY,
                described.capabilities().stream().map(Enum::name).toArray(String[]::new));
        properties.put(Constants.SERVICE_RANKING, described.ranking());
        registration = context.registerService(UdpBackend.class, this, properties);
    }

    @Override
    public void stop(BundleContext context) {
        if (registration != null) {
            registration.unregister();
            registration = null;
        }
        lent.forEach(NioBackend::stop);
        lent.clear();
    }

    @Override
    public UdpBackend getService(Bundle bundle, ServiceRegistration<UdpBackend> offered) {
        NioBackend backend = new NioBackend();
        lent.add(backend);
        return backend;
    }

    @Override
    public void ungetService(Bundle bundle, ServiceRegistration<UdpBackend> offered, UdpBackend service) {
        NioBackend backend = (NioBackend) service;
        lent.remove(backend);
        backend.stop();
    }
}
