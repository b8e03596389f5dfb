package org.datagram4j.sys;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.datagram4j.UdpBackend;
import org.datagram4j.sys.contract.NetworkSystem;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;

/**
 * Offers the backend in an OSGi framework, if it works there; if not, the log says why, and the bundle is active all the
 * same, because a start that fails would make Karaf refuse the whole feature. Each bundle that uses the service gets a
 * backend of its own, so that what it left open is closed when it lets the service go; when this bundle stops, all of
 * them are stopped.
 */
public final class Activator implements BundleActivator, ServiceFactory<UdpBackend> {
    private static final System.Logger LOG = System.getLogger(Activator.class.getName());

    private final Set<NativeBackend> lent = ConcurrentHashMap.newKeySet();
    private NetworkSystem system;
    private ServiceRegistration<UdpBackend> registration;

    /** For the framework. */
    public Activator() {}

    @Override
    public void start(BundleContext context) {
        String forced = context.getProperty(UdpBackend.NAME_PROPERTY); // the framework's property, else the system's
        if (forced != null && !forced.equals(NativeBackend.NAME)) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "the backend ''{0}'' is not registered: {1}={2} forces another",
                    NativeBackend.NAME,
                    UdpBackend.NAME_PROPERTY,
                    forced);
            return;
        }
        try {
            system = Systems.here();
        } catch (UnsupportedOperationException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the backend ''{0}'' is not registered: {1}",
                    NativeBackend.NAME,
                    e.getMessage());
            return;
        }
        UdpBackend described = new NativeBackend(system);
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
        lent.forEach(NativeBackend::stop);
        lent.clear();
    }

    @Override
    public UdpBackend getService(Bundle bundle, ServiceRegistration<UdpBackend> offered) {
        NativeBackend backend = new NativeBackend(system);
        lent.add(backend);
        return backend;
    }

    @Override
    public void ungetService(Bundle bundle, ServiceRegistration<UdpBackend> offered, UdpBackend service) {
        NativeBackend backend = (NativeBackend) service;
        lent.remove(backend);
        backend.stop();
    }
}
