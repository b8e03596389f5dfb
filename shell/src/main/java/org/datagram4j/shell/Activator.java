package org.datagram4j.shell;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** Has the echo servers as a service: that is how Karaf's commands find what outlives one of them. */
public final class Activator implements BundleActivator {
    private final EchoServices services = new EchoServices();
    private ServiceRegistration<EchoServices> registration;

    /** For the framework. */
    public Activator() {}

    @Override
    public void start(BundleContext context) {
        registration = context.registerService(EchoServices.class, services, null);
    }

    @Override
    public void stop(BundleContext context) {
        registration.unregister();
        services.close();
    }
}
