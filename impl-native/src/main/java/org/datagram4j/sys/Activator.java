package org.datagram4j.sys;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import org.datagram4j.UdpBackend;
import org.datagram4j.spi.BackendOffer;
import org.datagram4j.spi.BackendPolicy;
import org.datagram4j.spi.BackendStatus;
import org.datagram4j.sys.contract.NetworkSystem;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.util.tracker.ServiceTracker;

/** Connects the {@linkplain BackendOffer offer} of the backend with an OSGi framework; what it decides is decided there. A
 * backend that does not work here leaves the bundle active all the same, because a start that fails would make Karaf
 * refuse the whole feature. */
public final class Activator implements BundleActivator, ServiceFactory<UdpBackend> {
    /** Every open handle of every user of the bundle. */
    private final Gate users = new Gate(this::leave);

    private volatile NetworkSystem system;
    private BackendOffer offer;
    private ServiceTracker<BackendPolicy, BackendPolicy> policies;

    /** For the framework. */
    public Activator() {}

    @Override
    public void start(BundleContext context) {
        offer = new BackendOffer(
                NativeBackend.NAME,
                "bundle " + context.getBundle().getSymbolicName(),
                BackendPolicy.of(context::getProperty), // the framework's property, else the system's
                this::make,
                (properties, ranking) -> register(context, properties, ranking));
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(UdpBackend.NAME_PROPERTY, NativeBackend.NAME);
        context.registerService(BackendStatus.class, offer, properties);
        policies = new ServiceTracker<>(context, BackendPolicy.class, null) {
            @Override
            public BackendPolicy addingService(ServiceReference<BackendPolicy> reference) {
                BackendPolicy policy = super.addingService(reference);
                if (policy != null) {
                    offer.follow(reference, policy);
                }
                return policy;
            }

            @Override
            public void removedService(ServiceReference<BackendPolicy> reference, BackendPolicy policy) {
                offer.unfollow(reference);
                super.removedService(reference, policy);
            }
        };
        policies.open(); // what they forbid must not be offered for a moment
        offer.start();
    }

    @Override
    public void stop(BundleContext context) {
        offer.stop();
        policies.close();
        users.shut();
    }

    @Override
    public UdpBackend getService(Bundle bundle, ServiceRegistration<UdpBackend> registration) {
        return offer.lend(bundle.getSymbolicName() + " [" + bundle.getBundleId() + "]");
    }

    @Override
    public void ungetService(Bundle bundle, ServiceRegistration<UdpBackend> registration, UdpBackend backend) {
        offer.takeBack(backend);
    }

    private Runnable register(BundleContext context, Map<String, Object> described, int ranking) {
        Dictionary<String, Object> properties = new Hashtable<>(described);
        properties.put(Constants.SERVICE_RANKING, ranking);
        return context.registerService(UdpBackend.class, this, properties)::unregister;
    }

    private void leave() {
        if (system != null) {
            system.leave();
        }
    }

    private BackendOffer.Lent make() {
        if (system == null) {
            system = Systems.here();
        }
        NativeBackend backend = new NativeBackend(system, users);
        return new BackendOffer.Lent(backend, backend.resources());
    }
}
